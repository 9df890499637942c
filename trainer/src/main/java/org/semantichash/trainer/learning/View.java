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
