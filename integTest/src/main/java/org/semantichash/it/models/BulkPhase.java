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
package org.semantichash.it.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.search.measure.Step;

/** The same documents with and without the pipeline, in turn. */
final class BulkPhase {

  static final String NAME = "bulk";

  private static final String MODEL = "bulk";
  private static final int DOCUMENTS = 1500;
  private static final int DIFFERENT_TERMS = 60;
  private static final int TERMS = 20_000;
  private static final int HIDDEN = 500; // the trainer's default
  private static final int BITS = 64;
  private static final int WARM_UP = 2;
  private static final int BODIES = 16;
  private static final double MOST = 1.25;

  private final Options options;
  private final ModelNodes nodes;

  BulkPhase(Options options, ModelNodes nodes) {
    this.options = options;
    this.nodes = nodes;
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int clients : options.clients()) {
      String definition =
          clients + " clients, " + options.rounds() + " rounds of " + options.bulks() + " bulks";
      double documents = (double) clients * options.bulks() * DOCUMENTS * 2;
      double seconds = 20 + documents * (options.rounds() + WARM_UP) / 4000;
      steps.add(new Step(NAME, definition, seconds, () -> List.of(measure(clients))));
    }
    return steps;
  }

  private Map<String, Object> measure(int clients) throws IOException {
    ZipfTexts texts = ZipfTexts.ofWordNet();
    EncoderModel model = RandomModel.of(texts.words().subList(0, TERMS), HIDDEN, BITS);
    nodes.http(); // starts them
    nodes.upload(MODEL, model.file(), model.digest());
    nodes.putPipeline(MODEL);
    TextIndex hashed = new TextIndex(nodes.http(), MODEL);
    TextIndex plain = new TextIndex(nodes.http(), null);
    hashed.create(nodes.count(), BITS);
    plain.create(nodes.count(), BITS);
    List<byte[]> bodies = bodies(texts);
    int count = clients * options.bulks();
    BulkClients workers = new BulkClients(clients, bodies);
    double[] with = new double[options.rounds()];
    double[] without = new double[options.rounds()];
    for (int round = -WARM_UP; round < options.rounds(); round++) {
      boolean hashedFirst = round % 2 == 0;
      double first = workers.seconds(hashedFirst ? hashed : plain, count);
      double second = workers.seconds(hashedFirst ? plain : hashed, count);
      if (round >= 0) {
        with[round] = hashedFirst ? first : second;
        without[round] = hashedFirst ? second : first;
      }
    }
    long documents = (long) count * DOCUMENTS * (options.rounds() + WARM_UP);
    try (TextHasher hasher = TextHasher.open(model)) {
      hashed.check(documents, hasher);
      plain.check(documents, hasher);
    }
    hashed.delete();
    plain.delete();
    nodes.delete(MODEL);
    return row(clients, (double) count * DOCUMENTS * options.rounds(), with, without);
  }

  private static Map<String, Object> row(
      int clients, double documents, double[] with, double[] without) {
    double[] ratios = new double[with.length];
    Arrays.setAll(ratios, round -> with[round] / without[round]);
    double ratio = Arrays.stream(with).sum() / Arrays.stream(without).sum();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("clients", clients);
    row.put("rounds", with.length);
    row.put("documents_per_second", documents / Arrays.stream(without).sum());
    row.put("documents_per_second_with_hashing", documents / Arrays.stream(with).sum());
    row.put("bulk_time_ratio", ratio);
    row.put("bulk_time_ratio_min", Arrays.stream(ratios).min().orElseThrow());
    row.put("bulk_time_ratio_max", Arrays.stream(ratios).max().orElseThrow());
    row.put("goal", ratio <= MOST ? "met" : "missed");
    return row;
  }

  private static List<byte[]> bodies(ZipfTexts texts) throws IOException {
    SplittableRandom random = new SplittableRandom(Options.SEED);
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      List<String> some = new ArrayList<>();
      for (int document = 0; document < DOCUMENTS; document++) {
        some.add(texts.text(random, DIFFERENT_TERMS));
      }
      bodies.add(TextIndex.body(some));
    }
    return bodies;
  }
}
