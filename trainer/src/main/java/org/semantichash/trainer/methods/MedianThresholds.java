// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;

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
    return sorted.length % 2 == 1 ? sorted[middle] : between(sorted[middle - 1], sorted[middle]);
  }

  /** Their mean, or the lower one where the mean rounds to the upper, which must stay above. */
  private static float between(float lower, float upper) {
    float mean = (float) (((double) lower + upper) / 2);
    return mean < upper ? mean : lower;
  }
}
