// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every contestant answers the same query in turn, so that what disturbs one disturbs all.
 *
 * @param warmUp rounds that are checked but not counted
 * @param measured rounds that count
 * @param queries how many queries there are; they are used again after the last
 */
public record Rounds(int warmUp, int measured, int queries) {

  /**
   * Measures.
   *
   * @throws IllegalStateException when an exact contestant is wrong
   */
  public List<Times> measure(List<Contestant> contestants) throws IOException {
    round(contestants, warmUp);
    return round(contestants, measured);
  }

  private List<Times> round(List<Contestant> contestants, int rounds) throws IOException {
    List<Times> times = new ArrayList<>(contestants.stream().map(Times::new).toList());
    for (int round = 0; round < rounds; round++) {
      int query = round % queries;
      for (int i = 0; i < contestants.size(); i++) {
        times.get(i).add(query, contestants.get(i).search().answer(query));
      }
    }
    return times;
  }
}
