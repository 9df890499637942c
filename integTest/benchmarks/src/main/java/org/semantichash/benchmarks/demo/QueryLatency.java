// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.util.Map;
import org.semantichash.benchmarks.results.Latencies;
import org.semantichash.benchmarks.results.Results;
import org.semantichash.benchmarks.results.Row;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Hamming;

/** Latency over HTTP of one client, beside match_all as the floor. */
final class QueryLatency {

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int TOP = 10;
  private static final int RADIUS = 3;

  private final GlossIndex index;
  private final HashedGlosses glosses;

  QueryLatency(GlossIndex index, HashedGlosses glosses) {
    this.index = index;
    this.glosses = glosses;
  }

  void measure(Results results) throws IOException {
    Latencies latencies = new Latencies();
    Map<String, Object> matchAll = Hamming.search(Map.of("match_all", Map.of()), TOP);
    latencies.add("match_all, top 10", round -> search(matchAll));
    latencies.add(
        "hamming by code, top 10",
        round -> search(Hamming.code(glosses.hashed(round).code().toHex()).search(TOP)));
    latencies.add(
        "hamming by text, top 10",
        round -> search(Hamming.text(glosses.gloss(round).text()).search(TOP)));
    latencies.add("hamming by document, top 10", round -> search(like(round).search(TOP)));
    latencies.add(
        "hamming by document, within 3 bits",
        round -> search(like(round).within(RADIUS).search(TOP)));
    latencies.measure(WARM_UP, ROUNDS);
    for (String name : latencies.names()) {
      results.add(
          Row.of(
              "query over " + glosses.size() + " documents: " + name,
              "latency_p50_ms",
              latencies.percentileMillis(name, 50),
              "latency_p99_ms",
              latencies.percentileMillis(name, 99)));
    }
  }

  private Hamming like(int round) {
    return Hamming.like(index.name(), glosses.gloss(round).id());
  }

  private void search(Map<String, Object> body) throws IOException {
    index.http().post("/" + index.name() + "/_search", body).ok();
  }
}
