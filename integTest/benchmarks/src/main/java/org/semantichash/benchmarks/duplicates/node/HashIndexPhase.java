// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.DuplicatesScale;
import org.semantichash.benchmarks.harness.BenchmarkStep;

/** Hashes an index in place and into a copy, beside a plain copy. */
public final class HashIndexPhase {

  public static final String NAME = "hash-index";

  private static final double SECONDS_PER_DOCUMENT = 1e-3;

  private final DuplicatesScale scale;
  private final MeasuredNode node;
  private ReindexWays ways;

  /** To be measured on this node. */
  public HashIndexPhase(DuplicatesScale scale, MeasuredNode node) {
    this.scale = scale;
    this.node = node;
  }

  /** A step for each round, in which each way has its turn. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int round = 1; round <= scale.rounds(); round++) {
      int number = round;
      String definition =
          scale.nodeDocuments()
              + " glosses, "
              + ReindexWays.SLICES
              + " slices, batches of "
              + ReindexWays.BATCH
              + ", heap "
              + scale.heap()
              + ", round "
              + round;
      steps.add(
          new BenchmarkStep(
              NAME,
              definition,
              SECONDS_PER_DOCUMENT * scale.nodeDocuments(),
              () -> rows(number, ways().round(number))));
    }
    return steps;
  }

  private ReindexWays ways() throws IOException {
    if (ways == null) {
      ways = ReindexWays.prepare(scale, node);
    }
    return ways;
  }

  private List<Map<String, Object>> rows(int round, List<ReindexWays.ReindexResult> all) {
    double plain =
        all.stream()
            .filter(result -> result.way().equals(ReindexWays.PLAIN))
            .findFirst()
            .orElseThrow()
            .seconds();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ReindexWays.ReindexResult result : all) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("way", result.way());
      row.put("round", round);
      row.put("documents", scale.nodeDocuments());
      row.put("node_heap", scale.heap());
      row.put("seconds", result.seconds());
      row.put("documents_per_second", Math.round(scale.nodeDocuments() / result.seconds()));
      row.put("ratio_to_plain", result.seconds() / plain);
      row.put("count_equal", result.countEqual());
      row.put("codes_equal", result.codesEqual());
      rows.add(row);
    }
    return rows;
  }
}
