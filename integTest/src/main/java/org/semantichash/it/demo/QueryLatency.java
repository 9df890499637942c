/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.demo;

import java.io.IOException;
import java.util.List;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.results.Latencies;
import org.semantichash.it.results.Results;
import org.semantichash.it.results.Row;

/** Latency over HTTP of one client, beside match_all as the floor. */
final class QueryLatency {

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int TOP = 10;
  private static final int RADIUS = 3;

  private final GlossIndex index;
  private final Oracle oracle;

  QueryLatency(GlossIndex index, Oracle oracle) {
    this.index = index;
    this.oracle = oracle;
  }

  void measure(Results results) throws IOException {
    Latencies latencies = new Latencies();
    latencies.add("match_all, top 10", round -> index.search(Requests.MATCH_ALL));
    latencies.add(
        "hamming by code, top 10",
        round -> index.search(Requests.byCode(oracle.hashed(round).code().toHex(), TOP)));
    latencies.add(
        "hamming by text, top 10",
        round -> index.search(Requests.byText(gloss(round).text(), TOP)));
    latencies.add(
        "hamming by document, top 10",
        round -> index.search(Requests.byDocument(gloss(round).id(), TOP)));
    latencies.add(
        "hamming by document, all within 3 bits",
        round -> index.search(Requests.within(gloss(round).id(), RADIUS)));
    latencies.measure(WARM_UP, ROUNDS);
    for (String name : List.copyOf(latencies.names())) {
      results.add(
          Row.of(
              "query over " + oracle.size() + " documents: " + name,
              "latency_p50_ms",
              latencies.percentileMillis(name, 50),
              "latency_p99_ms",
              latencies.percentileMillis(name, 99)));
    }
  }

  private Gloss gloss(int round) {
    return oracle.gloss(round);
  }
}
