// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.IdLoader;

/**
 * Reads the ids of documents.
 *
 * @param reader of the shard
 * @param loader knows where the index has its ids
 * @param checkCancelled throws when the search was cancelled
 */
record DocumentIds(IndexReader reader, IdLoader loader, Runnable checkCancelled) {

  private static final int CHECKED = 512; // documents between two questions whether to go on

  /**
   * The ids of documents.
   *
   * @param documents their numbers in the reader, ascending
   */
  String[] read(int[] documents) throws IOException {
    String[] ids = new String[documents.length];
    List<LeafReaderContext> segments = reader.leaves();
    for (int from = 0; from < documents.length; ) {
      LeafReaderContext segment = segments.get(ReaderUtil.subIndex(documents[from], segments));
      int to = end(documents, from, segment.docBase + segment.reader().maxDoc());
      read(segment, Arrays.copyOfRange(documents, from, to), ids, from);
      from = to;
    }
    return ids;
  }

  /** The first place whose document is not below a document. */
  private static int end(int[] documents, int from, int document) {
    int found = Arrays.binarySearch(documents, from, documents.length, document);
    return found < 0 ? -1 - found : found;
  }

  private void read(LeafReaderContext segment, int[] documents, String[] ids, int at)
      throws IOException {
    int[] inSegment = Arrays.stream(documents).map(doc -> doc - segment.docBase).toArray();
    LeafStoredFieldLoader stored =
        StoredFieldLoader.create(false, Set.of()).getLoader(segment, inSegment);
    IdLoader.Leaf idsOfSegment = loader.leaf(stored, segment.reader(), inSegment);
    for (int i = 0; i < inSegment.length; i++) {
      if (i % CHECKED == 0) {
        checkCancelled.run();
      }
      stored.advanceTo(inSegment[i]);
      ids[at + i] = idsOfSegment.getId(inSegment[i]);
    }
  }
}
