// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.Random;
import org.semantichash.hash.BinaryCode;

/** Codes for tests. */
final class RandomCodes {

  private RandomCodes() {}

  /** A code whose bits are fair coins. */
  static BinaryCode uniform(Random random, int bits) {
    byte[] bytes = new byte[BinaryCode.byteLength(bits)];
    random.nextBytes(bytes);
    return padded(bytes, bits);
  }

  /** A copy of a code in which a number of random bits, not all different, are flipped. */
  static BinaryCode near(Random random, BinaryCode code, int flips) {
    byte[] bytes = code.toBytes();
    for (int i = 0; i < flips; i++) {
      int bit = random.nextInt(code.bits());
      bytes[bit >> 3] ^= (byte) (0x80 >>> (bit & 7));
    }
    return BinaryCode.of(bytes, code.bits());
  }

  private static BinaryCode padded(byte[] bytes, int bits) {
    bytes[bytes.length - 1] &= (byte) (0xff << (bytes.length * 8 - bits));
    return BinaryCode.of(bytes, bits);
  }
}
