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

/**
 * What a layer gives to the next one.
 *
 * @param values [outputs]
 * @param deviation the Euclidean length of the difference to another engine's values, at most
 * @param nonZero how many values are not 0 here or in another engine, at most
 */
@SuppressWarnings("ArrayRecordComponent") // of one call, never compared
record LayerOutput(float[] values, double deviation, int nonZero) {

  /** The Euclidean length of the values. */
  double length() {
    return WeightMatrix.length(values);
  }
}
