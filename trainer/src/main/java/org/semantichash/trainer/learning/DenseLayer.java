// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/**
 * A layer of a network: x W + b.
 *
 * @param weights W, row-major [in, out]
 * @param bias b [out]
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
public record DenseLayer(float[] weights, float[] bias) {

  /** Checks the shapes. */
  public DenseLayer {
    requireFullRows(weights, bias);
  }

  /** A weight for each input and each output. */
  static void requireFullRows(float[] weights, float[] bias) {
    if (bias.length == 0 || weights.length % bias.length != 0) {
      throw new IllegalArgumentException(
          "[weights] must have a multiple of ["
              + bias.length
              + "] values, got ["
              + weights.length
              + "]");
    }
  }

  /** The number of inputs. */
  public int in() {
    return weights.length / bias.length;
  }

  /** The number of outputs. */
  public int out() {
    return bias.length;
  }

  float[] apply(float[] x) {
    float[] y = bias.clone();
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        Kernels.best().addScaled(y, 0, weights, i * y.length, y.length, x[i]);
      }
    }
    return y;
  }
}
