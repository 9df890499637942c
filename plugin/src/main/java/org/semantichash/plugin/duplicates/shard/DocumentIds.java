// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.index.mapper.IdLoader;

/**
 * Reads the ids of documents.
 *
 * @param reader of the shard
 * @param loader knows where the index has its ids
 * @param checkCancelled throws when the search was cancelled
 */
public record DocumentIds(IndexReader reader, IdLoader loader, Runnable checkCancelled) {

  private static final int CHECKED = 512; // documents between two checks for cancellation

  private static final Set<String> STORED = Set.of(IdFieldMapper.NAME); // 8.19 reads none unasked

  private static final int DENSE = 50; // documents of a segment for each that is asked for

  /** Takes the documents of one segment. */
  @FunctionalInterface
  interface SegmentConsumer {

    /**
     * Called once per segment that has some of the documents.
     *
     * @param documents their numbers in the segment, ascending
     * @param from the place of the first among all documents
     */
    void accept(LeafReaderContext segment, int[] documents, int from) throws IOException;
  }

  /**
   * Divides documents by their segments.
   *
   * @param documents their numbers in the reader, ascending
   */
  static void bySegment(IndexReader reader, int[] documents, SegmentConsumer consumer)
      throws IOException {
    List<LeafReaderContext> segments = reader.leaves();
    for (int from = 0; from < documents.length; ) {
      LeafReaderContext segment = segments.get(ReaderUtil.subIndex(documents[from], segments));
      int end = segment.docBase + segment.reader().maxDoc();
      int found = Arrays.binarySearch(documents, from, documents.length, end);
      int to = found < 0 ? -1 - found : found;
      assert to > from : "documents must be ascending";
      int[] inSegment =
          Arrays.stream(documents, from, to).map(document -> document - segment.docBase).toArray();
      consumer.accept(segment, inSegment, from);
      from = to;
    }
  }

  /**
   * The ids of documents.
   *
   * @param documents their numbers in the reader, ascending
   */
  public String[] read(int[] documents) throws IOException {
    String[] ids = new String[documents.length];
    bySegment(reader, documents, (segment, some, from) -> read(segment, some, ids, from));
    return ids;
  }

  private void read(LeafReaderContext segment, int[] documents, String[] ids, int from)
      throws IOException {
    LeafStoredFieldLoader stored =
        StoredFieldLoader.create(false, STORED, isDense(documents)).getLoader(segment, documents);
    IdLoader.Leaf idsOfSegment = loader.leaf(stored, segment.reader(), documents);
    for (int i = 0; i < documents.length; i++) {
      if (i % CHECKED == 0) {
        checkCancelled.run();
      }
      stored.advanceTo(documents[i]);
      ids[from + i] = idsOfSegment.getId(documents[i]);
    }
  }

  /**
   * Whether the blocks of stored fields hold some of the documents each: they are read once then.
   */
  private static boolean isDense(int[] documents) {
    return documents[documents.length - 1] - documents[0] < DENSE * documents.length;
  }
}
