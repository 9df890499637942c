// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RelevanceJudgments.DocumentSet;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.QueryPrecision;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;

/** Many codes of one width as 64-bit words, to count many distances fast. */
final class HammingCounter {

  private final int bits;
  private final int words;
  private final long[] packed;
  private final int size;

  HammingCounter(List<BinaryCode> codes) {
    size = codes.size();
    bits = codes.isEmpty() ? 0 : codes.get(0).bits();
    words = (bits + 63) / 64;
    packed = new long[size * words];
    for (int i = 0; i < size; i++) {
      System.arraycopy(words(codes.get(i)), 0, packed, i * words, words);
    }
  }

  /** The number of codes. */
  int size() {
    return size;
  }

  /** The width of the codes in bits. */
  int bits() {
    return bits;
  }

  /** Word w holds the bits 64w to 64w + 63 of a code, the first one most significant. */
  long word(int code, int word) {
    return packed[code * words + word];
  }

  /**
   * The words of another code.
   *
   * @throws IllegalArgumentException when it is not as wide as these
   */
  long[] words(BinaryCode code) {
    if (code.bits() != bits) {
      throw new IllegalArgumentException(
          "codes must have the same width, got [" + code.bits() + "] and [" + bits + "] bits");
    }
    long[] unpacked = new long[words];
    ByteBuffer.wrap(Arrays.copyOf(code.toBytes(), words * Long.BYTES)).asLongBuffer().get(unpacked);
    return unpacked;
  }

  /** The Hamming distance of a code to the words of a query. */
  int distance(int code, long[] query) {
    int distance = 0;
    int start = code * words;
    for (int word = 0; word < words; word++) {
      distance += Long.bitCount(packed[start + word] ^ query[word]);
    }
    return distance;
  }

  /** How many codes are at each distance of the words of a query, and how many of them match. */
  DistanceCounts count(long[] query, DocumentSet matching) {
    assert query.length == words;
    int[] counts = new int[2 * (bits + 1)];
    if (words == 1) { // the usual width, without the inner loop
      for (int code = 0; code < size; code++) {
        counts[2 * Long.bitCount(packed[code] ^ query[0]) + matching.bit(code)]++;
      }
    } else {
      for (int code = 0; code < size; code++) {
        counts[2 * distance(code, query) + matching.bit(code)]++;
      }
    }
    return new DistanceCounts(counts);
  }

  /**
   * How many documents are at each Hamming distance of a query. Documents at one distance are tied:
   * their order is taken to be random, each order as likely as the others.
   */
  static final class DistanceCounts {

    private final int[] counts;

    /**
     * Counts that are not copied.
     *
     * @param counts at 2d the documents at distance d that do not match, at 2d + 1 those that do
     */
    DistanceCounts(int[] counts) {
      this.counts = counts;
    }

    private int total() {
      return Arrays.stream(counts).sum();
    }

    private int documents(int distance) {
      return counts[2 * distance] + counts[2 * distance + 1];
    }

    /** The matches among the k nearest documents. */
    TopKMatches top(int k, int relevant) {
      TopKMatches top = new TopKMatches(k, relevant, total());
      for (int d = 0; d < counts.length / 2 && top.isFull() == false; d++) {
        top.add(documents(d), counts[2 * d + 1]);
      }
      return top;
    }

    /** For each distance the probability that a document at it is among the nearest so many. */
    double[] probabilityAmong(int nearest) {
      double[] probability = new double[counts.length / 2];
      int room = nearest;
      for (int d = 0; d < probability.length && room > 0; d++) {
        int documents = documents(d);
        probability[d] = documents <= room ? 1 : (double) room / documents;
        room -= Math.min(room, documents);
      }
      return probability;
    }
  }

  /**
   * Matches among the k nearest documents of one query, counted group by group of equal distance,
   * from the nearest on. Of the group that holds the k-th place as many count as there is room for:
   * in proportion, at worst and at best. The same for the first and the ten nearest, in proportion.
   */
  static final class TopKMatches {

    /** However small k is, so many documents are looked at, where there are as many. */
    static final int FEW = 10;

    private final AveragePrecision averagePrecision;
    private final ExpectedMatches first;
    private final ExpectedMatches few;
    private final ExpectedMatches all;
    private int worst;
    private int best;

