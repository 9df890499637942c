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

/**
 * Matrix products as sums of scaled rows, in blocks of columns that stay in the cache. Each element
 * of the result is one thread's, and its terms are added in the order of the inner dimension, four
 * at a time.
 */
final class Products {

  /** Columns a block: with 64 to 500 rows about the size of a second-level cache. */
  private static final int BLOCK = 512;

  private final Kernels kernels;
  private final Workers workers;

  Products(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  Kernels kernels() {
    return kernels;
  }

  Workers workers() {
    return workers;
  }

  /** c [r, n] += a [r, k] b [k, n]. */
  void add(Matrix c, Matrix a, Matrix b) {
    workers.split(
        a.rows,
        (from, to) -> {
          for (int block = 0; block < b.columns; block += BLOCK) {
            int width = Math.min(BLOCK, b.columns - block);
            for (int row = from; row < to; row++) {
              addRow(c, a, b, row, block, width);
            }
          }
        });
  }

  private void addRow(Matrix c, Matrix a, Matrix b, int row, int block, int width) {
    int target = row * c.columns + block;
    int source = row * a.columns;
    int k = 0;
    for (; k + 4 <= a.columns; k += 4) {
      float a0 = a.data[source + k];
      float a1 = a.data[source + k + 1];
      float a2 = a.data[source + k + 2];
      float a3 = a.data[source + k + 3];
      if (a0 != 0 || a1 != 0 || a2 != 0 || a3 != 0) {
        kernels.addScaled4(
            c.data, target, b.data, k * b.columns + block, b.columns, width, a0, a1, a2, a3);
      }
    }
    for (; k < a.columns; k++) {
      kernels.addScaled(c.data, target, b.data, k * b.columns + block, width, a.data[source + k]);
    }
  }

  /** c [k, n] += a [r, k] transposed, times b [r, n]. */
  void addTransposed(Matrix c, Matrix a, Matrix b) {
    workers.split(
        a.columns,
        (from, to) -> {
          for (int block = 0; block < b.columns; block += BLOCK) {
            int width = Math.min(BLOCK, b.columns - block);
            for (int k = from; k < to; k++) {
              addColumn(c, a, b, k, block, width);
            }
          }
        });
  }

  private void addColumn(Matrix c, Matrix a, Matrix b, int k, int block, int width) {
    int target = k * c.columns + block;
    int row = 0;
    for (; row + 4 <= a.rows; row += 4) {
      float a0 = a.get(row, k);
      float a1 = a.get(row + 1, k);
      float a2 = a.get(row + 2, k);
      float a3 = a.get(row + 3, k);
      if (a0 != 0 || a1 != 0 || a2 != 0 || a3 != 0) {
        kernels.addScaled4(
            c.data, target, b.data, row * b.columns + block, b.columns, width, a0, a1, a2, a3);
      }
    }
    for (; row < a.rows; row++) {
      kernels.addScaled(c.data, target, b.data, row * b.columns + block, width, a.get(row, k));
    }
  }

  /** c [n] += the sum of the rows of a [r, n]. */
  void addColumnSums(Matrix c, Matrix a) {
    for (int row = 0; row < a.rows; row++) {
      kernels.addScaled(c.data, 0, a.data, row * a.columns, a.columns, 1);
    }
  }

  /** a [r, n] transposed into t [n, r], in squares that stay in the cache. */
  void transpose(Matrix a, Matrix t) {
    int side = 32;
    workers.split(
        (a.columns + side - 1) / side,
        (from, to) -> {
          for (int row = 0; row < a.rows; row += side) {
            for (int block = from; block < to; block++) {
              transposeSquare(a, t, row, block * side, side);
            }
          }
        });
  }

  private static void transposeSquare(Matrix a, Matrix t, int row, int column, int side) {
    int lastRow = Math.min(a.rows, row + side);
    int lastColumn = Math.min(a.columns, column + side);
    for (int r = row; r < lastRow; r++) {
      for (int c = column; c < lastColumn; c++) {
        t.data[c * a.rows + r] = a.data[r * a.columns + c];
      }
    }
  }
}
