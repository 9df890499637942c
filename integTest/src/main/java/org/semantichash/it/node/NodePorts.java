// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.util.List;

/**
 * The ports of nodes on the loopback address, in the order of the nodes.
 *
 * @param http for clients
 * @param transport for the other nodes
 */
record NodePorts(List<Integer> http, List<Integer> transport) {

  /** Ports that nobody uses now. */
  static NodePorts free(int nodes) throws IOException {
    List<Integer> all = Ports.free(2 * nodes);
    return new NodePorts(all.subList(0, nodes), all.subList(nodes, 2 * nodes));
  }

  /** How many nodes. */
  int nodes() {
    return http.size();
  }
}
