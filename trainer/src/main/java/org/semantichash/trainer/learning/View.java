// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

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
