// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import org.semantichash.bagofwords.TfIdfOptions;

/** A network whose sums are computed without the Vector API, whatever this JVM has. */
public final class PlainLoops {

  private PlainLoops() {}

  /** The same layers with the scalar kernel. */
  public static IntegerNetwork of(IntegerNetwork network, TfIdfOptions.Norm norm) {
    return new IntegerNetwork(network.layers(), network.scale(), norm, RowSums.scalar());
  }
}