    /**
     * No document yet.
     *
     * @param k how many of the nearest count, at most as many as there are documents
     * @param relevant the matches in the whole database
     * @param documents in the whole database
     */
    TopKMatches(int k, int relevant, int documents) {
      this.first = new ExpectedMatches(1);
      this.few = new ExpectedMatches(Math.min(FEW, documents));
      this.all = new ExpectedMatches(k);
      this.averagePrecision = new AveragePrecision(k, relevant);
    }

    boolean isFull() {
      return all.room == 0 && few.room == 0;
    }

    /** The next group: its documents, and how many of them match. */
    void add(int documents, int matches) {
      assert 0 <= matches && matches <= documents : matches + " of " + documents;
      first.add(documents, matches);
      few.add(documents, matches);
      int taken = all.add(documents, matches);
      if (taken > 0) {
        averagePrecision.add(documents, matches);
        worst += Math.max(0, taken - (documents - matches));
        best += Math.min(taken, matches);
      }
    }

    /** The precision of this query. */
    QueryPrecision precision() {
      return new QueryPrecision(first.share(), few.share(), all.share());
    }

    /** The mean over queries, each with the same k; 0 without queries. */
    static RetrievalScore mean(List<TopKMatches> queries, int k) {
      int divisor = Math.max(1, queries.size());
      double places = (double) divisor * k;
      return new RetrievalScore(
          queries.stream().mapToDouble(q -> q.first.share()).sum() / divisor,
          queries.stream().mapToDouble(q -> q.few.share()).sum() / divisor,
          queries.stream().mapToDouble(q -> q.all.expected).sum() / places,
          queries.stream().mapToDouble(q -> q.worst).sum() / places,
          queries.stream().mapToDouble(q -> q.best).sum() / places,
          queries.stream().mapToDouble(q -> q.averagePrecision.value()).sum() / divisor,
          queries.size());
    }

    /** The matches among so many nearest, the expected number over the orders of ties. */
    private static final class ExpectedMatches {

      private final int places;
      private int room;
      private double expected;

      ExpectedMatches(int places) {
        this.places = places;
        this.room = places;
      }

      /** The next group; returns for how many of its documents there was room. */
      int add(int documents, int matches) {
        int taken = Math.min(room, documents);
        if (taken > 0) {
          expected += (double) matches * taken / documents;
          room -= taken;
        }
        return taken;
      }

      double share() {
        return expected / places;
      }
    }

    /**
     * Average precision at k of one query,
     *
     * <pre>AP@k = 1 / min(k, R) * sum over the ranks r = 1..k of rel(r) * precision(r)</pre>
     *
     * <p>where R is the number of relevant documents in the whole database, rel(r) is 1 when the
     * document at rank r is relevant, else 0, and precision(r) is the share of relevant documents
     * among the first r. It is 0 when R is 0.
     *
     * <p>Documents come in groups of equal distance, and the value is the exact expectation over
     * all orders within the groups. In a group of n documents of which m are relevant, after p
     * documents of which q are, place j is relevant with probability m / n, and then on average (j
     * - 1)(m - 1) / (n - 1) of the j - 1 places before it in the group are relevant too; so it adds
     *
     * <pre>m / n * (q + 1 + (j - 1)(m - 1) / (n - 1)) / (p + j)</pre>
     */
    static final class AveragePrecision {

      private final int k;
      private final int relevant;
      private int documents;
      private int matches;
      private double sum;

      /**
       * No document yet.
       *
       * @param k how many ranks count
       * @param relevant R, the relevant documents in the database
       */
      AveragePrecision(int k, int relevant) {
        this.k = k;
        this.relevant = relevant;
      }

      /** The next group of equal distance: its documents n, and how many of them match, m. */
      void add(int n, int m) {
        if (m > 0) {
          double others = n == 1 ? 0 : (m - 1.0) / (n - 1.0);
          double share = (double) m / n;
          int places = Math.min(n, k - documents);
          for (int j = 1; j <= places; j++) {
            sum += share * (matches + 1 + (j - 1) * others) / (documents + j);
          }
        }
        documents = Math.min(k, documents + n);
        matches += m;
      }

      /** AP@k, between 0 and 1. */
      double value() {
        return relevant == 0 ? 0 : sum / Math.min(k, relevant);
      }
    }
  }
}
