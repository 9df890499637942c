// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a code is written. Where nobody says how, a code is hexadecimal, or base64 with its padding:
 * only these cannot be taken for one another, nor for anything else that has the right length.
 */
public enum CodeForm {

  /** Two digits per byte, in either case. */
  HEX {
    @Override
    byte[] bytes(String text) {
      return HexFormat.of().parseHex(text);
    }

    @Override
    public String text(BinaryCode code) {
      return code.toHex();
    }

    @Override
    String must(int bits) {
      return "[" + 2 * BinaryCode.byteLength(bits) + "] hexadecimal characters";
    }
  },

  /** Standard or URL alphabet, padded or not. */
  BASE64 {
    @Override
    byte[] bytes(String text) {
      String standard = text.replace('-', '+').replace('_', '/');
      byte[] bytes = Base64.getDecoder().decode(standard);
      if (Base64.getEncoder().encodeToString(bytes).startsWith(standard) == false) {
        throw new IllegalArgumentException("the bits behind the last byte must be zero");
      }
      return bytes;
    }

    @Override
    public String text(BinaryCode code) {
      return code.toBase64();
    }

    @Override
    String must(int bits) {
      return "[" + paddedLength(BinaryCode.byteLength(bits)) + "] base64 characters";
    }
  },

  /** A digit 0 or 1 for each bit. */
  BITS {
    @Override
    byte[] bytes(String text) {
      byte[] bytes = new byte[(text.length() + 7) / 8];
      for (int i = 0; i < text.length(); i++) {
        char bit = text.charAt(i);
        if (bit != '0' && bit != '1') {
          throw new IllegalArgumentException("[" + bit + "] is no bit");
        }
        bytes[i >> 3] |= (byte) ((bit - '0') << (7 - (i & 7)));
      }
      return bytes;
    }

    @Override
    boolean hasLength(String text, int bits) {
      return text.length() == bits;
    }

    @Override
    public String text(BinaryCode code) {
      StringBuilder text = new StringBuilder(code.bits());
      for (int i = 0; i < code.bits(); i++) {
        text.append(code.get(i) ? '1' : '0');
      }
      return text.toString();
    }

    @Override
    String must(int bits) {
      return "[" + bits + "] characters [0] or [1]";
    }
  },

  /**
   * A decimal number of 64 bits with a sign, whose highest bit is the first of the code. One number
   * has one text: neither a plus sign, nor zeros before it, nor digits but those of ASCII.
   */
  LONG {
    @Override
    byte[] bytes(String text) {
      long number = Long.parseLong(requireDecimal(text));
      byte[] bytes = new byte[Long.BYTES];
      for (int i = 0; i < Long.BYTES; i++) {
        bytes[i] = (byte) (number >>> (Long.SIZE - Byte.SIZE * (i + 1)));
      }
      return bytes;
    }

    @Override
    public String text(BinaryCode code) {
      long number = 0;
      for (byte b : code.toBytes()) {
        number = number << Byte.SIZE | (b & 0xff);
      }
      return Long.toString(number);
    }

    @Override
    public Object value(BinaryCode code) {
      return Long.valueOf(text(code));
    }

    @Override
    String must(int bits) {
      return bits == Long.SIZE
          ? "a decimal number of [64] bits with a sign"
          : "of [64] bits to be a decimal number";
    }

    @Override
    String got(String text) {
      return "";
    }
  },

  /** A list of bytes, each from -128 to 127, as Elasticsearch's bit vectors are written. */
  BYTES {
    @Override
    byte[] bytes(String text) {
      if (text.startsWith("[") == false || text.endsWith("]") == false) {
        throw new IllegalArgumentException("no list");
      }
      String[] parts = text.substring(1, text.length() - 1).split(",", -1);
      byte[] bytes = new byte[parts.length];
      for (int i = 0; i < parts.length; i++) {
        bytes[i] = Byte.parseByte(requireDecimal(parts[i].trim()));
      }
      return bytes;
    }

    @Override
    public String text(BinaryCode code) {
      return value(code).toString();
    }

    @Override
    public List<Integer> value(BinaryCode code) {
      List<Integer> bytes = new ArrayList<>();
      for (byte b : code.toBytes()) {
        bytes.add((int) b);
      }
      return bytes;
    }

    @Override
    String must(int bits) {
      return "a list of [" + BinaryCode.byteLength(bits) + "] signed bytes";
    }

    @Override
    String got(String text) {
      return text.matches("\\[.+]") ? "a list of [" + text.split(",", -1).length + "]" : "no list";
    }
  };

  private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern BASE64_TEXT = Pattern.compile("[0-9A-Za-z+/_-]+");
  private static final Pattern ZEROS_AND_ONES = Pattern.compile("[01]+");

  /** The bytes of a code of any width. */
  abstract byte[] bytes(String text);

  /** The text of a code. */
  public abstract String text(BinaryCode code);

  /** What a text of a code must be, in an error. */
  abstract String must(int bits);

  /** How long a text is, in an error; empty where its length says nothing. */
  String got(String text) {
    return "[" + text.length() + "] characters";
  }

  boolean hasLength(String text, int bits) {
    return true;
  }

  /** A code as a JSON document has it: a number, a list of numbers, or else its text. */
  public Object value(BinaryCode code) {
    return text(code);
  }

