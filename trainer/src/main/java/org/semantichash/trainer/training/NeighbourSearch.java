// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

  /** Documents by term, to multiply a sparse query with all of them without a dense matrix. */
  public static final class InvertedIndex {

    private final int documents;
    private final int[] starts;
    private final int[] documentOf;
    private final float[] weightOf;

    /** An index of these vectors. */
    public InvertedIndex(List<SparseVector> vectors) {
      documents = vectors.size();
      int terms = 0;
      int entries = 0;
      for (SparseVector vector : vectors) {
        entries += vector.size();
        terms = vector.size() == 0 ? terms : Math.max(terms, vector.id(vector.size() - 1) + 1);
      }
      starts = new int[terms + 1];
      documentOf = new int[entries];
      weightOf = new float[entries];
      fill(vectors);
    }

    private void fill(List<SparseVector> vectors) {
      for (SparseVector vector : vectors) {
        for (int i = 0; i < vector.size(); i++) {
          starts[vector.id(i) + 1]++;
        }
      }
      for (int term = 1; term < starts.length; term++) {
        starts[term] += starts[term - 1];
      }
      int[] next = starts.clone();
      for (int document = 0; document < documents; document++) {
        SparseVector vector = vectors.get(document);
        for (int i = 0; i < vector.size(); i++) {
          int entry = next[vector.id(i)]++;
          documentOf[entry] = document;
          weightOf[entry] = vector.weight(i);
        }
      }
    }

    /** The scalar product of a query with each document. */
    public float[] scores(SparseVector query) {
      float[] scores = new float[documents];
      for (int i = 0; i < query.size() && query.id(i) < starts.length - 1; i++) {
        int term = query.id(i);
        float weight = query.weight(i);
        for (int entry = starts[term]; entry < starts[term + 1]; entry++) {
          scores[documentOf[entry]] += weight * weightOf[entry];
        }
      }
      return scores;
    }

    /** The number of documents. */
    int size() {
      return documents;
    }

    /** The number of documents with a term. */
    public int frequency(int term) {
      return term < starts.length - 1 ? starts[term + 1] - starts[term] : 0;
    }

    /**
     * Adds weight times each document's weight of a term to the document's score.
     *
     * @param touched the documents whose scores are not 0, as many as count
     * @return the new count
     */
    int add(int term, float weight, float[] scores, int[] touched, int count) {
      assert scores.length == documents && touched.length == documents;
      int next = count;
      int from = term < starts.length - 1 ? starts[term] : 0;
      int to = from + frequency(term);
      for (int entry = from; entry < to; entry++) {
        int document = documentOf[entry];
        float product = weight * weightOf[entry];
        if (scores[document] == 0 && product != 0) {
          touched[next++] = document;
        }
        scores[document] += product;
      }
      return next;
    }
  }
}
