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
