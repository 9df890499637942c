// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.Collections;
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
  private final Map<String, Shape> shapes = new HashMap<>();
  private long multiplyAdds;
  private long values;

  private GraphCost(OnnxGraph graph) {
    this.graph = graph;
    StoredTensor terms = graph.tensor(ModelFormat.TERM_WEIGHTS);
    Shape text = Shape.of(1L, terms.dimensions().isEmpty() ? 1 : terms.dimensions().get(0));
    shapes.put(ModelFormat.TERM_IDS, text);
    shapes.put(ModelFormat.WEIGHTS, text);
    graph.tensors().forEach(t -> shapes.put(t.name(), new Shape(t.dimensions())));
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

  private void add(OnnxGraph.Node node) {
    Shape result = result(node);
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

  private Shape result(OnnxGraph.Node node) {
    Shape first = input(node, 0);
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
  private Shape product(Shape left, Shape right) {
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
    Shape product = new Shape(result);
    count(product, inner);
    return product;
  }

  private static Shape stack(Shape shape) {
    return new Shape(shape.sizes().subList(0, Math.max(0, shape.rank() - 2)));
  }

  private Shape gemm(OnnxGraph.Node node) {
    Shape left = input(node, 0);
    Shape right = input(node, 1);
    if (left.rank() != 2 || right.rank() != 2) {
      throw new InvalidModelException("operator [Gemm] must multiply two matrices");
    }
    left = attribute(node, "transA", 0) == 0 ? left : left.transposed();
    right = attribute(node, "transB", 0) == 0 ? right : right.transposed();
    return has(node, 2) ? product(left, right).broadcast(input(node, 2)) : product(left, right);
  }

  private void count(Shape product, long inner) {
    long here = Shape.product(List.of(product.elements(), inner));
    multiplyAdds = sum(multiplyAdds, here);
  }

  private Shape reduceSum(OnnxGraph.Node node, Shape of) {
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

  private Optional<long[]> axes(OnnxGraph.Node node) {
    if (has(node, 1) == false) {
      return Optional.empty();
    }
    StoredTensor axes = graph.tensor(node.inputs().get(1));
    if (axes == null || axes.type() != StoredTensor.INT64) {
      throw noAxes(node);
    }
    return Optional.of(axes.longs());
  }

  private static InvalidModelException noAxes(OnnxGraph.Node node) {
    return new InvalidModelException(
        "the axes of operator [" + node.operator() + "] must be an initializer of int64");
  }

  private static boolean has(OnnxGraph.Node node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isEmpty() == false;
  }

  private Shape input(OnnxGraph.Node node, int input) {
    if (has(node, input) == false) {
      throw new InvalidModelException(
          "operator [" + node.operator() + "] must have an input [" + input + "]");
    }
    return shape(node.inputs().get(input), "operator [" + node.operator() + "]");
  }

  private Shape shape(String value, String user) {
    Shape shape = shapes.get(value);
    if (shape == null) {
      throw new InvalidModelException(
          user + " must use what stands before it in the file, not [" + value + "]");
    }
    return shape;
  }

  private static long attribute(OnnxGraph.Node node, String name, long otherwise) {
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

  /**
   * The largest shape that a value of a graph can have. Where two sizes should agree it takes the
   * larger one: whether a graph fits together ONNX Runtime says.
   *
   * @param sizes one for each axis
   */
  record Shape(List<Long> sizes) {

    private static final int MAX_RANK = 8;

    Shape {
      sizes = List.copyOf(sizes);
      if (sizes.size() > MAX_RANK) {
        throw new InvalidModelException(
            "a value of the graph must have at most ["
                + MAX_RANK
                + "] axes, got ["
                + sizes.size()
                + "]");
      }
    }

    static Shape of(Long... sizes) {
      return new Shape(List.of(sizes));
    }

    /** The product, at most {@link Long#MAX_VALUE}. */
    static long product(Iterable<Long> factors) {
      long product = 1;
      for (long factor : factors) {
        if (factor == 0) {
          return 0;
        }
        product = product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
      }
      return product;
    }

    long elements() {
      return product(sizes);
    }

    int rank() {
      return sizes.size();
    }

    /** The size of an axis counted from the end. */
    long fromEnd(int axis) {
      return sizes.get(rank() - axis);
    }

    /** The numbering of axes from the end, which ONNX allows, resolved. */
    static int axis(long axis, int rank) {
      long resolved = axis < 0 ? axis + rank : axis;
      if (resolved < 0 || resolved >= rank) {
        throw new InvalidModelException(
            "an axis must be one of [" + rank + "], got [" + axis + "]");
      }
      return (int) resolved;
    }

    Shape gather(long axis, Shape indices) {
      int at = axis(axis, rank());
      List<Long> result = new ArrayList<>(sizes.subList(0, at));
      result.addAll(indices.sizes);
      result.addAll(sizes.subList(at + 1, rank()));
      return new Shape(result);
    }

    Shape unsqueeze(long[] axes) {
      int rank = rank() + axes.length;
      List<Integer> inserted = new ArrayList<>();
      for (long axis : axes) {
        inserted.add(axis(axis, rank));
      }
      List<Long> result = new ArrayList<>();
      int next = 0;
      for (int at = 0; at < rank; at++) {
        // Axes that are named twice leave some over.
        result.add(inserted.contains(at) || next == rank() ? 1L : sizes.get(next++));
      }
      return new Shape(result);
    }

    /** Without these axes; with 1 in their places when they are kept. */
    Shape reduce(long[] axes, boolean kept) {
      List<Long> result = new ArrayList<>(sizes);
      for (long axis : axes) {
        result.set(axis(axis, rank()), kept ? 1L : null);
      }
      result.removeAll(Collections.singleton(null));
      return new Shape(result);
    }

    Shape broadcast(Shape other) {
      int rank = Math.max(rank(), other.rank());
      List<Long> result = new ArrayList<>();
      for (int axis = rank; axis > 0; axis--) {
        long mine = axis > rank() ? 1 : fromEnd(axis);
        long its = axis > other.rank() ? 1 : other.fromEnd(axis);
        result.add(Math.max(mine, its));
      }
      return new Shape(result);
    }

    Shape transposed() {
      List<Long> result = new ArrayList<>(sizes);
      Collections.reverse(result);
      return new Shape(result);
    }
  }
}
