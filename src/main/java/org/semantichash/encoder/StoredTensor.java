// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor inside a model file, checked as it is read.
 *
 * @param name its name
 * @param dimensions its shape
 * @param type ONNX's number for what it holds
 * @param data its values, a view of the file
 */
record StoredTensor(String name, List<Long> dimensions, int type, ByteBuffer data) {

  /** ONNX's number for 32-bit floats. */
  static final int FLOAT = 1;

  /** ONNX's number for unsigned bytes. */
  static final int UINT8 = 2;

  /** ONNX's number for signed bytes. */
  static final int INT8 = 3;

  /** ONNX's number for 32-bit integers. */
  static final int INT32 = 6;

  /** ONNX's number for 64-bit integers. */
  static final int INT64 = 7;

  private static final int MAX_DIMENSIONS = 8;

  static StoredTensor read(ProtoReader proto) {
    String name = "";
    List<Long> dimensions = new ArrayList<>();
    int type = 0;
    ByteBuffer data = ByteBuffer.allocate(0);
    while (proto.next()) {
      switch (proto.field()) {
        case 1 -> addDimensions(proto, dimensions);
        case 2 -> type = (int) proto.integer();
        case 8 -> name = proto.name();
        case 9 -> data = proto.bytes();
        case 12 -> proto.skip(); // doc_string
        case 13 -> throw external();
        case 14 -> refuseExternal(proto);
        default ->
            throw new InvalidModelException(
                "a tensor must hold its values as [raw_data], got field [" + proto.field() + "]");
      }
    }
    check(name, dimensions, type, data);
    return new StoredTensor(name, List.copyOf(dimensions), type, data);
  }

  private static void addDimensions(ProtoReader proto, List<Long> dimensions) {
    if (proto.isPacked() == false) {
      addDimension(proto.integer(), dimensions);
      return;
    }
    ProtoReader packed = proto.message();
    while (packed.hasRemaining()) {
      addDimension(packed.packedInteger(), dimensions);
    }
  }

  private static void addDimension(long dimension, List<Long> dimensions) {
    if (dimensions.size() == MAX_DIMENSIONS) {
      throw new InvalidModelException(
          "a tensor must have at most [" + MAX_DIMENSIONS + "] dimensions");
    }
    dimensions.add(dimension);
  }

  private static void refuseExternal(ProtoReader proto) {
    if (proto.integer() != 0) {
      throw external();
    }
  }

  private static InvalidModelException external() {
    return new InvalidModelException(
        "a model must be one self-contained file, this one refers to [external data]");
  }

  private static void check(String name, List<Long> dimensions, int type, ByteBuffer data) {
    long bytes = elementBytes(name, type);
    for (long dimension : dimensions) {
      if (dimension < 0 || (dimension > 0 && bytes > ModelFormat.MAX_TENSOR_BYTES / dimension)) {
        throw new InvalidModelException(
            "tensor ["
                + name
                + "] must have at most ["
                + ModelFormat.MAX_TENSOR_BYTES
                + "] bytes, got shape "
                + dimensions);
      }
      bytes *= dimension;
    }
    if (bytes != data.remaining()) {
      throw new InvalidModelException(
          "tensor ["
              + name
              + "] of shape "
              + dimensions
              + " must have ["
              + bytes
              + "] bytes, got ["
              + data.remaining()
              + "]");
    }
    if (type == FLOAT) {
      refuseNotFinite(name, floatView(data));
    }
  }

  private static long elementBytes(String name, int type) {
    return switch (type) {
      case UINT8, INT8 -> Byte.BYTES;
      case FLOAT, INT32 -> Integer.BYTES;
      case INT64 -> Long.BYTES;
      default ->
          throw new InvalidModelException(
              "tensor ["
                  + name
                  + "] must hold floats, bytes, int32 or int64, got ONNX type ["
                  + type
                  + "]");
    };
  }

  private static void refuseNotFinite(String name, FloatBuffer values) {
    float[] chunk = new float[4096];
    while (values.hasRemaining()) {
      int length = Math.min(chunk.length, values.remaining());
      values.get(chunk, 0, length);
      for (int i = 0; i < length; i++) {
        if (Float.isFinite(chunk[i]) == false) {
          throw new InvalidModelException(
              "tensor [" + name + "] must hold finite numbers, got [" + chunk[i] + "]");
        }
      }
    }
  }

  /** A copy of its values; it must hold int32. */
  int[] ints() {
    IntBuffer view = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] values = new int[view.remaining()];
    view.get(values);
    return values;
  }

  /** A copy of its values; it must hold int64. */
  long[] longs() {
    LongBuffer view = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] values = new long[view.remaining()];
    view.get(values);
    return values;
  }

  private static FloatBuffer floatView(ByteBuffer data) {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(); // duplicate forgets it
  }

  boolean is(int expectedType, long... expected) {
    return type == expectedType && dimensions.equals(Arrays.stream(expected).boxed().toList());
  }
}
