// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Arrays as ONNX tensors, their values inline as raw data. */
final class Tensors {

  private Tensors() {}

  /**
   * Signed or unsigned bytes.
   *
   * @param data its values, from its position to its limit
   */
  static OnnxMl.TensorProto bytes(
      String name, OnnxMl.TensorProto.DataType type, ByteBuffer data, long... shape) {
    return tensor(name, type, data, shape);
  }

  static OnnxMl.TensorProto ints(String name, int[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(values);
    return tensor(name, OnnxMl.TensorProto.DataType.INT32, data, shape);
  }

  static OnnxMl.TensorProto longs(String name, long[] values, long... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return tensor(name, OnnxMl.TensorProto.DataType.INT64, data, shape);
  }

  private static OnnxMl.TensorProto tensor(
      String name, OnnxMl.TensorProto.DataType type, ByteBuffer data, long... shape) {
    List<Long> dimensions = Arrays.stream(shape).boxed().toList();
    return OnnxMl.TensorProto.newBuilder()
        .setName(name)
        .addAllDims(dimensions)
        .setDataType(type.getNumber())
        .setRawData(ByteString.copyFrom(data))
        .build();
  }
}
