// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.it.node.Distribution.Product;

/**
 * The settings of a cluster's nodes.
 *
 * @param cluster its name
 * @param ports of the nodes
 * @param snapshots the folder in which file-system repositories may lie
 * @param security of the nodes, or null
 */
record NodeSettings(String cluster, NodePorts ports, Path snapshots, Security security) {

  static String name(int node) {
    return "node-" + node;
  }

  /** The lines of a node's settings. */
  List<String> lines(int node, Product product) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "cluster.name: " + cluster,
                "node.name: " + name(node),
                "network.host: 127.0.0.1",
                "http.port: " + ports.http().get(node),
                "transport.port: " + ports.transport().get(node),
                "path.repo: " + snapshots,
                // A disk that others have filled must not fail a test.
                "cluster.routing.allocation.disk.threshold_enabled: false"));
    if (security != null) {
      lines.addAll(security.settings());
    } else if (product == Product.ELASTICSEARCH) {
      lines.add("xpack.security.enabled: false");
    }
    lines.addAll(discovery());
    return lines;
  }

  private List<String> discovery() {
    if (ports.nodes() == 1) {
      return List.of("discovery.type: single-node");
    }
    List<String> seeds =
        ports.transport().stream().map(port -> "\"127.0.0.1:" + port + "\"").toList();
    List<String> names = IntStream.range(0, ports.nodes()).mapToObj(NodeSettings::name).toList();
    return List.of("discovery.seed_hosts: " + seeds, "cluster.initial_master_nodes: " + names);
  }
}
