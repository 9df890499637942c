// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.util.List;
import org.semantichash.it.http.Http;
import org.semantichash.trainer.cluster.Credentials;
import org.semantichash.trainer.cluster.HttpCluster.Authority;

/**
 * Where nodes are reached, and how.
 *
 * @param ports of the nodes
 * @param security of the nodes, or null
 */
record ClusterClients(NodePorts ports, Security security) {

  /** Talks to all nodes in turn, with all rights. */
  Http ofAll() {
    return connect(ports.http(), Security.ADMIN);
  }

  /** Talks to one node, with all rights. */
  Http of(int node) {
    return connect(List.of(ports.http().get(node)), Security.ADMIN);
  }

  /** Talks to all nodes in turn as a user. */
  Http as(String name) {
    return connect(ports.http(), name);
  }

  private Http connect(List<Integer> nodes, String user) {
    return security == null
        ? Http.connect(nodes)
        : Http.connect(
            nodes,
            Authority.trust(security.certificate()),
            Credentials.user(user + ":" + Security.PASSWORD).header().orElseThrow());
  }

  /** The first node's address. */
  String address() {
    return (security != null ? "https" : "http") + "://127.0.0.1:" + ports.http().get(0);
  }
}
