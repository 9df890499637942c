// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.semantichash.hash.BinaryCode;

/** Every way to scan, held against the distances of the codes themselves. */
class CodeScanTest {

  private static final int LARGEST_WIDTH = 1024;

  static Stream<CodeScan> scans() {
    return Stream.of(new CodeScan.Scalar(), new VectorScan());
  }

  /** Some codes, half of them uniform and half near to the query, as columns. */
  private static final class Codes {

    final int bits;
    final BinaryCode query;
    final List<BinaryCode> codes;
    final WordColumns columns;

    Codes(Random random, int bits, int size) {
      this.bits = bits;
      query = code(random, bits, random.nextDouble());
      codes =
          IntStream.range(0, size)
              .mapToObj(i -> random.nextBoolean() ? query : code(random, bits, random.nextDouble()))
              .map(code -> flipped(random, code, random.nextInt(1 + bits / 4)))
              .toList();
      long[][] words = new long[WordColumns.wordCount(bits)][size];
      for (int i = 0; i < size; i++) {
        long[] code = WordColumns.words(codes.get(i));
        for (int word = 0; word < words.length; word++) {
          words[word][i] = code[word];
        }
      }
      columns = new WordColumns(bits, words, size, null);
    }

    private static BinaryCode code(Random random, int bits, double ones) {
      byte[] bytes = new byte[BinaryCode.byteLength(bits)];
      for (int bit = 0; bit < bits; bit++) {
        bytes[bit >> 3] |= (byte) (random.nextDouble() < ones ? 0x80 >>> (bit & 7) : 0);
      }
      return BinaryCode.of(bytes, bits);
    }

    private static BinaryCode flipped(Random random, BinaryCode code, int flips) {
      byte[] bytes = code.toBytes();
      for (int i = 0; i < flips; i++) {
        int bit = random.nextInt(code.bits());
        bytes[bit >> 3] ^= (byte) (0x80 >>> (bit & 7));
      }
      return BinaryCode.of(bytes, code.bits());
    }

    /** Fails unless a scan finds what the codes say, in buffers that are as short as may be. */
    void check(CodeScan scan, int from, int to, int maxDistance) {
      String range = bits + " bits, [" + from + ", " + to + ") within " + maxDistance;
      int[] ordinals = new int[to - from];
      int[] distances = new int[to - from];
      int found =
          scan.scan(
              columns.words(),
              WordColumns.words(query),
              from,
              to,
              maxDistance,
              ordinals,
              distances);
      int[] expected =
          IntStream.range(from, to)
              .filter(i -> query.distance(codes.get(i)) <= maxDistance)
              .toArray();
      assertEquals(expected.length, found, range);
      assertArrayEquals(expected, Arrays.copyOf(ordinals, found), range);
      int[] expectedDistances =
          Arrays.stream(expected).map(i -> query.distance(codes.get(i))).toArray();
      assertArrayEquals(expectedDistances, Arrays.copyOf(distances, found), range);
    }
  }

  @ParameterizedTest
  @MethodSource("scans")
  void everyWidthWithinRandomBounds(CodeScan scan) {
    Random random = new Random(1);
    for (int bits = 4; bits <= LARGEST_WIDTH; bits++) {
      Codes codes = new Codes(random, bits, 1 + random.nextInt(200));
      for (int round = 0; round < 5; round++) {
        int from = random.nextInt(codes.codes.size() + 1);
        int to = from + random.nextInt(codes.codes.size() - from + 1);
        codes.check(scan, from, to, random.nextInt(bits + 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scans")
  void everyShortRangeWithinTheOuterBounds(CodeScan scan) {
    Random random = new Random(2);
    for (int bits : new int[] {5, 64, 100, 128, 192, 256, 320, LARGEST_WIDTH}) {
      Codes codes = new Codes(random, bits, 70);
      for (int length = 0; length <= 35; length++) {
        int from = random.nextInt(codes.codes.size() - length + 1);
        for (int maxDistance : new int[] {-1, 0, bits / 2, bits - 1, bits}) {
          codes.check(scan, from, from + length, maxDistance);
        }
      }
    }
  }

  /** Longer than the stripes that a vector scan works in, whatever the vectors of the machine. */
  @ParameterizedTest
  @MethodSource("scans")
  void longRanges(CodeScan scan) {
    Random random = new Random(3);
    for (int bits : new int[] {64, 100, 128, 192, 256}) {
      Codes codes = new Codes(random, bits, 3000);
      for (int maxDistance : new int[] {0, bits / 8, bits / 4, bits / 2, bits}) {
        codes.check(scan, 0, 3000, maxDistance);
        codes.check(scan, random.nextInt(100), 2900 + random.nextInt(100), maxDistance);
      }
    }
  }
}
