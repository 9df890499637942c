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
import org.semantichash.bagofwords.SparseVector;

/**
 * The network of a model in plain Java: a layer of terms, dense layers, thresholds.
 *
 * @param first the layer of terms
 * @param dense the layers after it
 * @param thresholds one for each bit
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
record PlainNetwork(PlainLayer first, List<PlainLayer> dense, float[] thresholds) {

  /**
   * Writes the bits of a text, as far as they are certain.
   *
   * @param code all 0, most significant bit first
   * @return false when an activation is so near to its threshold that another engine may get
   *     another bit
   */
  boolean writeBits(SparseVector vector, byte[] code) {
    return last().writeBits(lastSums(vector), thresholds, code);
  }

  /**
   * Whether another engine's activations lie within the bounds.
   *
   * @param activations one for each bit
   */
  boolean bounds(SparseVector vector, float[] activations) {
    LayerSums sums = lastSums(vector);
    float[] own = last().values(sums);
    for (int bit = 0; bit < own.length; bit++) {
      double difference = Math.abs((double) own[bit] - activations[bit]);
      if (difference > last().bound(sums, bit)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of all weights. */
  long bytes() {
    long bytes = first.bytes() + (long) Float.BYTES * thresholds.length;
    for (PlainLayer layer : dense) {
      bytes += layer.bytes();
    }
    return bytes;
  }

  private PlainLayer last() {
    return dense.isEmpty() ? first : dense.getLast();
  }

  private LayerSums lastSums(SparseVector vector) {
    LayerSums sums = first.sums(vector);
    PlainLayer layer = first;
    for (PlainLayer next : dense) {
      sums = next.sums(layer.output(sums));
      layer = next;
    }
    return sums;
  }
}
