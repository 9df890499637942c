// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.semantichash.index.CodeDocValues;
import org.semantichash.it.oracle.CodeSet;

/**
 * Fills the empty shard of a stopped node with Lucene alone, as one segment with the fields that a
 * server expects of every document; ids are the ordinals.
 */
final class WrittenShard {

  private static final double BUFFER_MB = 1024;
  private static final int SEGMENTS_AT_ONCE = 1000; // one merge, at the end
  private static final String NO_OLDER = "-1";
  private static final FieldType ID = new FieldType();

  static {
    ID.setIndexOptions(IndexOptions.DOCS);
    ID.setOmitNorms(true);
    ID.setTokenized(false);
    ID.setStored(true);
    ID.freeze();
  }

  private WrittenShard() {}

  /** Writes all codes into the folder of a shard's Lucene index; gives the seconds. */
  static double write(Path folder, CodeSet codes) throws IOException {
    long start = System.nanoTime();
    LogDocMergePolicy policy = new LogDocMergePolicy();
    policy.setMergeFactor(SEGMENTS_AT_ONCE);
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
            .setSoftDeletesField("__soft_deletes")
            .setMergePolicy(policy)
            .setRAMBufferSizeMB(BUFFER_MB);
    try (Directory directory = new MMapDirectory(folder)) {
      Map<String, String> commit =
          new HashMap<>(SegmentInfos.readLatestCommit(directory).getUserData());
      if (NO_OLDER.equals(commit.get("max_seq_no")) == false) {
        throw new IllegalStateException("[" + folder + "] must be empty, has " + commit);
      }
      String last = Integer.toString(codes.size() - 1);
      commit.put("max_seq_no", last);
      commit.put("local_checkpoint", last);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (int ordinal = 0; ordinal < codes.size(); ordinal++) {
          writer.addDocument(document(codes, ordinal));
        }
        writer.forceMerge(1);
        writer.setLiveCommitData(commit.entrySet());
        writer.commit();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Document document(CodeSet codes, int ordinal) {
    Document document = new Document();
    document.add(new Field("_id", id(ordinal), ID));
    document.add(new NumericDocValuesField("_version", 1));
    document.add(new NumericDocValuesField("_seq_no", ordinal));
    document.add(new NumericDocValuesField("_primary_term", 1));
    document.add(CodeDocValues.field(PeerIndex.FIELD, CodeSet.code(codes.words(ordinal))));
    return document;
  }

  /** As servers store ids that are numbers: a mark, then two digits a byte, the last filled up. */
  private static BytesRef id(int ordinal) {
    String digits = Integer.toString(ordinal);
    byte[] bytes = new byte[1 + (digits.length() + 1) / 2];
    bytes[0] = (byte) 0xfe;
    for (int i = 0; i < digits.length(); i += 2) {
      int second = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0xf;
      bytes[1 + i / 2] = (byte) ((digits.charAt(i) - '0') << 4 | second);
    }
    return new BytesRef(bytes);
  }
}
