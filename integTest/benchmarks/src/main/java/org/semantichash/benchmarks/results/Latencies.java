// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times of several kinds of call, taken in turn so that what disturbs one disturbs all. */
public final class Latencies {

  /** A call that is timed. */
  public interface Call {
    /** Makes the call for a round. */
    void run(int round) throws IOException;
  }

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  /** Adds a kind of call. */
  public void add(String name, Call call) {
    calls.put(name, call);
    nanos.put(name, new ArrayList<>());
  }

  /** Makes every call in every round; the first rounds are not counted. */
  public void measure(int warmUp, int rounds) throws IOException {
    for (int round = 0; round < warmUp + rounds; round++) {
      for (Map.Entry<String, Call> call : calls.entrySet()) {
        long start = System.nanoTime();
        call.getValue().run(round);
        long elapsed = System.nanoTime() - start;
        if (round >= warmUp) {
          nanos.get(call.getKey()).add(elapsed);
        }
      }
    }
    nanos.values().forEach(times -> times.sort(null));
  }

  /** A time of the sorted ones, in milliseconds. */
  public double percentileMillis(String name, int percent) {
    List<Long> sorted = nanos.get(name);
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) sorted.size() * percent / 100))
        / 1e6;
  }

  /** The names, in the order of the turns. */
  public List<String> names() {
    return List.copyOf(calls.keySet());
  }
}
