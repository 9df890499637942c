/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
