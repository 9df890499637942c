// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.util.List;
import org.semantichash.benchmarks.harness.Options;

/**
 * How much is measured.
 *
 * @param heap of each node
 * @param megabytes sizes of the uploaded models
 * @param clients numbers of clients that send bulk requests at the same time
 * @param bulks bulk requests of all clients together in each round
 * @param rounds of bulk requests, with and without hashing, that are counted
 * @param cycles how often a model is loaded and released
 * @param minutes of hashing
 */
public record ModelsScale(
    String heap,
    List<Integer> megabytes,
    List<Integer> clients,
    int bulks,
    int rounds,
    int cycles,
    double minutes) {

  private static final int BULKS = 64;
  private static final int ROUNDS = 9;
  private static final int CYCLES = 10_000;
  private static final double MINUTES = 10;

  /** Checks the numbers. */
  public ModelsScale {
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

  /** Reads the properties with the names of the parameters, and [models.node-heap]. */
  public static ModelsScale of(Options options) {
    return new ModelsScale(
        options.text("models.node-heap", "1g"),
        options.integers("megabytes", "20,60,200"),
        options.integers("clients", "1,4,8"),
        options.integer("bulks", BULKS),
        options.integer("rounds", ROUNDS),
        options.integer("cycles", CYCLES),
        options.number("minutes", MINUTES));
  }

  /** Whether nothing was scaled down. */
  boolean isFull() {
    return bulks >= BULKS && rounds >= ROUNDS && cycles >= CYCLES && minutes >= MINUTES;
  }
}
