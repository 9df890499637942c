// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.semantichash.trainer.engine.Matrix.View;

/**
 * A product in tiles of rows times vectors whose sums stay in registers over all terms: 4 times 4
 * where there are 32 registers of 16 numbers, else 4 times 2. Edges take one vector, masked.
 */
final class VectorProduct {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = 4;
  private static final int VECTORS = LANES >= 16 ? 4 : 2;

  private final View c;
  private final View start;
  private final View a;
  private final View b;
  private final int depth;

  VectorProduct(View c, View start, View a, View b, int depth) {
    this.c = c;
    this.start = start;
    this.a = a;
    this.b = b;
    this.depth = depth;
  }

  /** All of c [rows, columns]. */
  void run(int rows, int columns) {
    int column = 0;
    for (; column + VECTORS * LANES <= columns; column += VECTORS * LANES) {
      int row = 0;
      for (; row + ROWS <= rows; row += ROWS) {
        if (VECTORS == 4) {
          tile4x4(row, column);
        } else {
          tile4x2(row, column);
        }
      }
      for (int vector = 0; vector < VECTORS; vector++) {
        rows(row, rows, column + vector * LANES, FLOATS.maskAll(true));
      }
    }
    for (; column < columns; column += LANES) {
      VectorMask<Float> mask = FLOATS.indexInRange(column, columns);
      int row = 0;
      for (; row + ROWS <= rows; row += ROWS) {
        tile4x1(row, column, mask);
      }
      rows(row, rows, column, mask);
    }
  }

  private void rows(int row, int lastRow, int column, VectorMask<Float> mask) {
    for (int r = row; r < lastRow; r++) {
      tile1x1(r, column, mask);
    }
  }

  private FloatVector start(int row, int column) {
    return FloatVector.fromArray(FLOATS, start.data(), start.index(row, column));
  }

  private FloatVector start(int row, int column, VectorMask<Float> mask) {
    return FloatVector.fromArray(FLOATS, start.data(), start.index(row, column), mask);
  }

  private void store(FloatVector sum, int row, int column) {
    sum.intoArray(c.data(), c.index(row, column));
  }

  private void store(FloatVector sum, int row, int column, VectorMask<Float> mask) {
    sum.intoArray(c.data(), c.index(row, column), mask);
  }

  private void tile4x4(int row, int column) {
    FloatVector c00 = start(row, column);
    FloatVector c01 = start(row, column + LANES);
    FloatVector c02 = start(row, column + 2 * LANES);
    FloatVector c03 = start(row, column + 3 * LANES);
    FloatVector c10 = start(row + 1, column);
    FloatVector c11 = start(row + 1, column + LANES);
    FloatVector c12 = start(row + 1, column + 2 * LANES);
    FloatVector c13 = start(row + 1, column + 3 * LANES);
    FloatVector c20 = start(row + 2, column);
    FloatVector c21 = start(row + 2, column + LANES);
    FloatVector c22 = start(row + 2, column + 2 * LANES);
    FloatVector c23 = start(row + 2, column + 3 * LANES);
    FloatVector c30 = start(row + 3, column);
    FloatVector c31 = start(row + 3, column + LANES);
    FloatVector c32 = start(row + 3, column + 2 * LANES);
    FloatVector c33 = start(row + 3, column + 3 * LANES);
    float[] left = a.data();
    float[] right = b.data();
    int step = a.columnStride();
    int stride = b.rowStride();
    int at = b.index(0, column);
    int a0 = a.index(row, 0);
    int a1 = a.index(row + 1, 0);
    int a2 = a.index(row + 2, 0);
    int a3 = a.index(row + 3, 0);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, right, at + k * stride);
      FloatVector b1 = FloatVector.fromArray(FLOATS, right, at + k * stride + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, right, at + k * stride + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, right, at + k * stride + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, left[a0 + k * step]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, left[a1 + k * step]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, left[a2 + k * step]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, left[a3 + k * step]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    store(c00, row, column);
    store(c01, row, column + LANES);
    store(c02, row, column + 2 * LANES);
    store(c03, row, column + 3 * LANES);
    store(c10, row + 1, column);
    store(c11, row + 1, column + LANES);
    store(c12, row + 1, column + 2 * LANES);
    store(c13, row + 1, column + 3 * LANES);
    store(c20, row + 2, column);
    store(c21, row + 2, column + LANES);
    store(c22, row + 2, column + 2 * LANES);
    store(c23, row + 2, column + 3 * LANES);
    store(c30, row + 3, column);
    store(c31, row + 3, column + LANES);
    store(c32, row + 3, column + 2 * LANES);
    store(c33, row + 3, column + 3 * LANES);
  }

  private void tile4x2(int row, int column) {
    FloatVector c00 = start(row, column);
    FloatVector c01 = start(row, column + LANES);
    FloatVector c10 = start(row + 1, column);
    FloatVector c11 = start(row + 1, column + LANES);
    FloatVector c20 = start(row + 2, column);
    FloatVector c21 = start(row + 2, column + LANES);
    FloatVector c30 = start(row + 3, column);
    FloatVector c31 = start(row + 3, column + LANES);
    float[] left = a.data();
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b.data(), b.index(k, column));
      FloatVector b1 = FloatVector.fromArray(FLOATS, b.data(), b.index(k, column) + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, left[a.index(row, k)]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, left[a.index(row + 1, k)]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, left[a.index(row + 2, k)]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, left[a.index(row + 3, k)]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    store(c00, row, column);
    store(c01, row, column + LANES);
    store(c10, row + 1, column);
    store(c11, row + 1, column + LANES);
    store(c20, row + 2, column);
    store(c21, row + 2, column + LANES);
    store(c30, row + 3, column);
    store(c31, row + 3, column + LANES);
  }

  private void tile4x1(int row, int column, VectorMask<Float> mask) {
    FloatVector c0 = start(row, column, mask);
    FloatVector c1 = start(row + 1, column, mask);
    FloatVector c2 = start(row + 2, column, mask);
    FloatVector c3 = start(row + 3, column, mask);
    float[] left = a.data();
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.fromArray(FLOATS, b.data(), b.index(k, column));
      c0 = x.fma(FloatVector.broadcast(FLOATS, left[a.index(row, k)]), c0);
      c1 = x.fma(FloatVector.broadcast(FLOATS, left[a.index(row + 1, k)]), c1);
      c2 = x.fma(FloatVector.broadcast(FLOATS, left[a.index(row + 2, k)]), c2);
      c3 = x.fma(FloatVector.broadcast(FLOATS, left[a.index(row + 3, k)]), c3);
    }
    store(c0, row, column, mask);
    store(c1, row + 1, column, mask);
    store(c2, row + 2, column, mask);
    store(c3, row + 3, column, mask);
  }

  private void tile1x1(int row, int column, VectorMask<Float> mask) {
    FloatVector sum = start(row, column, mask);
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.fromArray(FLOATS, b.data(), b.index(k, column));
      sum = x.fma(FloatVector.broadcast(FLOATS, a.data()[a.index(row, k)]), sum);
    }
    store(sum, row, column, mask);
  }
}
