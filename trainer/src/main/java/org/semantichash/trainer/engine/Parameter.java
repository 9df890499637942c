// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.List;

/**
 * A matrix that is learned: its value, the gradient of the running step, and what Adam remembers.
 *
 * <p>A row-sparse parameter has a gradient only for the rows that a step touched, and Adam leaves
 * the others alone ("lazy Adam": their moments do not decay meanwhile, unlike Kingma and Ba's).
 */
public final class Parameter {

  final String name;
  final Matrix value;
  final boolean rowSparse;
  final float[] firstMoment;
  final float[] secondMoment;

  /** Dense: as large as the value. Row-sparse: its first rows belong to {@link #touchedRows}. */
  Matrix gradient;

  int[] touchedRows = {};

  private Parameter(String name, Matrix value, boolean rowSparse) {
    this.name = name;
    this.value = value;
    this.rowSparse = rowSparse;
    this.firstMoment = new float[value.data.length];
    this.secondMoment = new float[value.data.length];
    this.gradient =
        rowSparse ? new Matrix(0, value.columns) : new Matrix(value.rows, value.columns);
  }

  /** A parameter with a gradient for every element. */
  public static Parameter dense(String name, Matrix value) {
    return new Parameter(name, value, false);
  }

  /** A parameter with a gradient for the rows that a step touches. */
  public static Parameter rowSparse(String name, Matrix value) {
    return new Parameter(name, value, true);
  }

  /**
   * The value and both moments of Adam, row by row: not copies. What else there is, a step makes.
   */
  public List<float[]> state() {
    return List.of(value.data, firstMoment, secondMoment);
  }

  /** The current value; changing it changes the parameter. */
  public Matrix value() {
    return value;
  }

  /** Makes room for the gradient of a step that touches these rows; it is all to be written. */
  void touch(int[] rows) {
    assert rowSparse : "every row of [" + name + "] has a gradient";
    int needed = rows.length * value.columns;
    touchedRows = rows;
    if (gradient.data.length < needed) {
      gradient = new Matrix(rows.length, value.columns);
    }
  }

  /** The number of elements of the gradient that count. */
  int gradientSize() {
    return rowSparse ? touchedRows.length * value.columns : gradient.data.length;
  }

  void clearGradient() {
    if (rowSparse) {
      touchedRows = new int[0];
    } else {
      gradient.clear();
    }
  }
}
