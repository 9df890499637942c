// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.OnnxWriter;
import org.semantichash.encoder.OnnxWriter.ElementType;
import org.semantichash.encoder.OnnxWriter.Node;
import org.semantichash.encoder.OnnxWriter.Tensor;
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

  private final OnnxWriter graph = new OnnxWriter("semantic_hash");

  private GraphWriter() {}

  static OnnxWriter write(IntegerNetwork network) {
    GraphWriter writer = new GraphWriter();
    writer.writeNetwork(network);
    return writer.graph;
  }

  private void writeNetwork(IntegerNetwork network) {
    graph.input(ModelFormat.TERM_IDS, ElementType.INT64, "terms");
    graph.input(ModelFormat.WEIGHTS, ElementType.INT32, "terms");
    List<IntegerNetwork.Layer> layers = network.layers();
    if (layers.size() > 1) {
      add(Tensor.ints(LARGEST, new int[] {IntegerNetwork.LARGEST}, 1));
    }
    String sums = termLayer(layers.getFirst());
    for (int i = 1; i < layers.size(); i++) {
      sums = denseLayer(layers.get(i - 1).shift(), layers.get(i), i - 1, sums);
    }
    add(Node.of("Identity", ModelFormat.ACTIVATIONS, sums));
    code(network.bits());
    graph.output(ModelFormat.ACTIVATIONS, ElementType.INT32, network.bits());
    graph.output(ModelFormat.CODE, ElementType.UINT8, BinaryCode.byteLength(network.bits()));
  }

  private String termLayer(IntegerNetwork.Layer layer) {
    weights(ModelFormat.TERM_WEIGHTS, layer);
    add(Tensor.ints("term_bias", layer.bias(), layer.outputs()));
    add(Tensor.longs(AXIS, new long[] {1}, 1));
    add(Node.of("Gather", "row_bytes", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS));
    add(Node.cast("rows", ElementType.INT32, "row_bytes"));
    add(Node.of("Unsqueeze", "weight_row", ModelFormat.WEIGHTS, AXIS));
    add(Node.of("MatMul", "weighted_rows", "weight_row", "rows"));
    add(Node.of("Squeeze", "term_products", "weighted_rows", AXIS));
    add(Node.of("Add", "term_sums", "term_products", "term_bias"));
    return "term_sums";
  }

  private String denseLayer(int shift, IntegerNetwork.Layer layer, int number, String sums) {
    String name = "dense_" + number;
    weights(name + "_weights", layer);
    add(Tensor.ints(name + "_bias", layer.bias(), layer.outputs()));
    add(Tensor.ints(name + "_divisor", new int[] {1 << shift}, 1));
    add(Node.of("Relu", name + "_positive", sums));
    add(Node.of("Div", name + "_shifted", name + "_positive", name + "_divisor"));
    add(Node.of("Min", name + "_values", name + "_shifted", LARGEST));
    add(Node.cast(name + "_rows", ElementType.INT32, name + "_weights"));
    add(Node.of("MatMul", name + "_products", name + "_values", name + "_rows"));
    add(Node.of("Add", name + "_sums", name + "_products", name + "_bias"));
    return name + "_sums";
  }

  private void weights(String name, IntegerNetwork.Layer layer) {
    int size = Math.multiplyExact(layer.inputs(), layer.outputs());
    ByteBuffer rows = ByteBuffer.wrap(layer.weights(), layer.offset(), size);
    add(Tensor.bytes(name, ElementType.INT8, rows, layer.inputs(), layer.outputs()));
  }

  private void code(int bits) {
    int bytes = BinaryCode.byteLength(bits);
    byte[] packing = new byte[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      packing[bit * bytes + bit / 8] = (byte) (0x80 >> (bit % 8));
    }
    add(Tensor.ints(ZERO, new int[] {0}, 1));
    add(Tensor.bytes("packing", ElementType.UINT8, ByteBuffer.wrap(packing), bits, bytes));
    add(Node.of("Greater", "truths", ModelFormat.ACTIVATIONS, ZERO));
    add(Node.cast("bits", ElementType.INT32, "truths"));
    add(Node.cast("powers", ElementType.INT32, "packing"));
    add(Node.of("MatMul", "byte_values", "bits", "powers"));
    add(Node.cast(ModelFormat.CODE, ElementType.UINT8, "byte_values"));
  }

  private void add(Node node) {
    graph.nodes().add(node);
  }

  private void add(Tensor tensor) {
    graph.tensors().add(tensor);
  }
}
