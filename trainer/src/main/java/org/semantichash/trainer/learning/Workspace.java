// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrays that one step after the other uses again: a batch's scores alone are megabytes. */
final class Workspace {

  private final Map<Integer, Deque<float[]>> free = new HashMap<>();
  private final List<float[]> used = new ArrayList<>();

  /** A matrix of zeros, valid until {@link #reset}. */
  Matrix zeros(int rows, int columns) {
    Matrix matrix = scratch(rows, columns);
    matrix.clear();
    return matrix;
  }

  /** A matrix of what was left there, valid until {@link #reset}. */
  Matrix scratch(int rows, int columns) {
    int size = Math.multiplyExact(rows, columns);
    float[] data = free.computeIfAbsent(size, unused -> new ArrayDeque<>()).poll();
    if (data == null) {
      data = new float[size];
    }
    used.add(data);
    return new Matrix(rows, columns, data);
  }

  void reset() {
    used.forEach(data -> free.get(data.length).push(data));
    used.clear();
  }
}
