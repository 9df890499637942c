// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A model file as fields within fields, to be changed and written again, broken or not. */
final class ProtoTree {

  private static final int LENGTH_DELIMITED = 2;

  /** Which fields of which messages are messages themselves, by the names of ONNX. */
  private static final Map<String, Map<Integer, String>> MESSAGES =
      Map.of(
          "model", Map.of(7, "graph", 8, "operator set", 14, "property"),
          "graph", Map.of(1, "node", 5, "tensor", 11, "value", 12, "value"),
          "node", Map.of(5, "attribute"),
          "value", Map.of(2, "type"),
          "type", Map.of(1, "tensor type"));

  int number;
  int wireType;
  long integer;
  byte[] bytes = new byte[0];

  /** What a message holds; null for other fields. */
  List<ProtoTree> children;

  /** Is added to the length that is written, which is then a lie. */
  long lie;

  /** The whole file: a message without a number. */
  static ProtoTree parse(byte[] file) {
    ProtoTree root = new ProtoTree();
    root.wireType = LENGTH_DELIMITED;
    root.children = new Parser(file, 0, file.length).fields("model");
    return root;
  }

  /** Every field below this one. */
  List<ProtoTree> all() {
    List<ProtoTree> all = new ArrayList<>();
    for (ProtoTree child : children == null ? List.<ProtoTree>of() : children) {
      all.add(child);
      all.addAll(child.all());
    }
    return all;
  }

  ProtoTree copy() {
    ProtoTree copy = new ProtoTree();
    copy.number = number;
    copy.wireType = wireType;
    copy.integer = integer;
    copy.bytes = bytes;
    copy.lie = lie;
    copy.children =
        children == null ? null : new ArrayList<>(children.stream().map(ProtoTree::copy).toList());
    return copy;
  }

  /** The content, without the number and the length. */
  byte[] content() {
    if (children == null) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    children.forEach(child -> child.write(out));
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out) {
    varint(out, ((long) number << 3) | wireType);
    switch (wireType) {
      case 0 -> varint(out, integer);
      case LENGTH_DELIMITED -> {
        byte[] content = content();
        varint(out, content.length + lie);
        out.writeBytes(content);
      }
      default -> out.writeBytes(bytes);
    }
  }

  static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static final class Parser {

    private final byte[] file;
    private final int end;
    private int position;

    Parser(byte[] file, int start, int end) {
      this.file = file;
      this.position = start;
      this.end = end;
    }

    List<ProtoTree> fields(String message) {
      List<ProtoTree> fields = new ArrayList<>();
      while (position < end) {
        fields.add(field(MESSAGES.getOrDefault(message, Map.of())));
      }
      return fields;
    }

    private ProtoTree field(Map<Integer, String> messages) {
      ProtoTree field = new ProtoTree();
      long tag = varint();
      field.number = (int) (tag >>> 3);
      field.wireType = (int) (tag & 7);
      if (field.wireType == 0) {
        field.integer = varint();
        return field;
      }
      int length = field.wireType == LENGTH_DELIMITED ? (int) varint() : fixed(field.wireType);
      int start = position;
      position += length;
      if (messages.containsKey(field.number)) {
        field.children = new Parser(file, start, position).fields(messages.get(field.number));
      } else {
        field.bytes = Arrays.copyOfRange(file, start, position);
      }
      return field;
    }

    private static int fixed(int wireType) {
      return wireType == 1 ? 8 : 4;
    }

    private long varint() {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        b = file[position++];
        value |= (long) (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      return value;
    }
  }
}
