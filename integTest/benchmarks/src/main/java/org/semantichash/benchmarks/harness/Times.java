// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Contestant.Answer;

/** The times and the recall of one contestant. */
public final class Times {

  private final Contestant contestant;
  private final List<Long> nanos = new ArrayList<>();
  private double recalls;

  /** None yet. */
  public Times(Contestant contestant) {
    this.contestant = contestant;
  }

  /** Checks an answer and adds it. */
  public synchronized void add(int query, Answer answer) {
    if (contestant.truth() != null) {
      recalls += contestant.recall(query, answer.distances());
    }
    nanos.add(answer.nanos());
  }

  /** The contestant's name. */
  public String name() {
    return contestant.name();
  }

  /** A percentile, in milliseconds. */
  public double millis(int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) sorted.size() * percent / 100))
        / 1e6;
  }

  /** The middle of some values, of an even number the mean of both in the middle. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** How many answers. */
  public int count() {
    return nanos.size();
  }

  /** The columns of a row: [queries], [p50_ms], [p99_ms] and, when it was checked, [recall]. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("queries", count());
    values.put("p50_ms", millis(50));
    values.put("p99_ms", millis(99));
    if (contestant.truth() != null) {
      values.put("recall", recalls / count());
    }
    return values;
  }
}
