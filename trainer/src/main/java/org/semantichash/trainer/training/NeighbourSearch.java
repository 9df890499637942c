// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;

/**
 * Finds the documents with the largest scalar products with a query through an inverted index. The
 * rarest terms come first, and once a query has looked at a number of entries its more frequent
 * terms are left out, so that the time a query takes does not grow with the documents. For one
 * thread.
 */
public final class NeighbourSearch {

  /**
   * Entries that a query looks at: more than documents of news length have among ten thousand, so
   * that their neighbours are exact.
   */
  public static final long BUDGET = 500_000;

  private final InvertedIndex index;
  private final long budget;
  private final float[] scores;
  private final int[] touched;

  /**
   * A search.
   *
   * @param index of the documents
   * @param budget entries of the index that a query may look at
   */
  public NeighbourSearch(InvertedIndex index, long budget) {
    this.index = index;
    this.budget = budget;
    this.scores = new float[index.size()];
    this.touched = new int[index.size()];
  }

  /**
   * The nearest documents.
   *
   * @param documents by falling similarity, of equal ones the first first
   * @param similarities their scalar products, above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, never changed
  public record Neighbours(int[] documents, float[] similarities) {}

  /**
   * The nearest of a query.
   *
   * @param n the most there are; only documents that share a term
   * @param except a document that is left out, or -1
   */
  public Neighbours nearest(SparseVector query, int n, int except) {
    assert scores.length == 0 || scores[0] == 0
        : "one thread, and all scores 0 between two queries";
    int count = 0;
    long looked = 0;
    for (int i : byFrequency(query)) {
      int entries = index.frequency(query.id(i));
      if (looked > 0 && looked + entries > budget) {
        break;
      }
      looked += entries;
      count = index.add(query.id(i), query.weight(i), scores, touched, count);
    }
    return largest(count, n, except);
  }

  private int[] byFrequency(SparseVector query) {
    return IntStream.range(0, query.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> index.frequency(query.id(i))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Takes the largest of the touched scores and sets all of them back to 0. */
  private Neighbours largest(int count, int n, int except) {
    long[] keys = new long[Math.min(n, count)];
    int size = 0;
    for (int t = 0; t < count; t++) {
      int document = touched[t];
      float score = scores[document];
      scores[document] = 0;
      if (score > 0 && document != except) {
        // bits of positive floats are in their order
        long key = ((long) Float.floatToIntBits(score) << 32) | (Integer.MAX_VALUE - document);
        if (size < keys.length || key > keys[size - 1]) {
          size = insert(keys, size, key);
        }
      }
    }
    int[] documents = new int[size];
    float[] similarities = new float[size];
    for (int i = 0; i < size; i++) {
      documents[i] = Integer.MAX_VALUE - (int) keys[i];
      similarities[i] = Float.intBitsToFloat((int) (keys[i] >>> 32));
    }
    return new Neighbours(documents, similarities);
  }

  /** Inserts into keys that fall, the last of which drops out when they are full. */
  private static int insert(long[] keys, int size, long key) {
    int last = Math.min(size, keys.length - 1);
    int place = last;
    while (place > 0 && keys[place - 1] < key) {
      place--;
    }
    System.arraycopy(keys, place, keys, place + 1, last - place);
    keys[place] = key;
    return last + 1;
  }

  /** Whether a document has all its terms looked at, so that its neighbours are exact. */
  public boolean isExact(SparseVector query) {
    return Arrays.stream(query.ids()).mapToLong(index::frequency).sum() <= budget;
  }
}
