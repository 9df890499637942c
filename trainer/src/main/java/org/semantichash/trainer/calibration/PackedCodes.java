// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;

/** The codes of texts as 64-bit words, to count many distances fast. */
public final class PackedCodes {

  private final int bits;
  private final int size;
  private final int words;
  private final long[] packed;

  private PackedCodes(int bits, int size) {
    this.bits = bits;
    this.size = size;
    this.words = (bits + 63) / 64;
    this.packed = new long[Math.multiplyExact(size, words)];
  }

  /**
   * Computes them, in many threads.
   *
   * @param bits the width of all codes
   * @param code computes the code of a text; safe for use by many threads
   */
  public static PackedCodes of(int bits, List<String> texts, Function<String, BinaryCode> code) {
    PackedCodes codes = new PackedCodes(bits, texts.size());
    IntStream.range(0, codes.size).parallel().forEach(i -> codes.put(i, code.apply(texts.get(i))));
    return codes;
  }

  private void put(int i, BinaryCode code) {
    if (code.bits() != bits) {
      throw new IllegalArgumentException(
          "codes must have [" + bits + "] bits, got [" + code.bits() + "]");
    }
    ByteBuffer.wrap(Arrays.copyOf(code.toBytes(), words * Long.BYTES))
        .asLongBuffer()
        .get(packed, i * words, words);
  }

  public int bits() {
    return bits;
  }

  public int size() {
    return size;
  }

  private int distance(int i, PackedCodes other, int j) {
    assert words == other.words;
    int distance = 0;
    for (int word = 0; word < words; word++) {
      distance += Long.bitCount(packed[i * words + word] ^ other.packed[j * words + word]);
    }
    return distance;
  }

  /** The number of the pairs (i-th of these, i-th of the others) are at each distance. */
  public long[] pairedDistances(PackedCodes others) {
    assert others.size == size;
    long[] counts = new long[bits + 1];
    for (int i = 0; i < size; i++) {
      counts[distance(i, others, i)]++;
    }
    return counts;
  }

  /** The same for some numbers only. */
  public long[] pairedDistances(List<Integer> numbers, PackedCodes others) {
    long[] counts = new long[bits + 1];
    for (int i : numbers) {
      counts[distance(i, others, i)]++;
    }
    return counts;
  }

  /** How many pairs (one of some numbers of these, any other number of the others) are where. */
  public long[] distancesToOthers(List<Integer> numbers, PackedCodes others) {
    return numbers.parallelStream()
        .collect(
            () -> new long[bits + 1],
            (counts, i) -> {
              for (int j = 0; j < others.size; j++) {
                if (j != i) {
                  counts[distance(i, others, j)]++;
                }
              }
            },
            PackedCodes::add);
  }

  /** How many of all pairs of two of these are at each distance: size (size - 1) / 2 pairs. */
  public long[] allDistances() {
    return IntStream.range(0, size)
        .parallel()
        .collect(
            () -> new long[bits + 1],
            (counts, i) -> {
              for (int j = 0; j < i; j++) {
                counts[distance(i, this, j)]++;
              }
            },
            PackedCodes::add);
  }

  private static void add(long[] sum, long[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }
}
