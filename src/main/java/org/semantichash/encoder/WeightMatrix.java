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

import java.util.Arrays;

/**
 * The weights of a layer, a row an input, and the kernel that sums rows.
 *
 * <p>Rows are taken four at a time in loops over contiguous floats, which the just-in-time compiler
 * turns into vector instructions; that also keeps the rounding errors to a quarter of those of one
 * sum after the other.
 */
final class WeightMatrix {

  private static final int GROUP = 4;

  private final float[] values;
  private final int rows;
  private final int columns;

  /**
   * A matrix.
   *
   * @param values row-major [rows, columns], not copied
   */
  WeightMatrix(float[] values, int rows, int columns) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  float[] values() {
    return values;
  }

  /** The length of arrays for so many rows: what is missing is filled with row 0 times 0. */
  static int padded(int count) {
    return (count + GROUP - 1) / GROUP * GROUP;
  }

  /** How many roundings a product goes through in {@link #addRows} of so many rows. */
  static int roundings(int count) {
    return padded(count) / GROUP + 3; // the product, two sums in the group, one for each group
  }

  /**
   * sums += factors times rows.
   *
   * @param ids row numbers, of {@link #padded} length, below {@link #rows}
   * @param factors one for each row, of the same length
   * @param count how many of them there are
   * @param sums [columns]
   */
  void addRows(int[] ids, float[] factors, int count, float[] sums) {
    int end = padded(count);
    Arrays.fill(ids, count, end, 0);
    Arrays.fill(factors, count, end, 0);
    for (int i = 0; i < end; i += GROUP) {
      addGroup(
          ids[i] * columns,
          ids[i + 1] * columns,
          ids[i + 2] * columns,
          ids[i + 3] * columns,
          factors[i],
          factors[i + 1],
          factors[i + 2],
          factors[i + 3],
          sums);
    }
  }

  private void addGroup(
      int p, int q, int r, int s, float a, float b, float c, float d, float[] sums) {
    float[] v = values;
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (a * v[p + j] + b * v[q + j]) + (c * v[r + j] + d * v[s + j]);
    }
  }

  /** The Euclidean length of a vector. Four sums at once, because each waits for its last. */
  static double length(float[] vector) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < vector.length; i += 4) {
      a += (double) vector[i] * vector[i];
      b += (double) vector[i + 1] * vector[i + 1];
      c += (double) vector[i + 2] * vector[i + 2];
      d += (double) vector[i + 3] * vector[i + 3];
    }
    for (; i < vector.length; i++) {
      a += (double) vector[i] * vector[i];
    }
    return Math.sqrt(a + b + c + d);
  }

  /** The Euclidean length of each row, rounded up. */
  float[] rowLengths() {
    float[] lengths = new float[rows];
    for (int row = 0; row < rows; row++) {
      double squares = 0;
      for (int column = 0; column < columns; column++) {
        double value = values[row * columns + column];
        squares += value * value;
      }
      lengths[row] = Math.nextUp((float) Math.sqrt(squares));
    }
    return lengths;
  }

  /** The largest magnitude in each row. */
  float[] rowMaxima() {
    float[] maxima = new float[rows];
    for (int i = 0; i < values.length; i++) {
      maxima[i / columns] = Math.max(maxima[i / columns], Math.abs(values[i]));
    }
    return maxima;
  }

  /** The Euclidean length of each column. */
  double[] columnLengths() {
    double[] lengths = new double[columns];
    for (int i = 0; i < values.length; i++) {
      lengths[i % columns] += (double) values[i] * values[i];
    }
    Arrays.setAll(lengths, column -> Math.sqrt(lengths[column]));
    return lengths;
  }
}
