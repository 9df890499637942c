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

  /** A row's header and the reference to it. */
  private static final int ARRAY_HEADER = 16 + 8;

  private final float[][] rows;

  /**
   * A matrix.
   *
   * @param rows at least one, of one length, not copied
   */
  WeightMatrix(float[][] rows) {
    this.rows = rows;
  }

  int rows() {
    return rows.length;
  }

  int columns() {
    return rows[0].length;
  }

  /** The bytes on the heap. */
  long bytes() {
    return rows.length * (ARRAY_HEADER + (long) Float.BYTES * columns());
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
      addGroup(ids, factors, i, sums);
    }
  }

  /** One array a row: with offsets into a single one the compiler finds no vector instructions. */
  private void addGroup(int[] ids, float[] factors, int i, float[] sums) {
    addGroup(
        rows[ids[i]],
        factors[i],
        rows[ids[i + 1]],
        factors[i + 1],
        rows[ids[i + 2]],
        factors[i + 2],
        rows[ids[i + 3]],
        factors[i + 3],
        sums);
  }

  private static void addGroup(
      float[] p,
      float a,
      float[] q,
      float b,
      float[] r,
      float c,
      float[] s,
      float d,
      float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (a * p[j] + b * q[j]) + (c * r[j] + d * s[j]);
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
    float[] lengths = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      lengths[row] = Math.nextUp((float) length(rows[row]));
    }
    return lengths;
  }

  /** The largest magnitude in each row. */
  float[] rowMaxima() {
    float[] maxima = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (float value : rows[row]) {
        maxima[row] = Math.max(maxima[row], Math.abs(value));
      }
    }
    return maxima;
  }

  /** The Euclidean length of each column. */
  double[] columnLengths() {
    double[] lengths = new double[columns()];
    for (float[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        lengths[column] += (double) row[column] * row[column];
      }
    }
    Arrays.setAll(lengths, column -> Math.sqrt(lengths[column]));
    return lengths;
  }
}
