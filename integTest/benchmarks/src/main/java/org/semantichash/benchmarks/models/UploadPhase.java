// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.semantichash.TextHasher;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.RandomModel;

/** Large models are put into three nodes, and each node computes a first code with them. */
final class UploadPhase {

  static final String NAME = "upload";

  private static final int BITS = 64;

  /** The size of the trainer's default, with 10,000 terms. */
  private static final int TERMS = 10_000;

  private static final int HIDDEN = 500;
  private static final int DEFAULT_MB = 5;

  /** The goal for a first code with a model of that size; a larger one may take longer. */
  private static final double MOST_SECONDS = .15;

  private static final int PART = 4 << 20;
  private static final String TEXT = "a large bird of the open sea with long narrow wings";

  private final ModelsScale scale;
  private final ModelNodes nodes;

  UploadPhase(ModelsScale scale, ModelNodes nodes) {
    this.scale = scale;
    this.nodes = nodes;
  }

  List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    steps.add(step(DEFAULT_MB, () -> RandomModel.of(words().subList(0, TERMS), HIDDEN, BITS)));
    for (int megabytes : scale.megabytes()) {
      steps.add(step(megabytes, () -> RandomModel.ofSize(megabytes, words(), BITS)));
    }
    return steps;
  }

  private static List<String> words() {
    return ZipfTexts.ofWordNet().words();
  }

  private BenchmarkStep step(int megabytes, Supplier<EncoderModel> model) {
    return new BenchmarkStep(
        NAME,
        "a model of " + megabytes + " MB to " + nodes.count() + " nodes",
        20 + megabytes / 4.0,
        () -> List.of(measure(model.get())));
  }

  private Map<String, Object> measure(EncoderModel model) throws IOException {
    String id = "random";
    byte[] file = model.file();
    nodes.http(); // starts them
    double upload = nodes.upload(id, file, model.digest());
    double first = 0;
    for (int node = 0; node < nodes.count(); node++) {
      first = Math.max(first, firstUse(node, id, model));
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model_mb", file.length / 1e6);
    row.put("parts", file.length <= 50_000_000 ? 1 : Math.ceilDiv(file.length, PART));
    row.put("upload_seconds", upload);
    row.put("first_use_seconds_max", first);
    double most = MOST_SECONDS * Math.max(1, file.length / 1e6 / DEFAULT_MB);
    row.put("goal", first <= most ? "met" : "missed");
    row.put("memory_mb_max", memory(id) / 1e6);
    nodes.delete(id);
    return row;
  }

  /** The seconds of the first text on a node, whose code must be that of the file. */
  private double firstUse(int node, String id, EncoderModel model) throws IOException {
    try (Http http = nodes.cluster().http(node);
        TextHasher hasher = TextHasher.open(model)) {
      long start = System.nanoTime();
      JsonNode doc = HashRequest.send(http, id, List.of(TEXT)).path(0);
      double seconds = (System.nanoTime() - start) / 1e9;
      String expected = hasher.hash(TEXT).code().toHex();
      if (doc.path("code").asText().equals(expected) == false) {
        throw new IllegalStateException(
            "node [" + node + "] must compute [" + expected + "], got [" + doc + "]");
      }
      return seconds;
    }
  }

  private long memory(String id) throws IOException {
    long most = 0;
    for (JsonNode node : nodes.http().get("/_semantic_hash/stats").ok().body().path("nodes")) {
      most = Math.max(most, node.path("models").path(id).path("memory_in_bytes").asLong());
    }
    return most;
  }
}
