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
