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
 * Matrix products, cut into blocks whose part of the right factor stays in the first-level cache.
 * Each element of the result is one thread's, and its terms are added in the order of the inner
 * dimension.
 */
final class Products {

  /** Columns a block. */
  private static final int WIDTH = Kernels.WIDTH;

  /** Terms of the sums a block. */
  private static final int DEPTH = 128;

  /** Threads get rows in multiples of this. */
  private static final int ROWS = 4;

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
    product(c, View.of(c), View.of(a), b);
  }

  /** c [k, n] += a [r, k] transposed, times b [r, n]. */
  void addTransposed(Matrix c, Matrix a, Matrix b) {
    product(c, View.of(c), View.of(a).transposed(), b);
  }

  /** c [r, n] = bias [1, n] in every row + a [r, k] b [k, n]; what c was does not matter. */
  void affine(Matrix c, Matrix bias, Matrix a, Matrix b) {
    product(c, View.repeated(bias), View.of(a), b);
  }

  private void product(Matrix c, View start, View a, Matrix b) {
    if (c.columns > c.rows) {
      workers.split(
          parts(c.columns, WIDTH),
          (from, to) ->
              block(c, start, a, b, 0, c.rows, from * WIDTH, Math.min(c.columns, to * WIDTH)));
    } else {
      workers.split(
          parts(c.rows, ROWS),
          (from, to) ->
              block(c, start, a, b, from * ROWS, Math.min(c.rows, to * ROWS), 0, c.columns));
    }
  }

  private static int parts(int n, int size) {
    return (n + size - 1) / size;
  }

  private void block(
      Matrix c, View start, View a, Matrix b, int row, int lastRow, int column, int lastColumn) {
    View target = View.of(c);
    float[] panel = new float[Math.min(DEPTH, b.rows) * WIDTH];
    for (int left = column; left < lastColumn; left += WIDTH) {
      int width = Math.min(WIDTH, lastColumn - left);
      View part = target.from(row, left);
      for (int k = 0; k < b.rows; k += DEPTH) {
        int depth = Math.min(DEPTH, b.rows - k);
        pack(b, k, depth, left, width, panel);
        View from = k == 0 ? start.from(row, left) : part;
        kernels.product(part, from, a.from(row, k), panel, lastRow - row, depth, width);
      }
    }
  }

  /** A block of a matrix, its rows side by side: they share cache lines and pages. */
  private static void pack(Matrix b, int row, int rows, int column, int columns, float[] panel) {
    for (int k = 0; k < rows; k++) {
      System.arraycopy(b.data, (row + k) * b.columns + column, panel, k * WIDTH, columns);
    }
  }

  /** c [n] += the sum of the rows of a [r, n]. */
  void addColumnSums(Matrix c, Matrix a) {
    workers.split(
        a.columns,
        (from, to) -> {
          for (int row = 0; row < a.rows; row++) {
            kernels.addScaled(c.data, from, a.data, row * a.columns + from, to - from, 1);
          }
        });
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
    for (int c = column; c < lastColumn; c++) {
      for (int r = row; r < lastRow; r++) {
        t.data[c * a.rows + r] = a.data[r * a.columns + c];
      }
    }
  }
}
