// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads one protocol buffer message field by field, in place: nothing is copied but strings, and a
 * length is believed only when the bytes are there.
 */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] file;
  private final int end;
  private int position;
  private int field;
  private int wireType;

  ProtoReader(byte[] file) {
    this(file, 0, file.length);
  }

  private ProtoReader(byte[] file, int start, int end) {
    this.file = file;
    this.position = start;
    this.end = end;
  }

  /** Moves to the next field; its value must then be read or skipped. */
  boolean next() {
    if (position == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > 0x1fffffff) {
      throw broken("field number [" + (tag >>> 3) + "]");
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The value of an integer field. */
  long integer() {
    expect(VARINT);
    return varint();
  }

  /** The value of a message field. */
  ProtoReader message() {
    int start = blockStart();
    return new ProtoReader(file, start, position);
  }

  /** The bytes of this message that have not been read, as a read-only view. */
  ByteBuffer rest() {
    return ByteBuffer.wrap(file, position, end - position).asReadOnlyBuffer();
  }

  /** The value of a string field that names something, which is never long. */
  String name() {
    int start = blockStart();
    if (position - start > ModelFormat.MAX_NAME_BYTES) {
      throw new InvalidModelException(
          "a name must have at most ["
              + ModelFormat.MAX_NAME_BYTES
              + "] bytes, got ["
              + (position - start)
              + "]");
    }
    return text(start);
  }

  /** The value of a string field. */
  String string() {
    return text(blockStart());
  }

  /** Copies the bytes only once; what stands for broken ones may also have been in the text. */
  private String text(int start) {
    String text = new String(file, start, position - start, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0 && isValid(start) == false) {
      throw new InvalidModelException(
          "the file is broken: no valid UTF-8 in field [" + field + "] at byte [" + start + "]");
    }
    return text;
  }

  private boolean isValid(int start) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(file, start, position - start);
    CharBuffer thrownAway = CharBuffer.allocate(512);
    CoderResult result;
    do {
      result = decoder.decode(bytes, thrownAway.clear(), true);
    } while (result.isOverflow());
    return result.isError() == false;
  }

  /** The value of a bytes field, as a view in the byte order of ONNX. */
  ByteBuffer bytes() {
    int start = blockStart();
    return ByteBuffer.wrap(file, start, position - start).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether this occurrence of a repeated number holds many of them. */
  boolean isPacked() {
    return wireType == LENGTH_DELIMITED;
  }

  boolean hasRemaining() {
    return position < end;
  }

  /** The next number of a packed field that {@link #message} opened. */
  long packedInteger() {
    return varint();
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case LENGTH_DELIMITED -> blockStart();
      case FIXED32 -> advance(4);
      default -> throw broken("wire type [" + wireType + "]");
    }
  }

  private int blockStart() {
    expect(LENGTH_DELIMITED);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw broken("length [" + Long.toUnsignedString(length) + "] in field [" + field + "]");
    }
    int start = position;
    position += (int) length;
    return start;
  }

  private void advance(int bytes) {
    if (bytes > end - position) {
      throw broken("end of data in field [" + field + "]");
    }
    position += bytes;
  }

  private void expect(int type) {
    if (wireType != type) {
      throw broken("wire type [" + wireType + "] in field [" + field + "]");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw broken("end of data");
      }
      byte b = file[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken("number of more than ten bytes");
  }

  private InvalidModelException broken(String what) {
    return new InvalidModelException(
        "the file is broken: unexpected " + what + " at byte [" + position + "]");
  }
}
