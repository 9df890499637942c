// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX files, as protocol buffers: the counterpart of {@link ProtoReader}. Fields are
 * written in the order of their numbers, so that equal graphs give equal bytes.
 *
 * <p>Inputs and outputs have the shape [batch, something].
 */
public final class OnnxWriter {

  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Message> inputs = new ArrayList<>();
  private final List<Message> outputs = new ArrayList<>();

  /** The types of tensors that a model file may hold. */
  public enum ElementType {
    /** 32-bit floating-point numbers. */
    FLOAT(StoredTensor.FLOAT),
    /** Unsigned bytes. */
    UINT8(StoredTensor.UINT8),
    /** Signed bytes. */
    INT8(StoredTensor.INT8),
    /** 32-bit integers. */
    INT32(StoredTensor.INT32),
    /** 64-bit integers. */
    INT64(StoredTensor.INT64);

    private final int number;

    ElementType(int number) {
      this.number = number;
    }
  }

  /** An operator with one output; its attributes are integers. */
  public record Node(
      String operator, List<String> inputs, String output, Map<String, Long> attributes) {

    /** An operator without attributes. */
    public static Node of(String operator, String output, String... inputs) {
      return new Node(operator, List.of(inputs), output, Map.of());
    }

    /** The operator Cast. */
    public static Node cast(String output, ElementType to, String input) {
      return new Node("Cast", List.of(input), output, Map.of("to", (long) to.number));
    }
  }

  /**
   * An initializer.
   *
   * @param data its values from the position to the limit, in little-endian order
   */
  public record Tensor(String name, ElementType type, ByteBuffer data, List<Integer> shape) {

    /** Signed or unsigned bytes. */
    public static Tensor bytes(String name, ElementType type, ByteBuffer values, Integer... shape) {
      return new Tensor(name, type, values, List.of(shape));
    }

    /** 32-bit integers. */
    public static Tensor ints(String name, int[] values, Integer... shape) {
      ByteBuffer data = littleEndian(values.length * Integer.BYTES);
      data.asIntBuffer().put(values);
      return new Tensor(name, ElementType.INT32, data, List.of(shape));
    }

    /** 64-bit integers. */
    public static Tensor longs(String name, long[] values, Integer... shape) {
      ByteBuffer data = littleEndian(values.length * Long.BYTES);
      data.asLongBuffer().put(values);
      return new Tensor(name, ElementType.INT64, data, List.of(shape));
    }

    /** 32-bit floating-point numbers. */
    public static Tensor floats(String name, float[] values, Integer... shape) {
      ByteBuffer data = littleEndian(values.length * Float.BYTES);
      data.asFloatBuffer().put(values);
      return new Tensor(name, ElementType.FLOAT, data, List.of(shape));
    }

    private static ByteBuffer littleEndian(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** An empty graph of this name. */
  public OnnxWriter(String name) {
    this.name = name;
  }

  /** The operators, each after those that make its inputs; add to them or change them. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The initializers; add to them or change them. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** Declares an input [batch, dimension]. */
  public void input(String input, ElementType type, String dimension) {
    inputs.add(value(input, type, new Message().text(2, dimension)));
  }

  /** Declares an output [batch, width]. */
  public void output(String output, ElementType type, int width) {
    outputs.add(value(output, type, new Message().integer(1, width)));
  }

  private static Message value(String value, ElementType type, Message dimension) {
    Message batch = new Message().text(2, "batch");
    Message shape = new Message().message(1, batch).message(1, dimension);
    Message tensor = new Message().integer(1, type.number).message(2, shape);
    return new Message().text(1, value).message(2, new Message().message(1, tensor));
  }

  /** The bytes of the graph. */
  public byte[] graph() {
    Message graph = new Message();
    for (int i = 0; i < nodes.size(); i++) {
      graph.message(1, node(nodes.get(i), i));
    }
    graph.text(2, name);
    tensors.forEach(tensor -> graph.message(5, tensor(tensor)));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    return graph.toBytes();
  }

  private static Message node(Node node, int index) {
    Message message = new Message();
    node.inputs().forEach(input -> message.text(1, input));
    message.text(2, node.output());
    message.text(3, node.operator() + "_" + index);
    message.text(4, node.operator());
    node.attributes()
        .forEach((key, value) -> message.message(5, new Message().integerAttribute(key, value)));
    return message;
  }

  private static Message tensor(Tensor tensor) {
    Message message = new Message();
    tensor.shape().forEach(dimension -> message.integer(1, dimension));
    return message.integer(2, tensor.type().number).text(8, tensor.name()).block(9, tensor.data());
  }

  /**
   * The bytes of a file.
   *
   * @param graph from {@link #graph}
   * @param properties the file's metadata, written in the order of the map
   */
  public static byte[] file(String producer, byte[] graph, Map<String, String> properties) {
    Message file = new Message();
    file.integer(1, ModelFormat.IR_VERSION).text(2, producer).block(7, ByteBuffer.wrap(graph));
    file.message(8, new Message().text(1, "").integer(2, ModelFormat.OPSET_VERSION));
    properties.forEach((key, value) -> file.message(14, new Message().text(1, key).text(2, value)));
    return file.toBytes();
  }

  /** A protocol buffer message; its fields are added in the order of their numbers. */
  private static final class Message {

    private static final int LENGTH_DELIMITED = 2;
    private static final int INTEGER_ATTRIBUTE = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int lastField;

    Message integer(int field, long value) {
      tag(field, 0);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return block(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    Message message(int field, Message value) {
      return block(field, ByteBuffer.wrap(value.toBytes()));
    }

    Message integerAttribute(String key, long value) {
      return text(1, key).integer(3, value).integer(20, INTEGER_ATTRIBUTE);
    }

    /** The bytes of a buffer from its position to its limit, neither of which moves. */
    Message block(int field, ByteBuffer value) {
      assert value.hasArray() : "only buffers on the heap are written";
      tag(field, LENGTH_DELIMITED);
      varint(value.remaining());
      bytes.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
      return this;
    }

    private void tag(int field, int wireType) {
      assert field >= lastField : "field [" + field + "] after [" + lastField + "]";
      lastField = field;
      varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
      long rest = value;
      for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
      }
      bytes.write((int) rest);
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }
}
