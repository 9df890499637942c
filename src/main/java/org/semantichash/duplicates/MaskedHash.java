// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/** Hashes some bits of a code to 32 bits: equal bits have equal hashes. */
final class MaskedHash {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final long MIXER = 0xD6E8FEB86659FD93L;

  private final CodeTable codes;
  private final long[] mask;

  /**
   * Of these codes.
   *
   * @param mask [words of a code] the bits that count
   */
  MaskedHash(CodeTable codes, long[] mask) {
    this.codes = codes;
    this.mask = mask;
  }

  /** All bits of a code count. */
  static MaskedHash ofAllBits(CodeTable codes) {
    long[] mask = new long[codes.wordCount()];
    Arrays.fill(mask, -1);
    return new MaskedHash(codes, mask);
  }

  /** The hash of one code, its upper bits as good as its lower ones. */
  int of(int code) {
    long hash = 0;
    for (int word = 0; word < mask.length; word++) {
      hash = (hash ^ (codes.word(code, word) & mask[word])) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    hash *= MIXER;
    return (int) (hash >>> 32);
  }
}
