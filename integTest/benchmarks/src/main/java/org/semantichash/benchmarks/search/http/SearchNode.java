// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
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
  private static final String SMALL_HEAP = "4g";
  private static final long NONE_NANOS = 60_000_000_000L;
  private static final long UNCHANGED_NANOS = 5_000_000_000L;
  private static final Pattern CLUSTERED_SEGMENTS = Pattern.compile("clusters=(\\d+)");
  private static final int FEWEST_IN_CLUSTERS = 200_000;
  private static final long PAUSE_NANOS = 100_000_000L;

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
    return switch (index) {
      case SHARDED -> started("search-benchmark-three", 3, distribution);
      case WRITTEN -> started("search-benchmark-small", 1, small());
      default -> started("search-benchmark", 1, distribution);
    };
  }

  private Distribution small() {
    return scale.isFull()
        ? distribution.withJvmOptions(List.of("-Xms" + SMALL_HEAP, "-Xmx" + SMALL_HEAP))
        : distribution;
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

  /** The codes of a kind; indices of other codes are deleted. */
  CodeSet codes(CodeSet.Kind kind) throws IOException {
    return codes(kind, BITS, scale.httpDocuments());
  }

  /** Codes; indices of others are deleted. */
  CodeSet codes(CodeSet.Kind kind, int bits, int documents) throws IOException {
    if (codes == null
        || codes.kind() != kind
        || codes.bits() != bits
        || codes.size() != documents) {
      for (PeerIndex index : builds.keySet()) {
        http(index).delete("/" + index.indexName()).ok();
      }
      builds.clear();
      codes = CodeSet.make(kind, bits, documents, scale.seed());
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

  /** Writes the codes into an index of the small node without the node; gives the seconds. */
  double write(CodeSet written) throws IOException {
    PeerIndex index = PeerIndex.WRITTEN;
    Cluster cluster = clusterOf(index);
    String path = "/" + index.indexName();
    cluster.http().put(path, index.definition(written.bits())).ok();
    String id = cluster.http().get(path + "/_settings").ok().body().findValue("uuid").asText();
    cluster.http().post(path + "/_flush").ok();
    cluster.stopNodes();
    Path shard = cluster.home(0).resolve("data/indices").resolve(id).resolve("0/index");
    double seconds = WrittenShard.write(shard, written);
    cluster.own(0, shard);
    cluster.startNodes();
    return seconds;
  }

  /**
   * Searches until some segments have clusters, and in a while no others get some; gives how many
   * have some in the end. Where memory is refused, that is none after a minute.
   */
  int awaitClusters(PeerIndex index) throws IOException {
    Object query = index.value(codes.queries(1)[0]);
    Map<String, Object> search = new LinkedHashMap<>(PeerSearches.hammingK(query));
    search.put("profile", true);
    String path = "/" + index.indexName() + "/_search";
    long changed = System.nanoTime();
    int clustered = 0;
    while (System.nanoTime() - changed < (clustered == 0 ? NONE_NANOS : UNCHANGED_NANOS)
        && codes.size() >= FEWEST_IN_CLUSTERS) {
      String profile = http(index).post(path, search).ok().body().path("profile").toString();
      int now =
          CLUSTERED_SEGMENTS
              .matcher(profile)
              .results()
              .mapToInt(count -> Integer.parseInt(count.group(1)))
              .sum();
      changed = now == clustered ? changed : System.nanoTime();
      clustered = now;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return clustered;
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
