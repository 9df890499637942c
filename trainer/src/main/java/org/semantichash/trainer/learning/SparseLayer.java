// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

import org.semantichash.bagofwords.SparseVector;

/**
 * The first layer of a network: x W + b for a sparse x.
 *
 * @param weights W, row-major [vocabulary, width]: a row a term
 * @param bias b [width]
 */
@SuppressWarnings("ArrayRecordComponent") // weights of megabytes: shared, never changed
public record SparseLayer(float[] weights, float[] bias) {

  /** Checks the shapes. */
  public SparseLayer {
    DenseLayer.requireFullRows(weights, bias);
  }

  /** The number of outputs. */
  public int width() {
    return bias.length;
  }

  /** The number of terms. */
  public int vocabularySize() {
    return weights.length / bias.length;
  }

  float[] apply(SparseVector x) {
    float[] y = bias.clone();
    for (int i = 0; i < x.size(); i++) {
      Kernels.best().addScaled(y, 0, weights, x.id(i) * y.length, y.length, x.weight(i));
    }
    return y;
  }
}
