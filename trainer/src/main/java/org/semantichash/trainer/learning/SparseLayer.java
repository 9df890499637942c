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
