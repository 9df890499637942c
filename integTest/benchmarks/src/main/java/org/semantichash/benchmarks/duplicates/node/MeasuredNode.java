// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** One node that is started when it is needed. */
public final class MeasuredNode implements AutoCloseable {

  private final Distribution distribution;
  private final String heap;
  private Cluster cluster;

  /**
   * Not started yet.
   *
   * @param distribution what it is made of
   * @param heap of the node, for example [1g]
   */
  public MeasuredNode(Distribution distribution, String heap) {
    this.distribution = distribution;
    this.heap = heap;
  }

  private Cluster cluster() throws IOException {
    if (cluster == null) {
      System.out.println("     starting a node");
      List<String> options = List.of("-Xms" + heap, "-Xmx" + heap);
      cluster = Cluster.start("near-duplicates-benchmark", 1, distribution.withJvmOptions(options));
    }
    return cluster;
  }

  Http http() throws IOException {
    return cluster().http();
  }

  String address() throws IOException {
    return cluster().address();
  }

  /** The processor time that the node has used. */
  Duration processorTime() throws IOException {
    return cluster().processorTime();
  }

  /** Restarts the node, so that nothing is compiled or loaded. */
  void restart() throws IOException {
    cluster().restart();
  }

  /** What the breakers of requests and of fielddata count, in bytes. */
  long breakerBytes() throws IOException {
    long bytes = 0;
    for (var node : http().get("/_nodes/stats/breaker").ok().body().path("nodes")) {
      for (String breaker : List.of("request", "fielddata")) {
        bytes += node.path("breakers").path(breaker).path("estimated_size_in_bytes").asLong();
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }
}
