// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The largest shape that a value of a graph can have. Where two sizes should agree it takes the
 * larger one: whether a graph fits together ONNX Runtime says.
 *
 * @param sizes one for each axis
 */
record GraphShape(List<Long> sizes) {

  private static final int MAX_RANK = 8;

  GraphShape {
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

  static GraphShape of(Long... sizes) {
    return new GraphShape(List.of(sizes));
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
      throw new InvalidModelException("an axis must be one of [" + rank + "], got [" + axis + "]");
    }
    return (int) resolved;
  }

  GraphShape gather(long axis, GraphShape indices) {
    int at = axis(axis, rank());
    List<Long> result = new ArrayList<>(sizes.subList(0, at));
    result.addAll(indices.sizes);
    result.addAll(sizes.subList(at + 1, rank()));
    return new GraphShape(result);
  }

  GraphShape unsqueeze(long[] axes) {
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
    return new GraphShape(result);
  }

  /** Without these axes; with 1 in their places when they are kept. */
  GraphShape reduce(long[] axes, boolean kept) {
    List<Long> result = new ArrayList<>(sizes);
    for (long axis : axes) {
      result.set(axis(axis, rank()), kept ? 1L : null);
    }
    result.removeAll(Collections.singleton(null));
    return new GraphShape(result);
  }

  GraphShape broadcast(GraphShape other) {
    int rank = Math.max(rank(), other.rank());
    List<Long> result = new ArrayList<>();
    for (int axis = rank; axis > 0; axis--) {
      long mine = axis > rank() ? 1 : fromEnd(axis);
      long its = axis > other.rank() ? 1 : other.fromEnd(axis);
      result.add(Math.max(mine, its));
    }
    return new GraphShape(result);
  }

  GraphShape transposed() {
    List<Long> result = new ArrayList<>(sizes);
    Collections.reverse(result);
    return new GraphShape(result);
  }
}
