// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes with different versions of Lucene send each other these hashes. */
class MurmurHash3Test {

  /** As its author's code gives them, the halves in hexadecimal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | 0000000000000000 0000000000000000
          a  | 85555565f6597889 e6b53a48510e895a
          The quick brown fox jumps over the lazy dog | e34bbc7bbc071b6c 7a433ca9c49a9347
          """)
  void hashesAreThoseOfTheReference(String text, String expected) {
    long[] hash = MurmurHash3.hash(text.getBytes(UTF_8), 0, text.length(), 0);
    HexFormat hex = HexFormat.of();
    assertEquals(expected, hex.toHexDigits(hash[0]) + " " + hex.toHexDigits(hash[1]));
  }

  /** One number for many lengths, offsets and seeds: the same with every version of Lucene. */
  @Test
  void everyLengthAndOffsetCounts() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] bytes = new byte[100];
    long all = 0;
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(bytes);
      int offset = random.nextInt(50);
      long[] hash = MurmurHash3.hash(bytes, offset, random.nextInt(51), random.nextInt());
      all = 31 * (31 * all + hash[0]) + hash[1];
    }
    assertEquals(-488590817589961393L, all);
  }
}
