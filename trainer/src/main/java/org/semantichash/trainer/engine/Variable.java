// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

/** A matrix that an operation of the running step has computed, with its gradient. */
public final class Variable {

  final Matrix value;
  final Matrix gradient;

  Variable(Matrix value, Matrix gradient) {
    assert value.rows == gradient.rows && value.columns == gradient.columns;
    this.value = value;
    this.gradient = gradient;
  }

  /** What was computed. */
  public Matrix value() {
    return value;
  }

  /** The only element of a 1 x 1 matrix: a loss. */
  public float scalar() {
    assert value.data.length == 1 : "only a matrix [1, 1] is a scalar";
    return value.data[0];
  }
}
