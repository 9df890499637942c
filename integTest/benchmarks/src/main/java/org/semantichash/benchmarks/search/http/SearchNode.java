// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.oracle.CodeSet;

/**
 * One node, started when it is needed, with the indices of one set of codes at a time; three nodes
 * for the index with many shards; and one of OpenSearch, where there is a server of it.
 */
public final class SearchNode implements AutoCloseable {

  static final int BITS = 128;

  private static final int WARM_UP = 100_000;

  private final Scale scale;
  private final Distribution distribution;
  private final Optional<Distribution> openSearch;
  private final Map<PeerIndex, PeerIndexBuild> builds = new EnumMap<>(PeerIndex.class);
  private final Map<String, Cluster> clusters = new TreeMap<>();
  private CodeSet codes;

  public SearchNode(Scale scale, Distribution distribution) {
    this.scale = scale;
    this.distribution =
        distribution.withJvmOptions(List.of("-Xms" + scale.heap(), "-Xmx" + scale.heap()));
    this.openSearch =
        scale.openSearch().map(peer -> this.distribution.withServer(peer.server(), peer.plugin()));
  }

  Http http() throws IOException {
    return http(PeerIndex.SEMANTIC_HASH);
  }

  /** The node that has, or would have, this index. */
  Http http(PeerIndex index) throws IOException {
    return clusterOf(index).http();
  }

  /** The processor time that the node of this index has used. */
  Duration processorTime(PeerIndex index) throws IOException {
    return clusterOf(index).processorTime();
  }

  boolean hasOpenSearch() {
    return openSearch.isPresent();
  }

  private Cluster clusterOf(PeerIndex index) throws IOException {
    if (index.isOfOpenSearch()) {
      return started("search-benchmark-opensearch", 1, openSearch.orElseThrow());
    }
    return index == PeerIndex.SHARDED
        ? started("search-benchmark-three", 3, distribution)
        : started("search-benchmark", 1, distribution);
  }

  private Cluster started(String name, int nodes, Distribution made) throws IOException {
    Cluster known = clusters.get(name);
    if (known == null) {
      System.out.println("     starting " + name + ", nodes: " + nodes);
      known = Cluster.start(name, nodes, made);
      clusters.put(name, known);
    }
    return known;
  }

  /** The codes of a kind; indices of another kind are deleted. */
  CodeSet codes(CodeSet.Kind kind) throws IOException {
    if (codes == null || codes.kind() != kind) {
      for (PeerIndex index : builds.keySet()) {
        http(index).delete("/" + index.indexName()).ok();
      }
      builds.clear();
      codes = CodeSet.make(kind, BITS, scale.httpDocuments(), scale.seed());
    }
    return codes;
  }

  /** The codes of the indices that there are. */
  CodeSet codes() {
    return codes;
  }

  /** Deletes an index, which is built anew when it is wanted again. */
  void delete(PeerIndex index) throws IOException {
    http(index).delete("/" + index.indexName()).ok();
    builds.remove(index);
  }

  /** The index of the current codes, built at the first call. */
  PeerIndexBuild index(PeerIndex index) throws IOException {
    PeerIndexBuild known = builds.get(index);
    if (known == null) {
      if (builds.isEmpty()) {
        warmUp();
      }
      System.out.println("     filling " + index.indexName());
      known = PeerIndexBuild.run(http(index), index, codes, codes.size());
      System.out.println("     " + known.values(codes.size()));
      builds.put(index, known);
    }
    return known;
  }

  /** Fills and deletes small indices, so that the first one that counts finds no cold node. */
  private void warmUp() throws IOException {
    int documents = Math.min(WARM_UP, codes.size());
    for (PeerIndex index : List.of(PeerIndex.SEMANTIC_HASH, PeerIndex.FLAT)) {
      PeerIndexBuild.run(http(), index, codes, documents);
      http().delete("/" + index.indexName()).ok();
    }
  }

  /** Whether the node knows the settings of an index; says so when not. */
  boolean accepts(PeerIndex index) throws IOException {
    String probe = "/probe-" + index.indexName();
    Reply reply = http().put(probe, index.definition(BITS));
    if (reply.status() >= 300) {
      System.out.println("     left out, " + index.indexName() + ": " + reply.reason());
      return false;
    }
    http().delete(probe).ok();
    return true;
  }

  @Override
  public void close() {
    builds.clear();
    codes = null;
    clusters.values().forEach(Cluster::close);
    clusters.clear();
  }
}
