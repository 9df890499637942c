// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences about four topics, made from short word lists. */
final class TopicCorpus {

  private static final List<String> TOPICS = List.of("kitchen", "weather", "railway", "garden");

  private static final List<List<String>> WORDS =
      List.of(
          List.of("oven", "spoon", "flour", "butter", "kettle", "recipe", "salt", "bake"),
          List.of("cloud", "rain", "storm", "sunny", "forecast", "wind", "snow", "thunder"),
          List.of("train", "station", "ticket", "platform", "track", "conductor", "signal"),
          List.of("rose", "soil", "spade", "hedge", "seed", "blossom", "compost", "lawn"));

  private static final List<String> COMMON =
      List.of("the", "morning", "near", "old", "with", "small", "a", "is", "today", "people");

  private TopicCorpus() {}

  /** Writes labelled JSON lines. */
  static Path write(Path file, int documents, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      int topic = random.nextInt(TOPICS.size());
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 8; word++) {
        List<String> words = random.nextInt(3) == 0 ? COMMON : WORDS.get(topic);
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      lines
          .append("{\"id\": \"d")
          .append(i)
          .append("\", \"label\": \"")
          .append(TOPICS.get(topic))
          .append("\", \"text\": \"")
          .append(text)
          .append("\"}\n");
    }
    return Files.writeString(file, lines);
  }
}
