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
package org.semantichash.hash;

import java.util.Base64;
import java.util.HexFormat;

/** The two texts of a code and how they are told apart. */
final class CodeText {

  private CodeText() {}

  static byte[] parse(String text, int bits) {
    return text.length() == hexLength(bits) && text.endsWith("=") == false
        ? parseHex(text, bits)
        : parseBase64(text, bits);
  }

  static byte[] parse(String text) {
    boolean hex = text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
    try {
      return hex ? HexFormat.of().parseHex(text) : decodeBase64(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a code must be hexadecimal or base64, got [" + abbreviate(text) + "]", e);
    }
  }

  private static byte[] decodeBase64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  static byte[] parseHex(String text, int bits) {
    if (text.length() != hexLength(bits)) {
      throw wrongLength(text, bits);
    }
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a code of ["
              + bits
              + "] bits with ["
              + text.length()
              + "] characters must be hexadecimal, got ["
              + text
              + "]",
          e);
    }
  }

  static byte[] parseBase64(String text, int bits) {
    int length = BinaryCode.byteLength(bits);
    int unpadded = unpaddedLength(length);
    if (text.length() != unpadded && text.length() != paddedLength(length)) {
      throw wrongLength(text, bits);
    }
    try {
      byte[] bytes = decodeBase64(text);
      if (bytes.length != length) {
        throw wrongLength(text, bits);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a code of [" + bits + "] bits must be hexadecimal or base64, got [" + text + "]", e);
    }
  }

  static String toBase64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static int hexLength(int bits) {
    return 2 * BinaryCode.byteLength(bits);
  }

  private static int unpaddedLength(int bytes) {
    return (bytes * 8 + 5) / 6;
  }

  private static int paddedLength(int bytes) {
    return (bytes + 2) / 3 * 4;
  }

  private static IllegalArgumentException wrongLength(String text, int bits) {
    int bytes = BinaryCode.byteLength(bits);
    return new IllegalArgumentException(
        "a code of ["
            + bits
            + "] bits must have ["
            + hexLength(bits)
            + "] hexadecimal or ["
            + paddedLength(bytes)
            + "] base64 characters, got ["
            + text.length()
            + "]: ["
            + abbreviate(text)
            + "]");
  }

  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
