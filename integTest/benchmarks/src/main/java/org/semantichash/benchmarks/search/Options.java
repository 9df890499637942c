// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.semantichash.benchmarks.search.measure.Phases;
import org.semantichash.benchmarks.search.measure.Scale;
import org.semantichash.benchmarks.search.measure.Settings;
import org.semantichash.it.oracle.CodeSet;

/**
 * What is wanted of a run.
 *
 * @param scale how much
 * @param phases which, by name
 * @param results the folder for what is written
 * @param heap of the node
 * @param uniform whether uniform codes are compared over HTTP too
 * @param graphs the kinds of codes for which the node builds a graph
 * @param again whether recorded rows of the phases are measured again
 */
public record Options(
    Scale scale,
    List<String> phases,
    Path results,
    String heap,
    boolean uniform,
    List<CodeSet.Kind> graphs,
    boolean again) {

  private static final long SEED = 1;

  /** Checks the phases. */
  public Options {
    new Phases(SearchBenchmark.PHASES).check(phases);
  }

  /** Reads properties; an empty one counts as absent. */
  public static Options of(Path repository, Properties properties) {
    Settings settings = new Settings(properties);
    int documents = settings.integer("search.documents", Scale.FULL);
    int rounds = settings.integer("search.rounds", 40);
    int httpRounds = settings.integer("search.http-rounds", 300);
    Path work = repository.resolve("integTest/benchmarks/target/search");
    Scale scale = new Scale(documents, rounds, httpRounds, SEED, repository, work);
    Path folder = scale.isFull() ? repository.resolve("integTest/benchmarks/results") : work;
    return new Options(
        scale,
        new Phases(SearchBenchmark.PHASES).wanted(settings),
        Path.of(settings.text("results", folder.toString())),
        settings.text("search.node-heap", "2g"),
        settings.flag("search.uniform", true),
        kinds(settings.text("search.hnsw", "clustered")),
        settings.flag("search.again", false));
  }

  private static List<CodeSet.Kind> kinds(String names) {
    return names.equals("none")
        ? List.of()
        : Arrays.stream(names.split(","))
            .map(name -> CodeSet.Kind.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
  }
}
