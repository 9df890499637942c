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
package org.semantichash.trainer.onnx;

import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.HashNetwork;

/**
 * Moves thresholds that lie at an activation of a text whose code goes into the model file. Such a
 * bit hangs on the last place of a sum, which other engines round in another way; a threshold moved
 * by {@value #MARGIN} changes next to no other code.
 */
public final class ClearThresholds {

  /** How far from each of these activations a threshold lies, in the measure of the clearance. */
  static final float MARGIN = 1e-4f;

  private ClearThresholds() {}

  /**
   * The same layers with thresholds that keep clear of all activations of these vectors. A
   * threshold that does so already stays; another goes to the nearest value that does.
   *
   * @param vectors a few: of the texts that every model file holds, the empty one among them
   */
  public static HashNetwork of(HashNetwork network, List<SparseVector> vectors) {
    List<float[]> activations = vectors.stream().distinct().map(network::activations).toList();
    float[] thresholds = network.thresholds();
    for (int bit = 0; bit < thresholds.length; bit++) {
      float[] column = new float[activations.size()];
      for (int i = 0; i < column.length; i++) {
        column[i] = activations.get(i)[bit];
      }
      thresholds[bit] = nearestClear(thresholds[bit], column);
    }
    return network.withThresholds(thresholds);
  }

  private static float nearestClear(float threshold, float[] activations) {
    if (isClear(threshold, activations)) {
      return threshold;
    }
    float nearest = Float.NaN;
    for (float activation : activations) {
      float step = 1.5f * MARGIN * Math.max(1, Math.abs(activation)); // more than it is rounded by
      for (float other : new float[] {activation - step, activation + step}) {
        boolean nearer = Math.abs(other - threshold) < Math.abs(nearest - threshold);
        if (isClear(other, activations) && (nearer || Float.isNaN(nearest))) {
          nearest = other;
        }
      }
    }
    return Float.isNaN(nearest) ? threshold : nearest; // only when an activation is no number
  }

  private static boolean isClear(float threshold, float[] activations) {
    for (float activation : activations) {
      if (clearance(activation, threshold) < MARGIN) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far an activation is from its threshold: absolute up to 1, relative to the activation above
   * it, as rounding errors are.
   */
  static float clearance(float activation, float threshold) {
    return Math.abs(activation - threshold) / Math.max(1, Math.abs(activation));
  }

  /** The least clearance of all bits. */
  static float clearance(HashNetwork network, SparseVector vector) {
    float[] activations = network.activations(vector);
    float[] thresholds = network.thresholds();
    float least = Float.POSITIVE_INFINITY;
    for (int bit = 0; bit < activations.length; bit++) {
      least = Math.min(least, clearance(activations[bit], thresholds[bit]));
    }
    return least;
  }
}
