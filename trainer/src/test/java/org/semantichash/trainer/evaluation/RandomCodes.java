// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/** Random codes, labels and vectors to compare results on. */
final class RandomCodes {

  private final SplittableRandom random;

  RandomCodes(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  List<BinaryCode> codes(int n, int bits) {
    return Stream.generate(() -> code(bits)).limit(n).toList();
  }

  private BinaryCode code(int bits) {
    byte[] bytes = new byte[BinaryCode.byteLength(bits)];
    random.nextBytes(bytes);
    bytes[bytes.length - 1] &= (byte) (0xff << (bytes.length * 8 - bits));
    return BinaryCode.of(bytes, bits);
  }

  /** Up to two labels each, of five. */
  List<int[]> labels(int n) {
    return Stream.generate(() -> ids(random.nextInt(3), 5)).limit(n).toList();
  }

  /** Up to so many terms each, all of one weight, so that many cosines are equal. */
  List<SparseVector> vectors(int n, int most, int terms) {
    return Stream.generate(() -> vector(ids(random.nextInt(most + 1), terms))).limit(n).toList();
  }

  private static SparseVector vector(int[] ids) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, 0.5f);
    return SparseVector.of(ids, weights);
  }

  private int[] ids(int most, int bound) {
    return random.ints(most, 0, bound).distinct().sorted().toArray();
  }
}
