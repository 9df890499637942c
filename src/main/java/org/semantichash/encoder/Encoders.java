// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
