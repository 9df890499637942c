// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.semantichash.benchmarks.duplicates.DuplicatesScale;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeSet;

/**
 * What the processor {@code semantic_near_duplicate} costs a document that is written to an index
 * with many codes: bulks with and without it by turns, on the clock of one client and in processor
 * time of the node. Every second document is a copy.
 */
public final class IngestPhase {

  public static final String NAME = "ingest";

  private static final String INDEX = "codes";
  private static final String PIPELINE = "near";
  private static final int[] SIZES = {1_000_000, 10_000_000};
  private static final int BULK = 200; // documents
  private static final double SECONDS_PER_DOCUMENT = 1e-4;

  private final DuplicatesScale scale;
  private final MeasuredNode node;

  /** To be measured on this node. */
  public IngestPhase(DuplicatesScale scale, MeasuredNode node) {
    this.scale = scale;
    this.node = node;
  }

  /** At the radii that are the default, with and without chunks of codes in the index. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int size : scale.sizes(SIZES)) {
      for (int bits : new int[] {64, 128}) {
        for (boolean chunks : new boolean[] {false, true}) {
          String definition =
              String.join(
                  ", ",
                  size + " uniform codes of " + bits + " bits",
                  "multi_index_hashing " + chunks,
                  "heap " + scale.heap(),
                  scale.rounds() + " rounds");
          double seconds = SECONDS_PER_DOCUMENT * size;
          steps.add(
              new BenchmarkStep(
                  NAME, definition, seconds, () -> List.of(measure(size, bits, chunks))));
        }
      }
    }
    return steps;
  }

  private Map<String, Object> measure(int size, int bits, boolean chunks) throws IOException {
    CodeSet codes = CodeSet.make(CodeSet.Kind.UNIFORM, bits, size, scale.seed());
    OrdinalIndex index = new OrdinalIndex(node.http(), INDEX);
    index.create(
        1,
        Map.of(
            "code",
            Map.of("type", "hash_code", "bits", bits, "multi_index_hashing", chunks),
            "duplicate_of",
            Map.of("type", "keyword")));
    index.fill(size, document -> Map.of("code", CodeSet.code(codes.words(document)).toHex()));
    Map<String, String> near = Map.of("field", "code", "index", INDEX);
    node.http()
        .put(
            "/_ingest/pipeline/" + PIPELINE,
            Map.of("processors", List.of(Map.of("semantic_near_duplicate", near))))
        .ok();
    Writes writes = new Writes(codes, NearDuplicates.defaultMaxDistance(bits, false));
    writes.bulk("warm", true);
    writes.bulk("cold", false);
    List<Cost> with = new ArrayList<>();
    List<Cost> without = new ArrayList<>();
    for (int round = 0; round < scale.rounds(); round++) {
      without.add(writes.bulk("without" + round, false));
      with.add(writes.bulk("with" + round, true));
    }
    boolean equal = writes.areTagsOfBruteForce();
    index.delete();
    node.http().delete("/_ingest/pipeline/" + PIPELINE).ok();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("documents", size);
    row.put("bits", bits);
    row.put("max_distance", writes.maxDistance);
    row.put("multi_index_hashing", chunks);
    row.put("node_heap", scale.heap());
    row.put("bulk", BULK);
    row.put("ms_per_document", median(with, Cost::millis));
    row.put("ms_without", median(without, Cost::millis));
    row.put("cpu_ms_per_document", median(with, Cost::cpuMillis));
    row.put("cpu_ms_without", median(without, Cost::cpuMillis));
    row.put("equal_to_brute_force", equal);
    return row;
  }

  /** Of a document: on the clock, and of the node's processors. */
  private record Cost(double millis, double cpuMillis) {}

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
    return Times.median(costs.stream().mapToDouble(part).toArray());
  }

  /** Documents that are written. */
  private final class Writes {

    private final CodeSet codes;
    private final int maxDistance;
    private final SplittableRandom random = new SplittableRandom(scale.seed());
    private final Map<String, long[]> tagged = new LinkedHashMap<>();

    Writes(CodeSet codes, int maxDistance) {
      this.codes = codes;
      this.maxDistance = maxDistance;
    }

    Cost bulk(String name, boolean processed) throws IOException {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int i = 0; i < BULK; i++) {
        long[] code = i % 2 == 0 ? copy() : random.longs(codes.bits() / Long.SIZE).toArray();
        String id = name + "-" + i;
        if (processed) {
          tagged.put(id, code);
        }
        lines.write(Http.JSON.writeValueAsBytes(Map.of("index", Map.of("_id", id))));
        lines.write('\n');
        lines.write(Http.JSON.writeValueAsBytes(Map.of("code", CodeSet.code(code).toHex())));
        lines.write('\n');
      }
      String path = "/" + INDEX + "/_bulk?" + (processed ? "pipeline=" + PIPELINE : "");
      Duration cpu = node.processorTime();
      long start = System.nanoTime();
      JsonNode reply = node.http().bulk(path, lines.toByteArray()).ok().body();
      double millis = (System.nanoTime() - start) / 1e6;
      if (reply.path("errors").asBoolean(true)) {
        throw new IllegalStateException("documents of [" + name + "] failed: " + reply);
      }
      return new Cost(millis / BULK, node.processorTime().minus(cpu).toNanos() / 1e6 / BULK);
    }

    /** At most half of the distance from a code of the index, which no document has twice. */
    private long[] copy() {
      long[] code = codes.words(random.nextInt(codes.size()));
      for (int flips = random.nextInt(1 + maxDistance / 2); flips > 0; flips--) {
        int bit = random.nextInt(codes.bits());
        code[bit / Long.SIZE] ^= 1L << bit;
      }
      return code;
    }

    boolean areTagsOfBruteForce() throws IOException {
      List<String> ids = List.copyOf(tagged.keySet());
      JsonNode documents =
          node.http().post("/" + INDEX + "/_mget", Map.of("ids", ids)).ok().body().path("docs");
      for (int i = 0; i < ids.size(); i++) {
        long[] code = tagged.get(ids.get(i));
        boolean near =
            IntStream.range(0, codes.size())
                .anyMatch(ordinal -> codes.distance(code, ordinal) <= maxDistance);
        if (near != documents.path(i).path("_source").has("duplicate_of")) {
          return false;
        }
      }
      return true;
    }
  }
}
