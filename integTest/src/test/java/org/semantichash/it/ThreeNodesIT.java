// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import java.io.IOException;
import org.semantichash.it.node.Cluster;

/** Three nodes, five shards, each with a replica: hits and totals come together from all. */
class ThreeNodesIT extends GlossSearchScenario {

  ThreeNodesIT() {
    super(5, 1);
  }

  @Override
  Cluster cluster() throws IOException {
    return SharedNodes.three();
  }
}
