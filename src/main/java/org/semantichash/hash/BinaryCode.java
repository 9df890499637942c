// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The binary code of one text: an immutable string of bits with its true length.
 *
 * <p>Bit 0 is the most significant bit of byte 0. A width that is no multiple of eight is padded
 * with zero bits at the end of the last byte; two codes are equal only when their widths and all
 * their bits are.
 */
public final class BinaryCode {

  /** The smallest width, in bits. */
  public static final int MIN_BITS = 4;

  /** The largest width, in bits. */
  public static final int MAX_BITS = 4096;

  private final byte[] bytes;
  private final int bits;

  private BinaryCode(byte[] bytes, int bits) {
    this.bytes = bytes;
    this.bits = bits;
  }

  /**
   * The number of bytes that hold a code.
   *
   * @param bits the width in bits
   * @throws IllegalArgumentException when the width is outside [{@value #MIN_BITS}] to [{@value
   *     #MAX_BITS}]
   */
  public static int byteLength(int bits) {
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "[bits] must be between [" + MIN_BITS + "] and [" + MAX_BITS + "], got [" + bits + "]");
    }
    return (bits + 7) / 8;
  }

  /**
   * A code from its bytes, which are copied.
   *
   * @param bytes most significant bit first, {@link #byteLength} bytes
   * @param bits the width in bits
   * @throws IllegalArgumentException when the number of bytes does not fit the width or a padding
   *     bit is set
   */
  public static BinaryCode of(byte[] bytes, int bits) {
    int expected = byteLength(bits);
    if (bytes.length != expected) {
      throw new IllegalArgumentException(
          "a code of ["
              + bits
              + "] bits must have ["
              + expected
              + "] bytes, got ["
              + bytes.length
              + "]");
    }
    int padding = expected * 8 - bits;
    if ((bytes[expected - 1] & ((1 << padding) - 1)) != 0) {
      throw new IllegalArgumentException(
          "the last ["
              + padding
              + "] bits of a code of ["
              + bits
              + "] bits are padding and must be zero, got ["
              + HexFormat.of().formatHex(bytes)
              + "]");
    }
    return new BinaryCode(bytes.clone(), bits);
  }

  /**
   * A code from a text whose form nobody has named: hexadecimal (two digits per byte, in either
   * case) or base64 with its padding (standard or URL alphabet). Nothing could be taken for both;
   * {@link CodeForm#parse} reads the other forms.
   *
   * @param text the code
   * @param bits the width in bits
   * @throws IllegalArgumentException when the text is neither, naming what it must be and the forms
   *     that it could be meant as
   */
  public static BinaryCode parse(String text, int bits) {
    return CodeForm.parseUnnamed(text, bits);
  }

  /**
   * A code of whole bytes from either of its texts, whatever its width: hexadecimal when it is
   * nothing but an even number of hexadecimal digits, otherwise base64 with its padding.
   *
   * @param text the code
   * @throws IllegalArgumentException when the text is neither, or the width is out of range
   */
  public static BinaryCode parse(String text) {
    return CodeForm.parseUnnamed(text);
  }

  /** A code from hexadecimal digits, two a byte, in either case; otherwise as {@link #parse}. */
  public static BinaryCode fromHex(String hex, int bits) {
    return CodeForm.HEX.parse(hex, bits);
  }

  /** A code from base64, standard or URL alphabet, padded or not; otherwise as {@link #parse}. */
  public static BinaryCode fromBase64(String base64, int bits) {
    return CodeForm.BASE64.parse(base64, bits);
  }

  /** The true width in bits, without padding. */
  public int bits() {
    return bits;
  }

  /** A copy of the bytes, most significant bit first, padded with zero bits. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * The bit at a position, counted from the most significant bit of the first byte.
   *
   * @throws IndexOutOfBoundsException when the position is not below the width
   */
  public boolean get(int index) {
    Objects.checkIndex(index, bits);
    return (bytes[index >> 3] & (0x80 >>> (index & 7))) != 0;
  }

  /**
   * The Hamming distance: the number of bits that differ.
   *
   * @throws IllegalArgumentException when the widths differ
   */
  public int distance(BinaryCode other) {
    if (bits != other.bits) {
      throw new IllegalArgumentException(
          "codes must have the same width, got [" + bits + "] and [" + other.bits + "] bits");
    }
    int distance = 0;
    for (int i = 0; i < bytes.length; i++) {
      distance += Integer.bitCount((bytes[i] ^ other.bytes[i]) & 0xff);
    }
    return distance;
  }

  /** Lower-case hexadecimal, two digits per byte. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The same, followed by more. */
  public String toHex(String suffix) {
    StringBuilder text = new StringBuilder(2 * bytes.length + suffix.length());
    return HexFormat.of().formatHex(text, bytes).append(suffix).toString();
  }

  /** Base64 in the standard alphabet, padded. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BinaryCode other && bits == other.bits && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * bits + Arrays.hashCode(bytes);
  }

  /** The hexadecimal text. */
  @Override
  public String toString() {
    return toHex();
  }
}
