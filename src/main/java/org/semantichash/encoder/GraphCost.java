// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a graph computes at most for one text, which is one that has every term: a network uses each
 * of its weights about once, a hostile one may multiply small tensors into huge ones.
 */
final class GraphCost {

  private final OnnxGraph graph;
  private final Map<String, GraphShape> shapes = new HashMap<>();
  private long multiplyAdds;
  private long values;

  private GraphCost(OnnxGraph graph) {
    this.graph = graph;
    StoredTensor terms = graph.tensor(ModelFormat.TERM_WEIGHTS);
    GraphShape text =
        GraphShape.of(1L, terms.dimensions().isEmpty() ? 1 : terms.dimensions().get(0));
    shapes.put(ModelFormat.TERM_IDS, text);
    shapes.put(ModelFormat.WEIGHTS, text);
    graph.tensors().forEach(t -> shapes.put(t.name(), new GraphShape(t.dimensions())));
  }

  /**
   * Refuses a graph that may compute more than {@link ModelFormat} allows.
   *
   * @throws InvalidModelException naming the estimate and the limit
   */
  static void check(OnnxGraph graph) {
    GraphCost cost = new GraphCost(graph);
    graph.nodes().forEach(cost::add);
    cost.shape(ModelFormat.CODE, "graph");
    cost.shape(ModelFormat.ACTIVATIONS, "graph");
  }

  private void add(GraphNode node) {
    GraphShape result = result(node);
    values = sum(values, result.elements());
    atMost("values", values, ModelFormat.MAX_VALUES);
    atMost("multiply-adds", multiplyAdds, ModelFormat.MAX_MULTIPLY_ADDS);
    if (node.outputs().size() != 1) {
      throw new InvalidModelException(
          "an operator must have [1] output, got ["
              + node.outputs().size()
              + "] of ["
              + node.operator()
              + "]");
    }
    String name = node.outputs().getFirst();
    if (shapes.put(name, result) != null) {
      throw new InvalidModelException("value [" + name + "] is set twice in the graph");
    }
  }

  private GraphShape result(GraphNode node) {
    GraphShape first = input(node, 0);
    return switch (node.operator()) {
      case "Cast", "Identity", "Relu", "Sigmoid", "Tanh" -> first;
      case "Add", "Div", "Greater", "GreaterOrEqual", "Min", "Mul", "Sub" ->
          first.broadcast(input(node, 1));
      case "Gather" -> first.gather(attribute(node, "axis", 0), input(node, 1));
      case "MatMul" -> product(first, input(node, 1));
      case "Gemm" -> gemm(node);
      case "Unsqueeze" -> first.unsqueeze(axes(node).orElseThrow(() -> noAxes(node)));
      case "Squeeze" -> first.reduce(axes(node).orElseThrow(() -> noAxes(node)), false);
      case "ReduceSum" -> reduceSum(node, first);
      default -> throw new InvalidModelException("unknown operator [" + node.operator() + "]");
    };
  }

  /** The rules of NumPy, which are ONNX's: only the last two axes are multiplied. */
  private GraphShape product(GraphShape left, GraphShape right) {
    if (left.rank() == 0 || right.rank() == 0) {
      throw new InvalidModelException("a product must be of vectors or matrices, got a number");
    }
    long inner = Math.max(left.fromEnd(1), right.fromEnd(Math.min(2, right.rank())));
    List<Long> result = new ArrayList<>(stack(left).broadcast(stack(right)).sizes());
    if (left.rank() > 1) {
      result.add(left.fromEnd(2));
    }
    if (right.rank() > 1) {
      result.add(right.fromEnd(1));
    }
    GraphShape product = new GraphShape(result);
    count(product, inner);
    return product;
  }

  private static GraphShape stack(GraphShape shape) {
    return new GraphShape(shape.sizes().subList(0, Math.max(0, shape.rank() - 2)));
  }

  private GraphShape gemm(GraphNode node) {
    GraphShape left = input(node, 0);
    GraphShape right = input(node, 1);
    if (left.rank() != 2 || right.rank() != 2) {
      throw new InvalidModelException("operator [Gemm] must multiply two matrices");
    }
    left = attribute(node, "transA", 0) == 0 ? left : left.transposed();
    right = attribute(node, "transB", 0) == 0 ? right : right.transposed();
    return has(node, 2) ? product(left, right).broadcast(input(node, 2)) : product(left, right);
  }

  private void count(GraphShape product, long inner) {
    long here = GraphShape.product(List.of(product.elements(), inner));
    multiplyAdds = sum(multiplyAdds, here);
  }

  private GraphShape reduceSum(GraphNode node, GraphShape of) {
    boolean kept = attribute(node, "keepdims", 1) != 0;
    Optional<long[]> axes = axes(node).filter(some -> some.length > 0);
    if (axes.isEmpty() && attribute(node, "noop_with_empty_axes", 0) != 0) {
      return of;
    }
    long[] all = new long[of.rank()];
    for (int axis = 0; axis < all.length; axis++) {
      all[axis] = axis;
    }
    return of.reduce(axes.orElse(all), kept);
  }

  private Optional<long[]> axes(GraphNode node) {
    if (has(node, 1) == false) {
      return Optional.empty();
    }
    StoredTensor axes = graph.tensor(node.inputs().get(1));
    if (axes == null || axes.type() != StoredTensor.INT64) {
      throw noAxes(node);
    }
    return Optional.of(axes.longs());
  }

  private static InvalidModelException noAxes(GraphNode node) {
    return new InvalidModelException(
        "the axes of operator [" + node.operator() + "] must be an initializer of int64");
  }

  private static boolean has(GraphNode node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isEmpty() == false;
  }

  private GraphShape input(GraphNode node, int input) {
    if (has(node, input) == false) {
      throw new InvalidModelException(
          "operator [" + node.operator() + "] must have an input [" + input + "]");
    }
    return shape(node.inputs().get(input), "operator [" + node.operator() + "]");
  }

  private GraphShape shape(String value, String user) {
    GraphShape shape = shapes.get(value);
    if (shape == null) {
      throw new InvalidModelException(
          user + " must use what stands before it in the file, not [" + value + "]");
    }
    return shape;
  }

  private static long attribute(GraphNode node, String name, long otherwise) {
    return node.attributes().getOrDefault(name, Optional.empty()).orElse(otherwise);
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static void atMost(String what, long estimate, long limit) {
    if (estimate > limit) {
      throw new InvalidModelException(
          "a graph must compute at most ["
              + limit
              + "] "
              + what
              + " for a text, this one may compute ["
              + estimate
              + "]");
    }
  }
}
