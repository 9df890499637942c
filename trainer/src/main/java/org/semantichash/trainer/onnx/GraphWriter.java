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
package org.semantichash.trainer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.DenseLayer;
import org.semantichash.trainer.learning.HashNetwork;

/**
 * A network as an ONNX graph over sparse input.
 *
 * <pre>
 *   rows = Gather(term_weights, term_ids) [batch, terms, hidden]
 *   sums = Squeeze(MatMul(Unsqueeze(weights), rows)) [batch, hidden]
 *   x = activation(sums + bias), then for each dense layer x = activation(Gemm(x))
 *   activations = x, bits = activations &gt; thresholds
 *   code = bits packed into bytes by a product with powers of two, exact in floats up to 255
 * </pre>
 */
final class GraphWriter {

  private static final String AXIS = "axis_one";

  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();

  OnnxMl.GraphProto write(HashNetwork network) {
    graph.setName("semantic_hash");
    input(ModelFormat.TERM_IDS, OnnxMl.TensorProto.DataType.INT64);
    input(ModelFormat.WEIGHTS, OnnxMl.TensorProto.DataType.FLOAT);
    String x = firstLayer(network);
    for (int i = 0; i < network.dense().size(); i++) {
      x = denseLayer(network.dense().get(i), i, x);
    }
    node("Identity", List.of(x), ModelFormat.ACTIVATIONS);
    code(network);
    output(ModelFormat.ACTIVATIONS, OnnxMl.TensorProto.DataType.FLOAT, network.bits());
    output(
        ModelFormat.CODE, OnnxMl.TensorProto.DataType.UINT8, BinaryCode.byteLength(network.bits()));
    return graph.build();
  }

  private String firstLayer(HashNetwork network) {
    int width = network.first().width();
    graph.addInitializer(
        Tensors.floats(
            ModelFormat.TERM_WEIGHTS,
            network.first().weights(),
            network.first().vocabularySize(),
            width));
    graph.addInitializer(Tensors.floats("term_bias", network.first().bias(), width));
    graph.addInitializer(Tensors.longs(AXIS, new long[] {1}, 1));
    node("Gather", List.of(ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS), "rows");
    node("Unsqueeze", List.of(ModelFormat.WEIGHTS, AXIS), "weight_row");
    node("MatMul", List.of("weight_row", "rows"), "weighted_rows");
    node("Squeeze", List.of("weighted_rows", AXIS), "term_sums");
    node("Add", List.of("term_sums", "term_bias"), "first_sums");
    return activation(network.first().activation(), "first_sums", "first");
  }

  private String denseLayer(DenseLayer layer, int number, String x) {
    String name = "dense_" + number;
    graph.addInitializer(
        Tensors.floats(name + "_weights", layer.weights(), layer.in(), layer.out()));
    graph.addInitializer(Tensors.floats(name + "_bias", layer.bias(), layer.out()));
    node("Gemm", List.of(x, name + "_weights", name + "_bias"), name + "_sums");
    return activation(layer.activation(), name + "_sums", name);
  }

  private String activation(Activation activation, String sums, String result) {
    switch (activation) {
      case NONE -> {
        return sums;
      }
      case RELU -> node("Relu", List.of(sums), result);
      case TANH -> node("Tanh", List.of(sums), result);
      case SIGMOID -> node("Sigmoid", List.of(sums), result);
    }
    return result;
  }

  private void code(HashNetwork network) {
    int bits = network.bits();
    int bytes = BinaryCode.byteLength(bits);
    float[] packing = new float[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = 1 << (7 - bit % 8);
    }
    graph.addInitializer(Tensors.floats("thresholds", network.thresholds(), bits));
    graph.addInitializer(Tensors.floats("packing", packing, bits, bytes));
    node("Greater", List.of(ModelFormat.ACTIVATIONS, "thresholds"), "truths");
    cast("truths", "bits", OnnxMl.TensorProto.DataType.FLOAT);
    node("MatMul", List.of("bits", "packing"), "byte_values");
    cast("byte_values", ModelFormat.CODE, OnnxMl.TensorProto.DataType.UINT8);
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
