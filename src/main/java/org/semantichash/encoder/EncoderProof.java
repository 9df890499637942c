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

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;

/**
 * Looks whether ONNX Runtime's activations lie within the bounds of the plain network on this
 * machine, and whether all certain bits are ONNX Runtime's.
 */
final class EncoderProof {

  private static final int RANDOM_TEXTS = 256;
  private static final int MOST_TERMS = 200;

  /** The plain encoder pays only when it decides at least half of the texts itself. */
  private static final double LEAST_CERTAIN = 0.5;

  private final PlainNetwork network;
  private final OnnxEncoder reference;
  private int certain;
  private int texts;

  EncoderProof(PlainNetwork network, OnnxEncoder reference) {
    this.network = network;
    this.reference = reference;
  }

  /**
   * Whether the plain network may be used.
   *
   * @param golden the vectors of the golden texts
   */
  boolean holds(List<SparseVector> golden) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < golden.size() + RANDOM_TEXTS; i++) {
      if (agrees(i < golden.size() ? golden.get(i) : randomText(random)) == false) {
        return false;
      }
    }
    return certain >= LEAST_CERTAIN * texts;
  }

  private boolean agrees(SparseVector vector) {
    texts++;
    if (network.bounds(vector, reference.activations(vector)) == false) {
      return false;
    }
    byte[] code = new byte[BinaryCode.byteLength(reference.bits())];
    if (network.writeBits(vector, code) == false) {
      return true;
    }
    certain++;
    return BinaryCode.of(code, reference.bits()).equals(reference.encode(vector));
  }

  /** Different terms with weights of Euclidean length 1. */
  private SparseVector randomText(SplittableRandom random) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (int i = random.nextInt(1, MOST_TERMS); i > 0; i--) {
      ids.add(random.nextInt(network.first().inputs()));
    }
    float[] weights = new float[ids.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(0.1, 1);
    }
    double length = WeightMatrix.length(weights);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / length);
    }
    return SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights);
  }
}
