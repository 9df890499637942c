// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.LongHeap;

/**
 * The nearest codes found so far, ties by the lowest document. Threads share it: the bound that one
 * of them finds holds for all at once.
 */
final class NearestCodes {

  // Distance and document as one number each, that sorts as they do; negated, as the heap's top is
  // its smallest number and has to be the worst code.
  private final LongHeap heap;
  private final int k;
  private volatile long bound; // codes compete when their number is below

  /**
   * None as yet.
   *
   * @param k how many to keep, 1 or more
   * @param maxDistance the largest distance to keep
   */
  NearestCodes(int k, int maxDistance) {
    this.k = k;
    this.heap = new LongHeap(k);
    this.bound = number(maxDistance + 1, 0);
  }

  private static long number(int distance, int document) {
    return (long) distance << Integer.SIZE | document;
  }

  private static int distance(long number) {
    return (int) (number >>> Integer.SIZE);
  }

  /** The largest distance that documents from this one on may have to compete; -1 when none do. */
  int limit(int document) {
    long known = bound;
    return document < (int) known ? distance(known) : distance(known) - 1;
  }

  /** Keeps a code that is among the nearest; offer none twice. */
  synchronized void offer(int document, int distance) {
    long number = number(distance, document);
    if (number < bound) {
      heap.insertWithOverflow(~number);
      if (heap.size() == k) {
        bound = Math.min(bound, ~heap.top());
      }
    }
  }

  /**
   * Learns a bound from codes that are among those still to come. They are not taken over, so that
   * they can be offered when they come.
   */
  synchronized void learnBound(NearestCodes others) {
    if (others.heap.size() == k) {
      bound = Math.min(bound, number(distance(others.bound) + 1, 0));
    }
  }

  /** Takes the codes of a part of the documents over; the others are empty after that. */
  synchronized void takeAll(NearestCodes others) {
    while (others.heap.size() > 0) {
      long number = ~others.heap.pop();
      offer((int) number, distance(number));
    }
  }

  /** The codes, by document; there are none after that. */
  FoundCodes takeFound() {
    long[] byDocument = new long[heap.size()];
    for (int i = 0; i < byDocument.length; i++) {
      long number = ~heap.pop();
      byDocument[i] = number((int) number, distance(number));
    }
    Arrays.sort(byDocument);
    return new FoundCodes(
        Arrays.stream(byDocument).mapToInt(NearestCodes::distance).toArray(),
        Arrays.stream(byDocument).mapToInt(number -> (int) number).toArray());
  }

  /** How many a search can find at most. */
  static int atMost(int k, int maxDoc) {
    return Math.clamp(k, 1, Math.clamp(maxDoc, 1, DocIdSetIterator.NO_MORE_DOCS - 1));
  }
}
