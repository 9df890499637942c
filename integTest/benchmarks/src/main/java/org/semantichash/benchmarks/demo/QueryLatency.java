// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Rounds;
import org.semantichash.benchmarks.harness.Times;
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
    Map<String, Object> matchAll = Hamming.search(Map.of("match_all", Map.of()), TOP);
    List<Contestant> contestants =
        List.of(
            Contestant.unchecked("match_all, top 10", query -> search(matchAll)),
            Contestant.unchecked(
                "hamming by code, top 10",
                query -> search(Hamming.code(glosses.hashed(query).code().toHex()).search(TOP))),
            Contestant.unchecked(
                "hamming by text, top 10",
                query -> search(Hamming.text(glosses.gloss(query).text()).search(TOP))),
            Contestant.unchecked(
                "hamming by document, top 10", query -> search(like(query).search(TOP))),
            Contestant.unchecked(
                "hamming by document, within 3 bits",
                query -> search(like(query).within(RADIUS).search(TOP))));
    for (Times times : new Rounds(WARM_UP, ROUNDS, WARM_UP + ROUNDS).measure(contestants)) {
      results.add(
          "query over " + glosses.size() + " documents: " + times.name(),
          "latency_p50_ms",
          times.millis(50),
          "latency_p99_ms",
          times.millis(99));
    }
  }

  private Hamming like(int round) {
    return Hamming.like(index.name(), glosses.gloss(round).id());
  }

  private void search(Map<String, Object> body) throws IOException {
    index.http().post("/" + index.name() + "/_search", body).ok();
  }
}
