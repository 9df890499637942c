// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** A cluster that is started when a phase first needs it. */
final class ModelNodes implements AutoCloseable {

  private final String name;
  private final int nodes;
  private final Distribution distribution;
  private final boolean lent;
  private Cluster cluster;

  /** So many nodes, each with a heap of this size, for example [1g]. */
  ModelNodes(String name, int nodes, String heap, Distribution distribution) {
    this.name = name;
    this.nodes = nodes;
    this.distribution = distribution.withJvmOptions(List.of("-Xms" + heap, "-Xmx" + heap));
    this.lent = false;
  }

  private ModelNodes(Cluster cluster) {
    this.name = "";
    this.nodes = cluster.size();
    this.distribution = null;
    this.lent = true;
    this.cluster = cluster;
  }

  /** Nodes that run already and go on running. */
  static ModelNodes lent(Cluster cluster) {
    return new ModelNodes(cluster);
  }

  Cluster cluster() throws IOException {
    if (cluster == null) {
      System.out.println("     starting " + nodes + " nodes");
      cluster = Cluster.start(name, nodes, distribution);
    }
    return cluster;
  }

  Http http() throws IOException {
    return cluster().http();
  }

  int count() {
    return nodes;
  }

  /** Puts a model; gives the seconds that it took. */
  double upload(String id, byte[] file, String digest) throws IOException {
    long start = System.nanoTime();
    new Upload(cluster().address()).put(id, file, digest);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Puts the pipeline from [text] to [code]. */
  void putPipeline(String model) throws IOException {
    Map<String, Object> processor = new LinkedHashMap<>();
    processor.put("model", model);
    processor.put("field", "text");
    processor.put("target_field", "code");
    http()
        .put(
            "/_ingest/pipeline/" + model,
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
  }

  /** Deletes a model, whatever uses it. */
  void delete(String model) throws IOException {
    http().delete("/_semantic_hash/models/" + model + "?force=true").ok();
  }

  @Override
  public void close() {
    if (cluster != null && lent == false) {
      cluster.close();
      cluster = null;
    }
  }
}