  /** The name in mappings and requests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The form of this name.
   *
   * @throws IllegalArgumentException when there is none, naming all
   */
  public static CodeForm of(String id) {
    List<String> ids = new ArrayList<>();
    for (CodeForm form : values()) {
      if (form.id().equals(id)) {
        return form;
      }
      ids.add(form.id());
    }
    throw new IllegalArgumentException("[format] must be one of " + ids + ", got [" + id + "]");
  }

  /**
   * Reads a code of a known width.
   *
   * @throws IllegalArgumentException when the text is not of this form and width
   */
  public BinaryCode parse(String text, int bits) {
    byte[] bytes;
    try {
      bytes = bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(must(bits), got(text), text, bits), e);
    }
    if (bytes.length != BinaryCode.byteLength(bits) || hasLength(text, bits) == false) {
      boolean width = this == HEX || this == BASE64;
      String got = got(text) + (width ? " of [" + bytes.length * Byte.SIZE + "] bits" : "");
      throw new IllegalArgumentException(refusal(must(bits), got, text, bits));
    }
    return BinaryCode.of(bytes, bits);
  }

  /**
   * Reads a code of whole bytes.
   *
   * @throws IllegalArgumentException when the text is not of this form
   */
  public BinaryCode parse(String text) {
    byte[] bytes;
    try {
      bytes = bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a code in format ["
              + id()
              + "] must be "
              + (this == BYTES ? "a list of signed bytes" : "such a value")
              + ", got ["
              + abbreviate(text)
              + "]",
          e);
    }
    int bits = this == BITS ? text.length() : bytes.length * Byte.SIZE;
    return BinaryCode.of(bytes, bits);
  }

  /** A code of a known width whose form nobody has named. */
  static BinaryCode parseUnnamed(String text, int bits) {
    int bytes = BinaryCode.byteLength(bits);
    boolean base64 = text.endsWith("=") && text.length() == paddedLength(bytes);
    if (base64 == false && text.length() != 2 * bytes) {
      throw new IllegalArgumentException(unnamedRefusal(text, bits));
    }
    byte[] code;
    try {
      code = (base64 ? BASE64 : HEX).bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(unnamedRefusal(text, bits), e);
    }
    if (code.length != bytes) {
      throw new IllegalArgumentException(unnamedRefusal(text, bits));
    }
    return BinaryCode.of(code, bits);
  }

  /**
   * A code of whole bytes, of any width, whose form nobody has named. What could be hexadecimal is;
   * without a width nothing else tells the two apart.
   */
  static BinaryCode parseUnnamed(String text) {
    boolean hex = isHex(text);
    byte[] bytes;
    try {
      if (hex == false && text.length() % 4 != 0) {
        throw new IllegalArgumentException("base64 without its padding");
      }
      bytes = (hex ? HEX : BASE64).bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a code must be hexadecimal or base64 with its padding, got ["
              + abbreviate(text)
              + "]; [format] names other forms",
          e);
    }
    return BinaryCode.of(bytes, bytes.length * Byte.SIZE);
  }

  /**
   * What a code of this width must be, in an error.
   *
   * @param form the form that is named, or null where none is
   */
  public static String requirement(CodeForm form, int bits) {
    return form == null ? unnamed(bits) : form.must(bits);
  }

  private static String unnamed(int bits) {
    int bytes = BinaryCode.byteLength(bits);
    String base64 = bytes % 3 == 0 ? "" : ", " + BASE64.must(bits) + " with their padding";
    return HEX.must(bits) + base64 + " or " + BYTES.must(bits);
  }

  private static String refusal(String must, String got, String text, int bits) {
    return "a code of ["
        + bits
        + "] bits must be "
        + must
        + ", got "
        + (got.isEmpty() ? "" : got + ": ")
        + "["
        + abbreviate(text)
        + "]";
  }

  private static String unnamedRefusal(String text, int bits) {
    List<String> forms = meant(text, bits);
    boolean hex = isHex(text) && text.isEmpty() == false;
    String got = HEX.got(text) + (hex ? ", [" + 4 * text.length() + "] bits in hexadecimal" : "");
    return refusal(unnamed(bits), got, text, bits)
        + (forms.isEmpty() ? "" : "; [format] must say so where it is meant as " + forms);
  }

  /** The forms that have to be named and that this text has. */
  private static List<String> meant(String text, int bits) {
    List<String> forms = new ArrayList<>();
    int bytes = BinaryCode.byteLength(bits);
    boolean unpadded = text.length() == unpaddedLength(bytes);
    if (unpadded && BASE64_TEXT.matcher(text).matches()) {
      forms.add(BASE64.id());
    }
    if (text.length() == bits && ZEROS_AND_ONES.matcher(text).matches()) {
      forms.add(BITS.id());
    }
    if (bits == Long.SIZE && DECIMAL.matcher(text).matches()) {
      forms.add(LONG.id());
    }
    return forms;
  }

  private static int unpaddedLength(int bytes) {
    return (bytes * 8 + 5) / 6;
  }

  private static int paddedLength(int bytes) {
    return (bytes + 2) / 3 * 4;
  }

  private static boolean isHex(String text) {
    return text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
  }

  private static String requireDecimal(String text) {
    if (DECIMAL.matcher(text).matches() == false) {
      throw new IllegalArgumentException("[" + text + "] is no decimal number");
    }
    return text;
  }

  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
