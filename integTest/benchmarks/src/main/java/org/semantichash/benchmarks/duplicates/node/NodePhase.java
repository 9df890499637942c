// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.DuplicatesScale;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.oracle.CodeSet;

/** Finds near-duplicates on a node, and compares them with those that the join finds here. */
public final class NodePhase {

  public static final String NAME = "node";

  private static final String INDEX = "codes";
  private static final int BITS = 64;
  private static final int MAX_DISTANCE = 3;
  private static final int[] SHARDS = {1, 5};
  private static final double SECONDS_PER_DOCUMENT = 2e-4;
  private static final long PATIENCE = 10; // seconds

  private final DuplicatesScale scale;
  private final MeasuredNode node;

  /** To be measured on this node. */
  public NodePhase(DuplicatesScale scale, MeasuredNode node) {
    this.scale = scale;
    this.node = node;
  }

  /** Each kind of codes in one shard and in several. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (CodeSet.Kind kind : CodeSet.Kind.values()) {
      for (int shards : SHARDS) {
        String definition =
            scale.nodeDocuments()
                + " "
                + kind
                + " codes of "
                + BITS
                + " bits, radius "
                + MAX_DISTANCE
                + ", "
                + shards
                + " shards, heap "
                + scale.heap()
                + ", "
                + scale.rounds()
                + " rounds";
        boolean cold = steps.size() < scale.cold();
        steps.add(
            new BenchmarkStep(
                NAME,
                definition,
                SECONDS_PER_DOCUMENT * scale.nodeDocuments(),
                () -> List.of(measure(kind, shards, cold))));
      }
    }
    return steps;
  }

  private Map<String, Object> measure(CodeSet.Kind kind, int shards, boolean cold)
      throws IOException {
    CodeSet codes = CodeSet.make(kind, BITS, scale.nodeDocuments(), scale.seed());
    OrdinalIndex filled = new OrdinalIndex(node.http(), INDEX);
    filled.create(shards, Map.of("code", Map.of("type", "hash_code", "bits", BITS)));
    filled.fill(codes.size(), document -> source(codes, document));
    if (cold) {
      node.restart();
    }
    ColdAndWarm searches = ColdAndWarm.measure(node, INDEX, MAX_DISTANCE, scale.rounds());
    long left = breakerBytesInTheEnd();
    OrdinalIndex index = new OrdinalIndex(node.http(), INDEX); // the node has another client now
    CoreJoin core = new CoreJoin(codes, index.order(), MAX_DISTANCE);
    index.delete();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("documents", codes.size());
    row.put("bits", BITS);
    row.put("max_distance", MAX_DISTANCE);
    row.put("shards", shards);
    row.put("kind", kind.toString());
    row.put("node_heap", scale.heap());
    row.put("cold_seconds", cold ? searches.firstSeconds() : null);
    row.put("warm_seconds", searches.warmSeconds());
    row.put("core_join_seconds", core.seconds());
    row.put("pairs", core.found().pairs());
    row.put("groups", core.found().groups().size());
    row.put("equal_to_core_join", searches.allEqual() && searches.found().equals(core.found()));
    row.put("breaker_bytes_after", left);
    return row;
  }

  private static Map<String, ?> source(CodeSet codes, int document) {
    return Map.of("code", CodeSet.code(codes.words(document)).toHex());
  }

  /** What the breakers count when all has been given back, or after some patience. */
  private long breakerBytesInTheEnd() throws IOException {
    try {
      Deadline.await("breakers without a byte", PATIENCE, () -> node.breakerBytes() == 0);
      return 0;
    } catch (IllegalStateException e) {
      return node.breakerBytes();
    }
  }
}
