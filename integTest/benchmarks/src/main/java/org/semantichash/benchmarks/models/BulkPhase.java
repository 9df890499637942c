// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.semantichash.TextHasher;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.StampedCode;
import org.semantichash.it.model.RandomModel;

/**
 * The same documents without a pipeline, through one that does nothing, through that one with their
 * codes in them, and hashed, in turn: what hashing costs, what a pipeline costs anyway, since the
 * node turns every document into a map and back, and what it costs to index a code.
 */
final class BulkPhase {

  static final String NAME = "bulk";

  private static final String MODEL = "bulk";
  private static final String EMPTY = "empty";
  private static final int DOCUMENTS = 1500;
  private static final int DIFFERENT_TERMS = 60;
  private static final int TERMS = 10_000;
  private static final int HIDDEN = 500; // the trainer's default
  private static final int BITS = 64;

  /** Documents of each contestant before the first counted round: until its code is compiled. */
  private static final int WARM_UP_DOCUMENTS = 200_000;

  private static final int BODIES = 16;

  /** Where the goals are. */
  private static final double MOST = 1.35;

  private static final double MOST_TO_EMPTY = 1.20;

  /** What reading a text once and one pass over the weights leave, see the page of codes. */
  private static final double FLOOR = 1.30;

  private static final double FLOOR_TO_EMPTY = 1.15;

  private final ModelsScale scale;
  private final ModelNodes nodes;

  BulkPhase(ModelsScale scale, ModelNodes nodes) {
    this.scale = scale;
    this.nodes = nodes;
  }

  /** One way to index, with what each counted round took. */
  @SuppressWarnings("ArrayRecordComponent") // filled round by round; never compared
  private record Contestant(
      TextIndex index, BulkClients workers, double[] seconds, double[] processorSeconds) {

    String name() {
      return index.name();
    }
  }

  List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int clients : scale.clients()) {
      String definition =
          clients + " clients, " + scale.rounds() + " rounds of " + requests(clients) + " bulks";
      double documents = (double) requests(clients) * DOCUMENTS * 4;
      double seconds = 20 + documents * (scale.rounds() + warmUp(clients)) / 40_000;
      steps.add(new BenchmarkStep(NAME, definition, seconds, () -> measure(clients)));
    }
    return steps;
  }

  /** Bulks of a round, by all clients together. */
  private int requests(int clients) {
    return Math.max(clients, scale.bulks());
  }

  private int warmUp(int clients) {
    return scale.isFull() ? Math.ceilDiv(WARM_UP_DOCUMENTS, requests(clients) * DOCUMENTS) : 1;
  }

  private List<Map<String, Object>> measure(int clients) throws IOException {
    ZipfTexts texts = ZipfTexts.ofWordNet();
    EncoderModel model = RandomModel.of(texts.words().subList(0, TERMS), HIDDEN, BITS);
    nodes.http(); // starts them
    nodes.upload(MODEL, model.file(), model.digest());
    nodes.putPipeline(MODEL);
    nodes.http().put("/_ingest/pipeline/" + EMPTY, Map.of("processors", List.of())).ok();
    List<Contestant> contestants;
    try (TextHasher hasher = TextHasher.open(model)) {
      BulkClients uncoded = new BulkClients(clients, bodies(texts, text -> Map.of("text", text)));
      String stamp = StampedCode.digestOfModel(model.digest());
      BulkClients coded =
          new BulkClients(clients, bodies(texts, text -> coded(text, hasher, stamp)));
      contestants =
          List.of(
              contestant("no-pipeline", null, null, uncoded),
              contestant("empty-pipeline", EMPTY, null, uncoded),
              contestant("hashing", MODEL, MODEL, uncoded),
              contestant("codes-in-documents", EMPTY, MODEL, coded));
      for (int round = -warmUp(clients); round < scale.rounds(); round++) {
        for (int i = 0; i < contestants.size(); i++) {
          int turn = Math.floorMod(i + round, contestants.size());
          run(contestants.get(turn), round, hasher);
        }
      }
    }
    nodes.delete(MODEL);
    return contestants.stream().map(each -> row(clients, each, contestants)).toList();
  }

  private Contestant contestant(String name, String pipeline, String model, BulkClients workers)
      throws IOException {
    TextIndex index = new TextIndex(nodes.http(), name, pipeline, model);
    int rounds = scale.rounds();
    return new Contestant(index, workers, new double[rounds], new double[rounds]);
  }

  /** In an index of its own, so that no round pays for merges of those before it. */
  private void run(Contestant contestant, int round, TextHasher hasher) throws IOException {
    BulkClients workers = contestant.workers();
    int requests = requests(workers.clients());
    TextIndex index = contestant.index();
    index.create(nodes.count(), BITS);
    double processor = processorSeconds();
    double seconds = workers.seconds(index, requests);
    if (round >= 0) {
      contestant.seconds()[round] = seconds;
      contestant.processorSeconds()[round] = processorSeconds() - processor;
    }
    index.check((long) requests * DOCUMENTS, hasher);
    index.delete();
  }

  /** What all nodes together have used; their own statistics are a second old. */
  private double processorSeconds() throws IOException {
    return nodes.cluster().processorTime().toNanos() / 1e9;
  }

  private Map<String, Object> row(int clients, Contestant one, List<Contestant> all) {
    double documents = (double) requests(clients) * DOCUMENTS;
    double[] ratios = ratios(one, all.get(0));
    double ratio = Times.median(ratios);
    double toEmpty = Times.median(ratios(one, all.get(1)));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", one.name());
    row.put("clients", clients);
    row.put("rounds", ratios.length);
    row.put("documents_per_second", documents / Times.median(one.seconds()));
    row.put("node_cpu_us_per_document", 1e6 * Times.median(one.processorSeconds()) / documents);
    row.put("bulk_time_ratio", ratio);
    row.put("bulk_time_ratio_min", Arrays.stream(ratios).min().orElseThrow());
    row.put("bulk_time_ratio_max", Arrays.stream(ratios).max().orElseThrow());
    row.put("bulk_time_ratio_to_empty", toEmpty);
    if (MODEL.equals(one.index().pipeline())) {
      row.put("floor", FLOOR);
      row.put("floor_to_empty", FLOOR_TO_EMPTY);
      row.put("goal", ratio <= MOST && toEmpty <= MOST_TO_EMPTY ? "met" : "missed");
    }
    return row;
  }

  private static double[] ratios(Contestant one, Contestant other) {
    double[] ratios = new double[one.seconds().length];
    Arrays.setAll(ratios, round -> one.seconds()[round] / other.seconds()[round]);
    return ratios;
  }

  /** A document as the processor leaves it. */
  private static Map<String, String> coded(String text, TextHasher hasher, String stamp) {
    StampedCode code = new StampedCode(hasher.hash(text).code(), stamp, null);
    return Map.of("text", text, "code", code.toString());
  }

  /** The same texts whatever the documents have besides. */
  private static List<byte[]> bodies(
      ZipfTexts texts, Function<String, Map<String, String>> document) throws IOException {
    SplittableRandom random = new SplittableRandom(Options.SEED);
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      List<Map<String, String>> some = new ArrayList<>();
      for (int place = 0; place < DOCUMENTS; place++) {
        some.add(document.apply(texts.text(random, DIFFERENT_TERMS)));
      }
      bodies.add(TextIndex.body(some));
    }
    return bodies;
  }
}
