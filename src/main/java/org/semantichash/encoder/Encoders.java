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

import java.util.Optional;

/** What computes the codes of a model. */
public final class Encoders {

  private Encoders() {}

  /**
   * Plain Java for a network in integers of the exported form, which gives the bits of every other
   * engine; ONNX Runtime for any other graph and for networks in floats.
   *
   * @throws InvalidModelException when a sum could overflow or ONNX Runtime refuses the graph
   * @throws EncoderUnavailableException when ONNX Runtime is needed and cannot be loaded
   */
  public static Encoder open(EncoderModel model) {
    Optional<IntegerNetwork> network = model.network();
    return network.isPresent() ? network.get() : OnnxEncoder.open(model);
  }
}
