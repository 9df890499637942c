// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.semantichash.benchmarks.search.measure.Phases;
import org.semantichash.benchmarks.search.measure.Settings;

/**
 * What is wanted of a run.
 *
 * @param phases which, by name
 * @param results the folder for what is written
 * @param repository the checkout
 * @param heap of each node
 * @param megabytes sizes of the uploaded models
 * @param clients numbers of clients that send bulk requests at the same time
 * @param bulks bulk requests of each client in each round
 * @param rounds of bulk requests, with and without hashing, that are counted
 * @param cycles how often a model is loaded and let go
 * @param minutes of hashing
 * @param again whether recorded rows of the phases are measured again
 */
public record Options(
    List<String> phases,
    Path results,
    Path repository,
    String heap,
    List<Integer> megabytes,
    List<Integer> clients,
    int bulks,
    int rounds,
    int cycles,
    double minutes,
    boolean again) {

  /** Of everything that is random. */
  static final long SEED = 1;

  /** Checks the phases and the numbers. */
  public Options {
    new Phases(ModelsBenchmark.PHASES).check(phases);
    if (bulks < 1 || rounds < 1 || cycles < 10 || minutes <= 0) {
      throw new IllegalArgumentException(
          "[bulks] and [rounds] must be at least [1], [cycles] at least [10] and [minutes] more"
              + " than [0], got ["
              + bulks
              + "], ["
              + rounds
              + "], ["
              + cycles
              + "] and ["
              + minutes
              + "]");
    }
  }

  /** Reads properties; an empty one counts as absent. */
  public static Options of(Path repository, Properties properties) {
    Settings settings = new Settings(properties);
    int bulks = settings.integer("bulks", 8);
    int rounds = settings.integer("rounds", 9);
    int cycles = settings.integer("cycles", 10000);
    double minutes = settings.number("minutes", 10);
    boolean full = bulks >= 8 && rounds >= 9 && cycles >= 10_000 && minutes >= 10;
    Path folder = full ? repository.resolve("integTest/benchmarks/results") : work(repository);
    return new Options(
        new Phases(ModelsBenchmark.PHASES).wanted(settings),
        Path.of(settings.text("results", folder.toString())),
        repository,
        settings.text("models.node-heap", "1g"),
        numbers(settings.text("megabytes", "20,60,200")),
        numbers(settings.text("clients", "1,4,8")),
        bulks,
        rounds,
        cycles,
        minutes,
        settings.flag("again", false));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  private static Path work(Path repository) {
    return repository.resolve("integTest/benchmarks/target/models");
  }
}
