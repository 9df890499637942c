// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** An experiment over sentences about three topics, made from short word lists. */
final class TopicExperiment {

  private static final List<String> TOPICS = List.of("kitchen", "weather", "railway");

  private static final List<List<String>> WORDS =
      List.of(
          List.of("oven", "spoon", "flour", "butter", "kettle", "recipe", "salt"),
          List.of("cloud", "rain", "storm", "sunny", "forecast", "wind", "snow"),
          List.of("train", "station", "ticket", "platform", "track", "signal"));

  private TopicExperiment() {}

  /** Writes the data set topics.jsonl and the experiment topics.yaml; gives the experiment. */
  static Path write(Path folder, String tables) throws IOException {
    return Files.writeString(
        folder.resolve("topics.yaml"), HEAD.replace("DIGEST", writeDocuments(folder)) + tables);
  }

  /** Writes the data set topics.jsonl; returns its SHA-256. */
  static String writeDocuments(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("topics.jsonl"), documents());
    return DataSet.sha256(Files.readAllBytes(file));
  }

  private static final String HEAD =
      """
      name: topics
      title: Topics
      input:
        file: topics.jsonl
        sha256: DIGEST
        description: made up by a test
        text_fields: [text]
        label_field: topic
      preprocessing: {min_df: 1, max_df: 0.9, stop_words: english}
      split: {validation: 0.2, test: 0.2, seed: 1}
      training: {epochs: 3, patience: 3, hidden_units: 16, batch_size: 20, learning_rate: 0.01}
      differs: made-up sentences
      tables:
      """;

  private static String documents() {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 240; i++) {
      int topic = random.nextInt(TOPICS.size());
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        List<String> words = WORDS.get(random.nextInt(4) == 0 ? random.nextInt(3) : topic);
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      lines.append("{\"topic\": \"").append(TOPICS.get(topic)).append("\", \"text\": \"");
      lines.append(text).append("\"}\n");
    }
    return lines.toString();
  }
}
