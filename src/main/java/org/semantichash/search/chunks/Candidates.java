// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.chunks;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.SparseFixedBitSet;

/** The documents of one segment that share a chunk, each of them once. */
public final class Candidates {

  private final SparseFixedBitSet seen;
  private int[] documents = new int[64];
  private int size;

  /** None as yet, of a segment with this many documents. */
  public Candidates(int maxDoc) {
    seen = new SparseFixedBitSet(maxDoc);
  }

  void add(PostingsEnum postings) throws IOException {
    int document = postings.nextDoc();
    for (; document != DocIdSetIterator.NO_MORE_DOCS; document = postings.nextDoc()) {
      if (seen.getAndSet(document) == false) {
        documents = ArrayUtil.grow(documents, size + 1);
        documents[size++] = document;
      }
    }
  }

  /** The documents that were added since the last call, ascending. */
  public int[] takeNew() {
    int[] taken = Arrays.copyOf(documents, size);
    Arrays.sort(taken);
    size = 0;
    return taken;
  }
}
