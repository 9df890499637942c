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
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;

/** A projection, which is a layer of terms without bias, against ONNX Runtime. */
class EncoderProofTest {

  private static final int BITS = 16;

  private final ProjectionModel model = new ProjectionModel(100, BITS, 9);

  private PlainNetwork network(float weightsTimes, float[] thresholds) {
    float[][] rows = new float[model.terms][];
    for (int term = 0; term < rows.length; term++) {
      rows[term] = Arrays.copyOfRange(model.weights, term * BITS, (term + 1) * BITS);
    }
    rows[50][7] *= weightsTimes;
    PlainLayer layer =
        PlainLayer.ofTerms(new WeightMatrix(rows), new float[BITS], ElementFunction.NONE, true);
    return new PlainNetwork(layer, List.of(), thresholds);
  }

  private boolean holds(PlainNetwork network) {
    try (OnnxEncoder reference = OnnxEncoder.open(model.read())) {
      return new EncoderProof(network, reference)
          .holds(List.of(SparseVector.of(new int[] {50}, new float[] {1})));
    }
  }

  @Test
  void theSameNetworkHolds() {
    assertTrue(holds(network(1, model.thresholds)));
  }

  /** No bit need differ: the activation alone gives it away. */
  @Test
  void anActivationOutsideItsBoundFails() {
    assertFalse(holds(network(1.0001f, model.thresholds)));
  }

  @Test
  void anotherThresholdFails() {
    float[] thresholds = model.thresholds.clone();
    thresholds[3] += 0.5f;
    assertFalse(holds(network(1, thresholds)));
  }

  /** Sums that may overflow are never certain, and an encoder that is never certain is no use. */
  @Test
  void boundsThatDecideNothingFail() {
    Arrays.fill(model.weights, 1e37f);
    assertFalse(holds(network(1, model.thresholds)));
  }

  @Test
  void aGraphOfAnotherFormIsLeftToOnnxRuntime() {
    try (Encoder encoder = Encoders.open(model.read())) {
      assertEquals("onnxruntime", encoder.name());
      assertEquals(0, encoder.heapBytes());
    }
  }
}
