// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.semantichash.benchmarks.search.codes.DocumentShare;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.it.oracle.CodeSet;

/** Codes in an index on disk, in the order of their ordinals; deleted when it is closed. */
final class LuceneIndex implements AutoCloseable {

  static final String CODE = "code";
  static final String TERMS = "terms";

  private static final double BUFFER_MB = 256;

  private final Path folder;
  private final Directory directory;
  private final DirectoryReader reader;
  private final double seconds;

  private LuceneIndex(Path folder, CodeSet codes, IndexShape shape) throws IOException {
    this.folder = folder;
    this.directory = new MMapDirectory(folder);
    long start = System.nanoTime();
    fill(codes, shape);
    if (shape.deleted() != null) {
      delete(shape.deleted());
    }
    this.seconds = (System.nanoTime() - start) / 1e9;
    this.reader = DirectoryReader.open(directory);
    if (reader.leaves().size() > shape.segments()) {
      throw new IllegalStateException(
          "[" + shape + "] must have its segments, got [" + reader.leaves().size() + "]");
    }
  }

  /** Indexes codes in a folder, which is emptied before. */
  static LuceneIndex build(Path folder, CodeSet codes, IndexShape shape) throws IOException {
    empty(folder);
    return new LuceneIndex(folder, codes, shape);
  }

  private void fill(CodeSet codes, IndexShape shape) throws IOException {
    boolean one = shape.segments() == 1;
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setMergePolicy(one ? new LogDocMergePolicy() : NoMergePolicy.INSTANCE)
            .setRAMBufferSizeMB(one ? BUFFER_MB : 4 * BUFFER_MB);
    int part = Math.ceilDiv(codes.size(), shape.segments());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int ordinal = 0; ordinal < codes.size(); ordinal++) {
        writer.addDocument(document(codes, ordinal, shape));
        if (one == false && ordinal % part == part - 1) {
          writer.flush();
        }
      }
      if (one) {
        writer.forceMerge(1);
      }
    }
  }

  private static Document document(CodeSet codes, int ordinal, IndexShape shape) {
    Document document = new Document();
    if (shape.missing() == null || shape.missing().test(ordinal) == false) {
      BinaryCode code = CodeSet.code(codes.words(ordinal));
      document.add(CodeDocValues.field(CODE, code));
      if (shape.chunks()) {
        ChunkTerms.fields(CODE, code).forEach(document::add);
      }
    }
    for (DocumentShare share : shape.terms()) {
      if (share.test(ordinal)) {
        document.add(new StringField(TERMS, share.name(), Field.Store.NO));
      }
    }
    return document;
  }

  private void delete(DocumentShare share) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      writer.deleteDocuments(new Term(TERMS, share.name()));
    }
  }

  DirectoryReader reader() {
    return reader;
  }

  /** How long it took to index and merge, one thread. */
  double seconds() {
    return seconds;
  }

  /** All its files. */
  long bytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += directory.fileLength(file);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    empty(folder);
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
