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
package org.semantichash.it.search.codes;

import java.util.SplittableRandom;

/** Makes codes one by one, always the same for the same seed. */
final class CodeProcess {

  private static final int CODES_PER_CENTRE = 100;
  private static final int FLIP = 3277; // of 65536: .05
  private static final int FLIP_BITS = 16;

  private final long[][] centres; // [centres][words], none for uniform codes
  private final SplittableRandom random;
  private final int words;

  CodeProcess(CodeKind kind, int words, int codes, long seed, long stream) {
    this.words = words;
    SplittableRandom centreRandom = new SplittableRandom(seed);
    int count = kind == CodeKind.UNIFORM ? 0 : Math.max(1, codes / CODES_PER_CENTRE);
    this.centres = new long[count][words];
    for (long[] centre : centres) {
      for (int word = 0; word < words; word++) {
        centre[word] = centreRandom.nextLong();
      }
    }
    this.random = new SplittableRandom(seed * 31 + stream);
  }

  /** Writes the next code. */
  void next(long[] code) {
    long[] centre = centres.length == 0 ? null : centres[random.nextInt(centres.length)];
    for (int word = 0; word < words; word++) {
      code[word] = centre == null ? random.nextLong() : centre[word] ^ flips();
    }
  }

  /** Each bit is set with p: the digits of p, the last first, choose between and and or. */
  private long flips() {
    long mask = 0;
    for (int digit = 0; digit < FLIP_BITS; digit++) {
      long coins = random.nextLong();
      mask = (FLIP >>> digit & 1) == 1 ? mask | coins : mask & coins;
    }
    return mask;
  }
}
