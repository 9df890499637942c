// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCodeTest {

  private final SplittableRandom random = new SplittableRandom(7);

  private BinaryCode randomCode(int bits) {
    byte[] bytes = new byte[BinaryCode.byteLength(bits)];
    random.nextBytes(bytes);
    bytes[bytes.length - 1] &= (byte) (0xff << (bytes.length * 8 - bits));
    return BinaryCode.of(bytes, bits);
  }

  @Test
  void everyWidthKeepsItsBitsInBothTexts() {
    for (int bits = BinaryCode.MIN_BITS; bits <= BinaryCode.MAX_BITS; bits += bits < 300 ? 1 : 97) {
      BinaryCode code = randomCode(bits);
      byte[] bytes = code.toBytes();
      String unpadded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      String url = Base64.getUrlEncoder().encodeToString(bytes);
      assertEquals(code, BinaryCode.parse(code.toHex(), bits));
      assertEquals(code, BinaryCode.parse(code.toHex().toUpperCase(Locale.ROOT), bits));
      assertEquals(code, BinaryCode.fromBase64(unpadded, bits));
      if (bytes.length % 3 == 0) {
        assertThrows(IllegalArgumentException.class, () -> BinaryCode.parse(unpadded, code.bits()));
        assertEquals(code, BinaryCode.fromBase64(url, bits));
      } else {
        assertEquals(code, BinaryCode.parse(code.toBase64(), bits));
        assertEquals(code, BinaryCode.parse(url, bits));
      }
      assertEquals(code, BinaryCode.fromBase64(code.toBase64(), bits));
      assertEquals(code, BinaryCode.fromHex(code.toHex(), bits));
      assertEquals(bits, BinaryCode.parse(code.toHex(), bits).bits());
    }
  }

  @Test
  void noHexTextIsTakenForBase64() {
    // 16 bits have four characters in both texts; "beef" is hexadecimal, "vu8=" the same in base64.
    assertEquals(BinaryCode.fromHex("beef", 16), BinaryCode.parse("vu8=", 16));
    assertEquals("beef", BinaryCode.parse("beef", 16).toHex());
    // One byte has two digits, and two characters in base64 without padding: taken as digits.
    assertEquals("ab", BinaryCode.parse("ab", 8).toHex());
    assertEquals("69", BinaryCode.parse("aQ==", 8).toHex());
    // 32 bits have eight in both.
    assertEquals("deadbeef", BinaryCode.parse("3q2+7w==", 32).toHex());
    assertEquals("deadbeef", BinaryCode.parse("deadbeef", 32).toHex());
  }

  @Test
  void bitZeroIsTheMostSignificant() {
    BinaryCode code = BinaryCode.fromHex("8040", 10);
    for (int i = 0; i < 10; i++) {
      assertEquals(i == 0 || i == 9, code.get(i), "bit " + i);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> code.get(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 8, 9, 16, 63, 64, 65, 128, 1000, 4096})
  void distanceCountsTheBitsThatDiffer(int bits) {
    for (int round = 0; round < 20; round++) {
      BinaryCode a = randomCode(bits);
      BinaryCode b = randomCode(bits);
      int expected = 0;
      for (int i = 0; i < bits; i++) {
        expected += a.get(i) != b.get(i) ? 1 : 0;
      }
      assertEquals(expected, a.distance(b));
      assertEquals(expected, b.distance(a));
      assertEquals(0, a.distance(a));
    }
  }

  @Test
  void theWidthIsPartOfTheValue() {
    BinaryCode wide = BinaryCode.fromHex("a0", 8);
    BinaryCode narrow = BinaryCode.fromHex("a0", 4);
    assertNotEquals(wide, narrow);
    assertNotEquals(wide.hashCode(), narrow.hashCode());
    assertEquals(narrow, BinaryCode.of(new byte[] {(byte) 0xa0}, 4));
    assertError(
        "codes must have the same width, got [8] and [4] bits", () -> wide.distance(narrow));
  }

  @Test
  void bytesAreCopied() {
    byte[] bytes = {1, 2};
    BinaryCode code = BinaryCode.of(bytes, 16);
    bytes[0] = 9;
    code.toBytes()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, code.toBytes());
  }

  @ParameterizedTest
  @CsvSource({"3", "0", "-1", "4097"})
  void widthsOutOfRangeAreRefused(int bits) {
    assertError(
        "[bits] must be between [4] and [4096], got [" + bits + "]",
        () -> BinaryCode.of(new byte[1], bits));
  }

  @Test
  void wrongTextsAreRefusedWithBothLengths() {
    String must =
        "a code of [64] bits must be [16] hexadecimal characters, [12] base64 characters with their"
            + " padding or a list of [8] signed bytes, got ";
    assertError(
        must + "[8] characters, [32] bits in hexadecimal: [deadbeef]",
        () -> BinaryCode.parse("deadbeef", 64));
    assertError(must + "[0] characters: []", () -> BinaryCode.parse("", 64));
    assertError(
        must + "[12] characters: [!!!!!!!!!!!=]", () -> BinaryCode.parse("!!!!!!!!!!!=", 64));
    assertError(
        must + "[16] characters: [0123456789abcdeg]",
        () -> BinaryCode.parse("0123456789abcdeg", 64));
    assertError(
        "a code of [64] bits must have [8] bytes, got [7]", () -> BinaryCode.of(new byte[7], 64));
  }

  @Test
  void aRefusalNamesTheFormsThatWouldHaveToBeNamed() {
    String must =
        "a code of [64] bits must be [16] hexadecimal characters, [12] base64 characters with their"
            + " padding or a list of [8] signed bytes, got ";
    assertError(
        must + "[11] characters: [vu-_vu_-vu8]; [format] must say so where it is meant as [base64]",
        () -> BinaryCode.parse("vu-_vu_-vu8", 64));
    String bits = "01".repeat(32);
    assertError(
        must
            + "[64] characters, [256] bits in hexadecimal: ["
            + bits
            + "]; [format] must say so where it is meant as [bits]",
        () -> BinaryCode.parse(bits, 64));
    assertError(
        must + "[3] characters: [-17]; [format] must say so where it is meant as [long]",
        () -> BinaryCode.parse("-17", 64));
    assertError(
        must
            + "[11] characters: [12345678901]; [format] must say so where it is meant as"
            + " [base64, long]",
        () -> BinaryCode.parse("12345678901", 64));
    assertError(
        "a code of [8] bits must be [2] hexadecimal characters, [4] base64 characters with their"
            + " padding or a list of [1] signed bytes, got [3] characters: [-17]",
        () -> BinaryCode.parse("-17", 8));
  }

  @Test
  void aRefusalShowsAtMostEightyCharacters() {
    String must = "a code in format [long] must be such a value, got [";
    String eighty = "x".repeat(80);
    assertError(must + eighty + "]", () -> CodeForm.LONG.parse(eighty));
    assertError(must + eighty + "...]", () -> CodeForm.LONG.parse(eighty + "y"));
  }

  @Test
  void hexMayBeFollowedByMore() {
    assertEquals("00ff10@rest", BinaryCode.fromHex("00ff10", 24).toHex("@rest"));
  }

  @Test
  void setPaddingBitsAreRefused() {
    assertError(
        "the last [4] bits of a code of [4] bits are padding and must be zero, got [a1]",
        () -> BinaryCode.parse("a1", 4));
    assertError(
        "the last [7] bits of a code of [9] bits are padding and must be zero, got [0040]",
        () -> BinaryCode.parse("0040", 9));
  }

  private static void assertError(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void readsACodeOfAnyWidth() {
    for (int bytes : new int[] {1, 2, 3, 7, 8, 16, 512}) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      content[0] = (byte) 0xf8; // whose base64 begins with no hexadecimal digit
      BinaryCode code = BinaryCode.of(content, 8 * bytes);
      assertEquals(code, BinaryCode.parse(code.toHex()));
      assertEquals(code, BinaryCode.parse(code.toHex().toUpperCase(Locale.ROOT)));
      assertEquals(code, BinaryCode.parse(code.toBase64()));
      assertEquals(code, BinaryCode.parse(code.toBase64().replace('+', '-').replace('/', '_')));
    }
    assertEquals(BinaryCode.fromHex("abcdef00", 32), BinaryCode.parse("abcdef00"));
  }

  @Test
  void refusesWhatIsNoCodeOfAnyWidth() {
    for (String text : new String[] {"", "x", "abc!", "=", "00".repeat(513)}) {
      assertThrows(IllegalArgumentException.class, () -> BinaryCode.parse(text), text);
    }
  }

  @Test
  void everyNamedFormKeepsItsBits() {
    for (CodeForm form : CodeForm.values()) {
      for (int bits : new int[] {4, 7, 8, 12, 48, 64, 65, 96, 128, 4096}) {
        if (form == CodeForm.LONG && bits != 64) {
          continue;
        }
        BinaryCode code = randomCode(bits);
        assertEquals(code, form.parse(form.text(code), bits), form.id());
        assertEquals(form, CodeForm.of(form.id()));
        if (bits % 8 == 0) {
          assertEquals(code, form.parse(form.text(code)), form.id());
        }
      }
    }
    assertEquals("-2", CodeForm.LONG.value(BinaryCode.fromHex("fffffffffffffffe", 64)).toString());
    assertEquals("[-1, 16]", CodeForm.BYTES.text(BinaryCode.fromHex("ff10", 16)));
    assertEquals("111110", CodeForm.BITS.text(BinaryCode.fromHex("f8", 6)));
  }

  @Test
  void aNamedFormTakesNoOther() {
    assertError(
        "a code of [64] bits must be a decimal number of [64] bits with a sign, got"
            + " [9223372036854775808]",
        () -> CodeForm.LONG.parse("9223372036854775808", 64));
    assertError(
        "a code of [32] bits must be of [64] bits to be a decimal number, got [1]",
        () -> CodeForm.LONG.parse("1", 32));
    assertError(
        "a code of [7] bits must be [7] characters [0] or [1], got [8] characters: [01010100]",
        () -> CodeForm.BITS.parse("01010100", 7));
    assertError(
        "a code of [16] bits must be a list of [2] signed bytes, got a list of [2]: [[1, 200]]",
        () -> CodeForm.BYTES.parse("[1, 200]", 16));
    assertError(
        "a code of [16] bits must be [4] hexadecimal characters, got [4] characters: [vu8=]",
        () -> CodeForm.HEX.parse("vu8=", 16));
    assertError(
        "a code of [16] bits must be [4] hexadecimal characters, got [6] characters of [24] bits:"
            + " [00ff00]",
        () -> CodeForm.HEX.parse("00ff00", 16));
  }

  @Test
  void oneCodeHasOneTextOfAForm() {
    for (String text : new String[] {"+5", "007", "-0", "\u0665", " 5", "5 ", ""}) {
      assertThrows(IllegalArgumentException.class, () -> CodeForm.LONG.parse(text, 64), text);
      String list = "[" + text.replace(' ', '\u2003') + "]";
      assertThrows(IllegalArgumentException.class, () -> CodeForm.BYTES.parse(list, 8), text);
    }
    for (String text : new String[] {"vu9=", "vu9", "v_-", "AB"}) {
      assertThrows(IllegalArgumentException.class, () -> CodeForm.BASE64.parse(text), text);
    }
  }
}
