// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import ai.onnx.proto.OnnxMl;
import java.nio.ByteBuffer;
import java.util.List;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.hash.BinaryCode;

/**
 * A network in integers as an ONNX graph over sparse input. Weights are int8; everything is
 * computed in int32, where no engine rounds or saturates.
 *
 * <pre>
 *   rows = Cast(Gather(term_weights, term_ids)) [batch, terms, hidden]
 *   sums = Squeeze(MatMul(Unsqueeze(weights), rows)) + bias [batch, hidden]
 *   then for each dense layer: values = Min(Div(Relu(sums), 2^shift), 127),
 *                              sums = MatMul(values, Cast(dense_weights)) + bias
 *   activations = sums, bits = activations &gt; 0
 *   code = bits packed into bytes by a product with powers of two
 * </pre>
 */
final class GraphWriter {

  private static final String AXIS = "axis_one";
  private static final String LARGEST = "largest";
  private static final String ZERO = "zero";

  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();

  OnnxMl.GraphProto write(IntegerNetwork network) {
    graph.setName("semantic_hash");
    input(ModelFormat.TERM_IDS, OnnxMl.TensorProto.DataType.INT64);
    input(ModelFormat.WEIGHTS, OnnxMl.TensorProto.DataType.INT32);
    List<IntegerNetwork.Layer> layers = network.layers();
    if (layers.size() > 1) {
      graph.addInitializer(Tensors.ints(LARGEST, new int[] {IntegerNetwork.LARGEST}, 1));
    }
    String sums = termLayer(layers.getFirst());
    for (int i = 1; i < layers.size(); i++) {
      sums = denseLayer(layers.get(i - 1).shift(), layers.get(i), i - 1, sums);
    }
    node("Identity", List.of(sums), ModelFormat.ACTIVATIONS);
    code(network.bits());
    output(ModelFormat.ACTIVATIONS, OnnxMl.TensorProto.DataType.INT32, network.bits());
    output(
        ModelFormat.CODE, OnnxMl.TensorProto.DataType.UINT8, BinaryCode.byteLength(network.bits()));
    return graph.build();
  }

  private String termLayer(IntegerNetwork.Layer layer) {
    weights(ModelFormat.TERM_WEIGHTS, layer);
    graph.addInitializer(Tensors.ints("term_bias", layer.bias(), layer.outputs()));
    graph.addInitializer(Tensors.longs(AXIS, new long[] {1}, 1));
    node("Gather", List.of(ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS), "row_bytes");
    cast("row_bytes", "rows", OnnxMl.TensorProto.DataType.INT32);
    node("Unsqueeze", List.of(ModelFormat.WEIGHTS, AXIS), "weight_row");
    node("MatMul", List.of("weight_row", "rows"), "weighted_rows");
    node("Squeeze", List.of("weighted_rows", AXIS), "term_products");
    node("Add", List.of("term_products", "term_bias"), "term_sums");
    return "term_sums";
  }

  private String denseLayer(int shift, IntegerNetwork.Layer layer, int number, String sums) {
    String name = "dense_" + number;
    weights(name + "_weights", layer);
    graph.addInitializer(Tensors.ints(name + "_bias", layer.bias(), layer.outputs()));
    graph.addInitializer(Tensors.ints(name + "_divisor", new int[] {1 << shift}, 1));
    node("Relu", List.of(sums), name + "_positive");
    node("Div", List.of(name + "_positive", name + "_divisor"), name + "_shifted");
    node("Min", List.of(name + "_shifted", LARGEST), name + "_values");
    cast(name + "_weights", name + "_rows", OnnxMl.TensorProto.DataType.INT32);
    node("MatMul", List.of(name + "_values", name + "_rows"), name + "_products");
    node("Add", List.of(name + "_products", name + "_bias"), name + "_sums");
    return name + "_sums";
  }

  private void weights(String name, IntegerNetwork.Layer layer) {
    int size = layer.inputs() * layer.outputs();
    ByteBuffer rows = ByteBuffer.wrap(layer.weights(), layer.offset(), size);
    OnnxMl.TensorProto.DataType type = OnnxMl.TensorProto.DataType.INT8;
    graph.addInitializer(Tensors.bytes(name, type, rows, layer.inputs(), layer.outputs()));
  }

  private void code(int bits) {
    int bytes = BinaryCode.byteLength(bits);
    byte[] packing = new byte[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = (byte) (0x80 >> (bit % 8));
    }
    OnnxMl.TensorProto.DataType type = OnnxMl.TensorProto.DataType.UINT8;
    graph.addInitializer(Tensors.ints(ZERO, new int[] {0}, 1));
    graph.addInitializer(Tensors.bytes("packing", type, ByteBuffer.wrap(packing), bits, bytes));
    node("Greater", List.of(ModelFormat.ACTIVATIONS, ZERO), "truths");
    cast("truths", "bits", OnnxMl.TensorProto.DataType.INT32);
    cast("packing", "powers", OnnxMl.TensorProto.DataType.INT32);
    node("MatMul", List.of("bits", "powers"), "byte_values");
    cast("byte_values", ModelFormat.CODE, type);
  }

  private void node(String operator, List<String> inputs, String output) {
    graph.addNode(node(operator, inputs).addOutput(output));
  }

  private void cast(String input, String output, OnnxMl.TensorProto.DataType type) {
    graph.addNode(
        node("Cast", List.of(input))
            .addOutput(output)
            .addAttribute(
                OnnxMl.AttributeProto.newBuilder()
                    .setName("to")
                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                    .setI(type.getNumber())));
  }

  private OnnxMl.NodeProto.Builder node(String operator, List<String> inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(operator)
        .setName(operator + "_" + graph.getNodeCount())
        .addAllInput(inputs);
  }

  private void input(String name, OnnxMl.TensorProto.DataType type) {
    graph.addInput(value(name, type, dimension("terms")));
  }

  private void output(String name, OnnxMl.TensorProto.DataType type, int width) {
    graph.addOutput(
        value(
            name, type, OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(width).build()));
  }

  private static OnnxMl.TensorShapeProto.Dimension dimension(String name) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }

  private static OnnxMl.ValueInfoProto value(
      String name,
      OnnxMl.TensorProto.DataType type,
      OnnxMl.TensorShapeProto.Dimension secondDimension) {
    OnnxMl.TypeProto.Tensor tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(type.getNumber())
            .setShape(
                OnnxMl.TensorShapeProto.newBuilder()
                    .addDim(dimension("batch"))
                    .addDim(secondDimension))
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
