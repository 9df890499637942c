// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A code that says which model made it and, if wanted, of which text: {@code code[@model[:text]]},
 * as in {@code 9f3a5c0012345678@0123456789abcdef}. Neither {@code @} nor {@code :} is a character
 * of hexadecimal or base64, so a code without a stamp is one of these texts too.
 *
 * <p>A digest is the first {@value #DIGEST_LENGTH} lower-case hexadecimal digits of a SHA-256.
 *
 * @param code the code
 * @param modelDigest the digest of the file of the model that made it, or null
 * @param textDigest the digest of the text in UTF-8, or null; only with the model's
 */
public record StampedCode(BinaryCode code, String modelDigest, String textDigest) {

  /** The number of digits of a digest. */
  public static final int DIGEST_LENGTH = 16;

  private static final char MODEL = '@';
  private static final char TEXT = ':';

  /**
   * Checks the digests that are there.
   *
   * @throws IllegalArgumentException when one is none, or a text's comes without a model's
   */
  public StampedCode {
    Objects.requireNonNull(code, "code");
    if (modelDigest != null) {
      requireDigest("model digest", modelDigest);
    }
    if (textDigest != null) {
      requireDigest("text digest", textDigest);
      if (modelDigest == null) {
        throw new IllegalArgumentException(
            "[text digest] must come with a [model digest], got only [" + textDigest + "]");
      }
    }
  }

  /**
   * Reads a code of a known width.
   *
   * @param text a code as {@link BinaryCode#parse(String, int)} reads it, with a stamp or without
   * @param bits the width in bits
   * @throws IllegalArgumentException when the code does not fit the width or the stamp is none
   */
  public static StampedCode parse(String text, int bits) {
    String[] parts = parts(text);
    return new StampedCode(BinaryCode.parse(parts[0], bits), parts[1], parts[2]);
  }

  /**
   * Reads a code whose form is known. A stamped code is always in hexadecimal or padded base64: a
   * processor writes it, which knows nothing of the form that a field is written in else.
   *
   * @param form how a code without a stamp is written, or null as {@link BinaryCode#parse} reads
   *     it; no text is a list of {@link CodeForm#BYTES}
   * @param bits the width in bits, or 0 when it is not known
   * @throws IllegalArgumentException when the code does not fit the form or the width, or the stamp
   *     is none
   */
  public static StampedCode parse(String text, CodeForm form, int bits) {
    if (form == null || text.indexOf(MODEL) >= 0) {
      return bits == 0 ? parse(text) : parse(text, bits);
    }
    if (form == CodeForm.BYTES) {
      throw new IllegalArgumentException(
          "a code in format [bytes] must be a list of signed bytes, got the text [" + text + "]");
    }
    return new StampedCode(bits == 0 ? form.parse(text) : form.parse(text, bits), null, null);
  }

  /**
   * Reads a code of whole bytes.
   *
   * @param text a code as {@link BinaryCode#parse(String)} reads it, with a stamp or without
   * @throws IllegalArgumentException when the code or the stamp is none
   */
  public static StampedCode parse(String text) {
    String[] parts = parts(text);
    return new StampedCode(BinaryCode.parse(parts[0]), parts[1], parts[2]);
  }

  /** The code and the two digests, null where there is none. */
  private static String[] parts(String text) {
    int model = text.indexOf(MODEL);
    if (model < 0) {
      return new String[] {text, null, null};
    }
    int ofText = text.indexOf(TEXT, model);
    return ofText < 0
        ? new String[] {text.substring(0, model), text.substring(model + 1), null}
        : new String[] {
          text.substring(0, model), text.substring(model + 1, ofText), text.substring(ofText + 1)
        };
  }

  /**
   * Checks that a text is a digest.
   *
   * @param name what the digest is called in the error
   * @throws IllegalArgumentException when it is none
   */
  public static String requireDigest(String name, String digest) {
    if (isDigest(digest) == false) {
      throw new IllegalArgumentException(
          "["
              + name
              + "] must be ["
              + DIGEST_LENGTH
              + "] lower-case hexadecimal digits, got ["
              + digest
              + "]");
    }
    return digest;
  }

  private static boolean isDigest(String text) {
    if (text.length() != DIGEST_LENGTH) {
      return false;
    }
    for (int i = 0; i < DIGEST_LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * The digest of a model.
   *
   * @param sha256 the SHA-256 of its file, in lower-case hexadecimal
   */
  public static String digestOfModel(String sha256) {
    return requireDigest("model digest", sha256.substring(0, DIGEST_LENGTH));
  }

  /** The digest of a text. */
  public static String digestOfText(String text) {
    byte[] sha256 = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha256, 0, DIGEST_LENGTH / 2);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform must have SHA-256
    }
  }

  /** The code in hexadecimal with the digests that are there. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(code.toHex());
    if (modelDigest != null) {
      text.append(MODEL).append(modelDigest);
    }
    if (textDigest != null) {
      text.append(TEXT).append(textDigest);
    }
    return text.toString();
  }
}
