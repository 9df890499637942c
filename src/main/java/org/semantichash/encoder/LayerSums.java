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
 * The sums of a layer before its function, and how far the sums of another engine may lie from
 * them: sum j by at most {@code spread} size(j) + {@code gamma} |bias(j)| + {@code underflow},
 * where size(j) belongs to the layer.
 *
 * @param values [outputs]
 * @param spread the factor of the layer's sizes
 * @param gamma the factor of the bias
 * @param underflow in any case
 */
@SuppressWarnings("ArrayRecordComponent") // of one call, never compared
record LayerSums(float[] values, double spread, double gamma, double underflow) {}
