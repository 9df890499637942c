// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.InvertedIndex;
import org.semantichash.trainer.learning.NeighbourSearch;
import org.semantichash.trainer.learning.NeighbourSearch.Neighbours;

/**
 * The documents among which neighbours are looked for: all of them, or of a large collection an
 * evenly spread sample. The time of a search grows with the documents that are indexed, and there
 * are as many searches as documents.
 */
final class IndexedSample {

  /** The most documents that are all indexed. */
  static final int ALL = 100_000;

  /** However many documents there are, so many are indexed. */
  private static final int LEAST = 25_000;

  private final int documents;
  private final int size;
  private final InvertedIndex index;

  private IndexedSample(List<SparseVector> vectors, int size) {
    this.documents = vectors.size();
    this.size = size;
    this.index =
        new InvertedIndex(
            size == documents
                ? vectors
                : IntStream.range(0, size).mapToObj(i -> vectors.get(document(i))).toList());
  }

  /** Indexes these documents. */
  static IndexedSample of(List<SparseVector> vectors) {
    return of(vectors, ALL, LEAST);
  }

  static IndexedSample of(List<SparseVector> vectors, int all, int least) {
    int n = vectors.size();
    long size = n <= all ? n : Math.max(Math.min(least, n), (long) all * all / n);
    return new IndexedSample(vectors, (int) size);
  }

  InvertedIndex index() {
    return index;
  }

  /** The document at a place of the index; they rise with it. */
  private int document(int place) {
    return (int) ((long) place * documents / size);
  }

  /** The place of a document in the index, or -1. */
  private int place(int document) {
    int place = (int) (((long) document * size + documents - 1) / documents);
    return place < size && document(place) == document ? place : -1;
  }

  /** The nearest indexed documents of a document, itself left out, by their own numbers. */
  Neighbours nearest(NeighbourSearch search, SparseVector vector, int k, int document) {
    Neighbours found = search.nearest(vector, k, place(document));
    int[] documents = found.documents();
    for (int i = 0; i < documents.length; i++) {
      documents[i] = document(documents[i]);
    }
    return found;
  }
}
