// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.hash.BinaryCode;

/**
 * Recognises the graph that the trainer exports in format 2, operator by operator in the order of
 * the file:
 *
 * <pre>
 *   Gather, Cast, Unsqueeze, MatMul, Squeeze, Add,
 *   any number of (Relu, Div, Min, Cast, MatMul, Add), Identity,
 *   Greater, Cast, Cast, MatMul with powers of two, Cast
 * </pre>
 *
 * <p>Whatever differs is not recognised, be it an attribute that says what holds without it.
 */
final class IntegerGraph {

  private static final Map<String, Optional<Long>> TO_INT32 = to(StoredTensor.INT32);
  private static final Map<String, Optional<Long>> TO_UINT8 = to(StoredTensor.UINT8);

  private final OnnxGraph graph;
  private int next;

  private IntegerGraph(OnnxGraph graph) {
    this.graph = graph;
  }

  private static Map<String, Optional<Long>> to(long type) {
    return Map.of("to", Optional.of(type));
  }

  /**
   * The network of a graph, whose weights stay where they are in the file; empty when the graph is
   * not of the exported form.
   *
   * @throws InvalidModelException when a sum of it could overflow
   */
  static Optional<IntegerNetwork> read(OnnxGraph graph, float scale, TfIdfOptions.Norm norm) {
    try {
      return Optional.of(new IntegerNetwork(new IntegerGraph(graph).layers(), scale, norm));
    } catch (OtherGraphException e) {
      return Optional.empty();
    }
  }

  private static final class OtherGraphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherGraphException() {
      super("not the exported graph", null, false, false);
    }
  }

  /** A layer whose shift is not known before the next one is read. */
  private record Step(StoredTensor weights, StoredTensor bias, String sums) {

    int outputs() {
      return Math.toIntExact(bias.dimensions().getFirst());
    }

    IntegerNetwork.Layer layer(int shift) {
      int inputs = Math.toIntExact(weights.dimensions().getFirst());
      byte[] file = weights.data().array();
      return new IntegerNetwork.Layer(
          file, weights.data().arrayOffset(), inputs, bias.ints(), shift);
    }
  }

  private List<IntegerNetwork.Layer> layers() {
    List<IntegerNetwork.Layer> layers = new ArrayList<>();
    Step step = termLayer();
    while (nextIs("Relu")) {
      String positive = step("Relu", step.sums());
      StoredTensor divisor = scalar(input(1));
      int shift = Integer.numberOfTrailingZeros(divisor.ints()[0]);
      require(divisor.ints()[0] == 1 << shift && shift < Integer.SIZE - 1);
      String shifted = step("Div", positive, divisor.name());
      StoredTensor largest = scalar(input(1));
      require(largest.ints()[0] == IntegerNetwork.LARGEST);
      String values = step("Min", shifted, largest.name());
      layers.add(step.layer(shift));
      step = denseLayer(values);
    }
    expect("Identity", Map.of(), ModelFormat.ACTIVATIONS, step.sums());
    layers.add(step.layer(0));
    code(step.outputs());
    return layers;
  }

  private Step termLayer() {
    String bytes = step("Gather", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS);
    String rows = take("Cast", TO_INT32, bytes);
    StoredTensor axis = tensor(input(1));
    require(axis.is(StoredTensor.INT64, 1) && axis.longs()[0] == 1);
    String factors = step("Unsqueeze", ModelFormat.WEIGHTS, axis.name());
    String products = step("MatMul", factors, rows);
    return biased(tensor(ModelFormat.TERM_WEIGHTS), step("Squeeze", products, axis.name()));
  }

  private Step denseLayer(String values) {
    StoredTensor weights = tensor(input(0));
    String rows = take("Cast", TO_INT32, weights.name());
    return biased(weights, step("MatMul", values, rows));
  }

  private Step biased(StoredTensor weights, String sums) {
    StoredTensor bias = tensor(input(1));
    require(weights.dimensions().size() == 2 && bias.dimensions().size() == 1);
    long inputs = weights.dimensions().get(0);
    long outputs = weights.dimensions().get(1);
    require(inputs > 0 && outputs > 0 && inputs <= Integer.MAX_VALUE);
    require(weights.is(StoredTensor.INT8, inputs, outputs));
    require(bias.is(StoredTensor.INT32, outputs));
    return new Step(weights, bias, step("Add", sums, bias.name()));
  }

  private void code(int bits) {
    require(bits >= BinaryCode.MIN_BITS && bits <= BinaryCode.MAX_BITS);
    StoredTensor zero = scalar(input(1));
    require(zero.ints()[0] == 0);
    String truths = step("Greater", ModelFormat.ACTIVATIONS, zero.name());
    String ones = take("Cast", TO_INT32, truths);
    StoredTensor packing = tensor(input(0));
    int bytes = BinaryCode.byteLength(bits);
    require(packing.is(StoredTensor.UINT8, bits, bytes) && isPowers(packing, bits, bytes));
    String powers = take("Cast", TO_INT32, packing.name());
    String values = step("MatMul", ones, powers);
    expect("Cast", TO_UINT8, ModelFormat.CODE, values);
    require(next == graph.nodes().size());
  }

  private static boolean isPowers(StoredTensor packing, int bits, int bytes) {
    for (int i = 0; i < bits * bytes; i++) {
      int bit = i / bytes;
      int power = bit / 8 == i % bytes ? 0x80 >> (bit % 8) : 0;
      if (packing.data().get(i) != (byte) power) {
        return false;
      }
    }
    return true;
  }

  private StoredTensor scalar(String name) {
    StoredTensor scalar = tensor(name);
    require(scalar.is(StoredTensor.INT32, 1));
    return scalar;
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = graph.tensor(name);
    require(tensor != null);
    return tensor;
  }

  private OnnxGraph.Node node() {
    require(next < graph.nodes().size());
    return graph.nodes().get(next);
  }

  private boolean nextIs(String operator) {
    return node().operator().equals(operator);
  }

  private String input(int i) {
    require(i < node().inputs().size());
    return node().inputs().get(i);
  }

  private String step(String operator, String... inputs) {
    return take(operator, Map.of(), inputs);
  }

  private void expect(
      String operator, Map<String, Optional<Long>> attributes, String output, String input) {
    require(take(operator, attributes, input).equals(output));
  }

  /** The output of the next operator, which must be this one. */
  private String take(String operator, Map<String, Optional<Long>> attributes, String... inputs) {
    OnnxGraph.Node node = node();
    require(node.operator().equals(operator) && node.attributes().equals(attributes));
    require(node.inputs().equals(List.of(inputs)) && node.outputs().size() == 1);
    next++;
    return node.outputs().getFirst();
  }

  private static void require(boolean condition) {
    if (condition == false) {
      throw new OtherGraphException();
    }
  }
}
