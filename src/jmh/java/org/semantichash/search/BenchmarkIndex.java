// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.SyntheticCodes;
import org.semantichash.search.columns.WordColumns;

/**
 * An index of one segment in the temporary folder, its columns, and one query. In field "share" a
 * document has every term t of {@link #SHARES} with probability 1/t.
 */
final class BenchmarkIndex implements AutoCloseable, ColumnSource {

  /** One document in so many has the term. */
  static final List<Integer> SHARES = List.of(2, 10, 20, 100, 1000);

  final IndexSearcher searcher;
  final BinaryCode code;
  final WordColumns columns;

  private final Path folder;
  private final Directory directory;
  private final DirectoryReader reader;

  BenchmarkIndex(SyntheticCodes.Kind kind, int bits, int documents) throws IOException {
    SyntheticCodes source = new SyntheticCodes(kind, bits / Long.SIZE);
    folder = Files.createTempDirectory("semantic-hash-benchmark");
    directory = FSDirectory.open(folder);
    code = code(source.next());
    write(source, documents);
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    columns =
        WordColumns.Builder.build(reader.leaves().get(0).reader(), CodeField.plain("code"), bits);
  }

  private void write(SyntheticCodes source, int documents) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(512))) {
      for (int i = 0; i < documents; i++) {
        Document document = new Document();
        document.add(CodeDocValues.field("code", code(source.next())));
        for (int share : SHARES) {
          if (random.nextInt(share) == 0) {
            document.add(new StringField("share", Integer.toString(share), Field.Store.NO));
          }
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static BinaryCode code(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return BinaryCode.of(bytes.array(), words.length * Long.SIZE);
  }

  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout) {
    return columns;
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    return columns;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
