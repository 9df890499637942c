// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampedCodeTest {

  private static final String MODEL = "0123456789abcdef";
  private static final String TEXT = "fedcba9876543210";
  private static final BinaryCode CODE = BinaryCode.fromHex("9f3a5c0012345678", 64);

  @Test
  void everyFormIsPrintedAsItIsRead() {
    String hex = CODE.toHex();
    for (String text : new String[] {hex, hex + "@" + MODEL, hex + "@" + MODEL + ":" + TEXT}) {
      assertEquals(text, StampedCode.parse(text, 64).toString());
      assertEquals(text, StampedCode.parse(text).toString());
    }
  }

  @Test
  void thePartsAreWhatTheyAre() {
    StampedCode stamped = StampedCode.parse("9f3a5c0012345678@" + MODEL + ":" + TEXT, 64);
    assertEquals(new StampedCode(CODE, MODEL, TEXT), stamped);
    StampedCode bare = StampedCode.parse("9f3a5c0012345678", 64);
    assertEquals(CODE, bare.code());
    assertNull(bare.modelDigest());
    assertNull(bare.textDigest());
  }

  @Test
  void theCodeMayBeBase64OfAnyWidth() {
    SplittableRandom random = new SplittableRandom(5);
    for (int bits : new int[] {12, 60, 64, 127, 4096}) {
      byte[] bytes = new byte[BinaryCode.byteLength(bits)];
      random.nextBytes(bytes);
      bytes[bytes.length - 1] &= (byte) (0xff << (bytes.length * 8 - bits));
      BinaryCode code = BinaryCode.of(bytes, bits);
      assertEquals(
          new StampedCode(code, MODEL, null),
          StampedCode.parse(code.toBase64() + "@" + MODEL, bits));
    }
  }

  @Test
  void aNamedFormIsThatOfCodesWithoutAStamp() {
    BinaryCode code = BinaryCode.fromHex("fffffffffffffffe", 64);
    for (int bits : new int[] {0, 64}) {
      assertEquals(new StampedCode(code, null, null), StampedCode.parse("-2", CodeForm.LONG, bits));
      assertEquals(
          new StampedCode(code, MODEL, null),
          StampedCode.parse(code.toHex("@" + MODEL), CodeForm.LONG, bits));
      assertEquals(
          new StampedCode(code, null, null), StampedCode.parse(code.toBase64(), null, bits));
      assertEquals(
          "a code in format [bytes] must be a list of signed bytes, got the text [" + code + "]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> StampedCode.parse(code.toHex(), CodeForm.BYTES, bits))
              .getMessage());
    }
    assertThrows(
        IllegalArgumentException.class, () -> StampedCode.parse(code.toHex(), CodeForm.HEX, 32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcde",
        "0123456789abcdef0",
        "0123456789ABCDEF",
        "0123456789abcdeg"
      })
  void aDigestHasSixteenLowerCaseDigits(String digest) {
    String rule = "must be [16] lower-case hexadecimal digits, got [" + digest + "]";
    assertEquals("[model digest] " + rule, refusal("9f3a5c0012345678@" + digest));
    assertEquals("[text digest] " + rule, refusal("9f3a5c0012345678@" + MODEL + ":" + digest));
  }

  @Test
  void aSecondStampIsNoDigest() {
    assertTrue(refusal("9f3a5c0012345678@" + MODEL + "@" + MODEL).startsWith("[model digest] "));
    assertTrue(
        refusal("9f3a5c0012345678@" + MODEL + ":" + TEXT + ":" + TEXT)
            .startsWith("[text digest] "));
  }

  @Test
  void theCodeIsChecked() {
    assertTrue(refusal("9f3a@" + MODEL).contains("a code of [64] bits"));
    assertThrows(IllegalArgumentException.class, () -> StampedCode.parse("@" + MODEL));
    assertThrows(
        IllegalArgumentException.class, () -> StampedCode.parse("9f3a5c0012345678:" + TEXT, 64));
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> StampedCode.parse(text, 64))
        .getMessage();
  }

  @Test
  void aTextDigestNeedsAModelDigest() {
    String reason =
        assertThrows(IllegalArgumentException.class, () -> new StampedCode(CODE, null, TEXT))
            .getMessage();
    assertEquals("[text digest] must come with a [model digest], got only [" + TEXT + "]", reason);
  }

  /** The SHA-256 of the empty text and of "abc", from FIPS 180-2. */
  @Test
  void digestsAreTheFirstDigitsOfTheSha256() {
    assertEquals("e3b0c44298fc1c14", StampedCode.digestOfText(""));
    assertEquals("ba7816bf8f01cfea", StampedCode.digestOfText("abc"));
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals("ba7816bf8f01cfea", StampedCode.digestOfModel(sha256));
  }

  @Test
  void textsAreReadAsUtf8() throws NoSuchAlgorithmException {
    byte[] utf8 = {(byte) 0xc3, (byte) 0xa4}; // a with diaeresis
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(utf8);
    assertEquals(
        HexFormat.of().formatHex(sha256).substring(0, 16), StampedCode.digestOfText("\u00e4"));
  }
}
