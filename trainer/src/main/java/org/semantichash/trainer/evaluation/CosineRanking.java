// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.Arrays;
import org.semantichash.trainer.evaluation.RelevanceJudgments.DocumentSet;

/**
 * One query's documents by their scores, the largest first; of equal scores the document with the
 * lower index comes first.
 */
final class CosineRanking {

  private final float[] scores;
  private final int[] first;

  /**
   * Ranks the first n documents.
   *
   * @param scores one for each document, not copied
   * @param n how many to rank; all when there are fewer
   */
  CosineRanking(float[] scores, int n) {
    this.scores = scores;
    this.first = first(scores, Math.min(n, scores.length));
  }

  /** Keeps up to 2n documents, and of these the best n whenever there is no room for more. */
  private static int[] first(float[] scores, int n) {
    long[] keys = new long[2 * n];
    int filled = 0;
    long least = Long.MIN_VALUE;
    for (int document = 0; document < scores.length; document++) {
      long key = key(scores[document], document);
      if (key > least) {
        keys[filled++] = key;
        if (filled == keys.length) {
          Arrays.sort(keys);
          System.arraycopy(keys, n, keys, 0, n);
          filled = n;
          least = keys[0];
        }
      }
    }
    Arrays.sort(keys, 0, filled);
    int[] documents = new int[n];
    for (int i = 0; i < n; i++) {
      documents[i] = ~(int) keys[filled - 1 - i];
    }
    return documents;
  }

  /** Ascends with the score, and, for equal scores, as the index descends. */
  private static long key(float score, int document) {
    int bits = Float.floatToIntBits(score + 0f); // + 0 as -0 equals 0
    int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return (long) ascending << 32 | (~document & 0xffffffffL);
  }

  /** The first n documents whose score is above 0, fewer when there are not as many. */
  int[] above0(int n) {
    return Arrays.stream(first).limit(n).filter(document -> scores[document] > 0).toArray();
  }

  /** The matches among the first k documents, at most as many as were ranked. */
  TopKMatches top(int k, DocumentSet matching) {
    assert 0 < k && k <= first.length : k + " of " + first.length;
    TopKMatches top = new TopKMatches(k, matching.size());
    float last = scores[first[k - 1]];
    int i = 0;
    while (scores[first[i]] > last) {
      float score = scores[first[i]];
      int start = i;
      int matches = 0;
      for (; scores[first[i]] == score; i++) {
        matches += matching.bit(first[i]);
      }
      top.add(i - start, matches);
    }
    addAll(last, matching, top);
    return top;
  }

  /** The group of the last place, which has documents beyond those ranked. */
  private void addAll(float score, DocumentSet matching, TopKMatches top) {
    int documents = 0;
    int matches = 0;
    for (int document = 0; document < scores.length; document++) {
      if (scores[document] == score) {
        documents++;
        matches += matching.bit(document);
      }
    }
    top.add(documents, matches);
  }
}
