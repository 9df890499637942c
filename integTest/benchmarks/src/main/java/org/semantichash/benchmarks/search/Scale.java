// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.Rounds;
import org.semantichash.it.oracle.CodeSet;

/**
 * How much is measured, and where.
 *
 * @param documents of the largest index in this process
 * @param rounds measured of large indices in this process
 * @param httpRounds measured over HTTP
 * @param seed of all codes
 * @param repository the checkout
 * @param work a folder for indices
 * @param heap of the node
 * @param uniform whether uniform codes are compared over HTTP too
 * @param graphs the kinds of codes for which the node builds a graph
 * @param openSearch a server to compare with
 */
public record Scale(
    int documents,
    int rounds,
    int httpRounds,
    long seed,
    Path repository,
    Path work,
    String heap,
    boolean uniform,
    List<CodeSet.Kind> graphs,
    Optional<OpenSearch> openSearch) {

  /** A server with the plugin that searches vectors. */
  public record OpenSearch(Path server, Path plugin) {}

  /** The defaults. */
  public static final int FULL = 10_000_000;

  private static final int HTTP = 1_000_000;
  private static final int MANY = 1_000_000;
  private static final int MOST = 50;

  /** Checks the numbers. */
  public Scale {
    if (documents < 1000) {
      throw new IllegalArgumentException(
          "[search.documents] must be at least [1000], got [" + documents + "]");
    }
    if (rounds < 1 || httpRounds < 1) {
      throw new IllegalArgumentException(
          "[search.rounds] and [search.http-rounds] must be at least [1], got ["
              + rounds
              + "] and ["
              + httpRounds
              + "]");
    }
  }

  /** Reads the properties [search.*]. */
  public static Scale of(Options options) {
    String graphs = options.text("search.hnsw", "clustered");
    return new Scale(
        options.integer("search.documents", FULL),
        options.integer("search.rounds", 40),
        options.integer("search.http-rounds", 300),
        Options.SEED,
        options.repository(),
        options.work("search"),
        options.text("search.node-heap", "2g"),
        options.flag("search.uniform", true),
        graphs.equals("none")
            ? List.of()
            : Arrays.stream(graphs.split(","))
                .map(name -> CodeSet.Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList(),
        openSearch(options));
  }

  /** Set by the profile [opensearch]. */
  private static Optional<OpenSearch> openSearch(Options options) {
    String server = options.text("search.opensearch", "");
    return server.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OpenSearch(Path.of(server), Path.of(options.text("search.opensearch-plugin", ""))));
  }

  /** Whether nothing was scaled down. */
  public boolean isFull() {
    return documents >= FULL;
  }

  /** The documents of an index on a node. */
  public int httpDocuments() {
    return Math.min(documents, HTTP);
  }

  /** Rounds for an index in this process: the smaller, the more. */
  public Rounds rounds(int size, int queries) {
    int measured = rounds * Math.clamp(MANY / size, 1, MOST);
    return new Rounds(Math.ceilDiv(measured, 2), measured, queries);
  }

  /** How many documents indices have that show growth: powers of ten, and the largest. */
  public List<Integer> growth(int largest) {
    return IntStream.of(10_000, 100_000, 1_000_000, largest)
        .filter(size -> size <= largest)
        .distinct()
        .boxed()
        .toList();
  }
}
