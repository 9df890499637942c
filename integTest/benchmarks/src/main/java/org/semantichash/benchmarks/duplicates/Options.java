// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.semantichash.benchmarks.duplicates.node.NodeScale;
import org.semantichash.benchmarks.search.measure.Phases;
import org.semantichash.benchmarks.search.measure.Settings;

/**
 * What is wanted of a run.
 *
 * @param repository the checkout
 * @param phases which, by name
 * @param results the folder for what is written
 * @param documents of the largest set
 * @param threads of a join
 * @param rounds of each measurement; the median counts
 * @param seed of all codes
 * @param heap of a node; empty for the usual one
 * @param cold how many indices on a node are searched first when the node has just started
 * @param again whether recorded rows of the phases are measured again
 */
public record Options(
    Path repository,
    List<String> phases,
    Path results,
    int documents,
    int threads,
    int rounds,
    long seed,
    String heap,
    int cold,
    boolean again) {

  private static final int FULL = 10_000_000;

  /** Checks the phases and the numbers. */
  public Options {
    new Phases(NearDuplicatesBenchmark.PHASES).check(phases);
    if (documents < 1000) {
      throw new IllegalArgumentException(
          "[duplicates.documents] must be at least [1000], got [" + documents + "]");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException(
          "[duplicates.rounds] must be at least [1], got [" + rounds + "]");
    }
  }

  /** Reads properties; an empty one counts as absent. */
  public static Options of(Path repository, Properties properties) {
    Settings settings = new Settings(properties);
    int documents = settings.integer("duplicates.documents", FULL);
    String folder =
        documents >= FULL
            ? "integTest/benchmarks/results"
            : "integTest/benchmarks/target/near-duplicates";
    int processors = Runtime.getRuntime().availableProcessors();
    return new Options(
        repository,
        new Phases(NearDuplicatesBenchmark.PHASES).wanted(settings),
        Path.of(settings.text("results", repository.resolve(folder).toString())),
        documents,
        settings.integer("duplicates.threads", processors),
        settings.integer("duplicates.rounds", 3),
        1,
        settings.text("duplicates.node-heap", ""),
        settings.integer("duplicates.cold", Integer.MAX_VALUE),
        settings.flag("duplicates.again", false));
  }

  /** How much is measured on a node. */
  NodeScale nodeScale() {
    Path work = repository.resolve("integTest/benchmarks/target/near-duplicates");
    return new NodeScale(documents, rounds, seed, heap, cold, work);
  }
}
