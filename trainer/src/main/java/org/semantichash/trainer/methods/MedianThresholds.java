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
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;

/**
 * Thresholds that make each bit 1 in half of the training documents (Weiss et al. 2009), for
 * methods whose outputs are no logits.
 */
final class MedianThresholds {

  private MedianThresholds() {}

  /** The same network with the medians of its activations over these documents. */
  static HashNetwork of(HashNetwork network, Dataset documents) {
    List<SparseVector> vectors = documents.vectors();
    float[][] activations =
        vectors.parallelStream().map(network::activations).toArray(float[][]::new);
    float[] thresholds = new float[network.bits()];
    float[] column = new float[activations.length];
    for (int bit = 0; bit < thresholds.length; bit++) {
      for (int document = 0; document < column.length; document++) {
        column[document] = activations[document][bit];
      }
      Arrays.sort(column);
      thresholds[bit] = median(column);
    }
    return network.withThresholds(thresholds);
  }

  private static float median(float[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
