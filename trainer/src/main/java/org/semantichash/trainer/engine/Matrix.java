// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;

/** A matrix of floats, row-major. Mutable. */
public final class Matrix {

  final int rows;
  final int columns;
  final float[] data;

  /** A matrix of zeros. */
  public Matrix(int rows, int columns) {
    this(rows, columns, new float[Math.multiplyExact(rows, columns)]);
  }

  Matrix(int rows, int columns, float[] data) {
    assert data.length == rows * columns : rows + " x " + columns + " of " + data.length;
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  public float get(int row, int column) {
    return data[row * columns + column];
  }

  /** Sets an element. */
  public void set(int row, int column, float value) {
    data[row * columns + column] = value;
  }

  /** A copy of the elements, row by row. */
  public float[] toArray() {
    return data.clone();
  }

  /** Sets every element. */
  public void fill(float value) {
    Arrays.fill(data, value);
  }

  void clear() {
    Arrays.fill(data, 0);
  }

  /**
   * A matrix within an array: element (row, column) is at offset + row * rowStride + column *
   * columnStride. A row stride of 0 repeats one row.
   */
  @SuppressWarnings("ArrayRecordComponent") // a view: it shares the array
  record View(float[] data, int offset, int rowStride, int columnStride) {

    /** A matrix as it is. */
    static View of(Matrix a) {
      return new View(a.data, 0, a.columns, 1);
    }

    /** The first row of a matrix, again and again. */
    static View repeated(Matrix row) {
      return new View(row.data, 0, 0, 1);
    }

    View transposed() {
      return new View(data, offset, columnStride, rowStride);
    }

    /** The part that starts at this row and column. */
    View from(int row, int column) {
      return new View(data, index(row, column), rowStride, columnStride);
    }

    int index(int row, int column) {
      return offset + row * rowStride + column * columnStride;
    }
  }
}
