// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.semantichash.hash.BinaryCode;

/** Many codes of one width as 64-bit words, to count many distances fast. */
final class PackedCodes {

  private final int bits;
  private final int words;
  private final long[] packed;
  private final int size;

  PackedCodes(List<BinaryCode> codes) {
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
}
