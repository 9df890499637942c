// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RelevanceJudgments.DocumentSet;

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

    private int documents(int distance) {
      return counts[2 * distance] + counts[2 * distance + 1];
    }

    /** The matches among the k nearest documents. */
    TopKMatches top(int k, int relevant) {
      TopKMatches top = new TopKMatches(k, relevant);
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
}
