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
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.hash.BinaryCode;

/**
 * Recognises the graph that the trainer exports, operator by operator in the order of the file:
 *
 * <pre>
 *   Gather, Unsqueeze, MatMul, Squeeze, Add, [Relu | Tanh | Sigmoid],
 *   any number of (Gemm, [Relu | Tanh | Sigmoid]), Identity,
 *   Greater, Cast, MatMul with powers of two, Cast
 * </pre>
 *
 * <p>Whatever differs is not recognised, be it an attribute that says what holds without it.
 */
final class ExportedGraph {

  private static final Map<String, ElementFunction> FUNCTIONS =
      Map.of(
          "Relu", ElementFunction.RELU,
          "Tanh", ElementFunction.TANH,
          "Sigmoid", ElementFunction.SIGMOID);

  private final OnnxGraph graph;
  private int next;

  private ExportedGraph(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The network of a graph; empty when the graph is not of the exported form. */
  static Optional<PlainNetwork> read(OnnxGraph graph) {
    try {
      return Optional.of(new ExportedGraph(graph).network());
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

  private PlainNetwork network() {
    Step step = termLayer();
    List<PlainLayer> dense = new ArrayList<>();
    PlainLayer first = step.layer();
    while (nextIs("Gemm")) {
      step = denseLayer(step);
      dense.add(step.layer());
    }
    expect("Identity", Map.of(), ModelFormat.ACTIVATIONS, step.output());
    return new PlainNetwork(first, dense, code(step.layer().outputs()));
  }

  private record Step(PlainLayer layer, String output) {}

  private record Applied(ElementFunction function, String output) {}

  private Step termLayer() {
    String rows = step("Gather", ModelFormat.TERM_WEIGHTS, ModelFormat.TERM_IDS);
    String axis = axisOne();
    String row = step("Unsqueeze", ModelFormat.WEIGHTS, axis);
    String products = step("MatMul", row, rows);
    String sums = step("Squeeze", products, axis);
    StoredTensor weights = tensor(ModelFormat.TERM_WEIGHTS);
    require(weights.dimensions().size() == 2);
    StoredTensor bias = tensor(input(1));
    WeightMatrix matrix = matrix(weights, Math.toIntExact(weights.dimensions().get(0)), bias);
    Applied applied = function(step("Add", sums, bias.name()));
    boolean last = nextIs("Gemm") == false;
    return new Step(
        PlainLayer.ofTerms(matrix, bias.floats(), applied.function(), last), applied.output());
  }

  private Step denseLayer(Step before) {
    StoredTensor weights = tensor(input(1));
    StoredTensor bias = tensor(input(2));
    WeightMatrix matrix = matrix(weights, before.layer().outputs(), bias);
    Applied applied = function(step("Gemm", before.output(), weights.name(), bias.name()));
    return new Step(PlainLayer.dense(matrix, bias.floats(), applied.function()), applied.output());
  }

  private static WeightMatrix matrix(StoredTensor weights, int rows, StoredTensor bias) {
    require(bias.dimensions().size() == 1);
    long columns = bias.dimensions().get(0);
    require(rows > 0 && columns > 0 && bias.isFloats(columns) && weights.isFloats(rows, columns));
    return new WeightMatrix(weights.floatRows(rows, Math.toIntExact(columns)));
  }

  private Applied function(String sums) {
    ElementFunction function = FUNCTIONS.get(node().operator());
    return function == null
        ? new Applied(ElementFunction.NONE, sums)
        : new Applied(function, step(node().operator(), sums));
  }

  private float[] code(int bits) {
    require(bits >= BinaryCode.MIN_BITS && bits <= BinaryCode.MAX_BITS);
    StoredTensor thresholds = tensor(input(1));
    require(thresholds.isFloats(bits));
    String truths = step("Greater", ModelFormat.ACTIVATIONS, thresholds.name());
    String ones = take("Cast", Map.of("to", Optional.of((long) StoredTensor.FLOAT)), truths);
    StoredTensor packing = tensor(input(1));
    int bytes = BinaryCode.byteLength(bits);
    require(packing.isFloats(bits, bytes) && Arrays.equals(packing.floats(), powers(bits, bytes)));
    String values = step("MatMul", ones, packing.name());
    expect("Cast", Map.of("to", Optional.of((long) StoredTensor.UINT8)), ModelFormat.CODE, values);
    require(next == graph.nodes().size());
    return thresholds.floats();
  }

  private static float[] powers(int bits, int bytes) {
    float[] powers = new float[bits * bytes];
    for (int bit = 0; bit < bits; bit++) {
      powers[bit * bytes + bit / 8] = 1 << (7 - bit % 8);
    }
    return powers;
  }

  private String axisOne() {
    StoredTensor axis = tensor(input(1));
    require(axis.type() == StoredTensor.INT64 && axis.hasShape(1) && axis.longs()[0] == 1);
    return axis.name();
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = graph.tensor(name);
    require(tensor != null);
    return tensor;
  }

  private GraphNode node() {
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
    GraphNode node = node();
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
