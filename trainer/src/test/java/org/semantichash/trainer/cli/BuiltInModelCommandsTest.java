// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.BuiltInModel;

/** The commands that read a model file read those that come with the plugin by their names. */
class BuiltInModelCommandsTest {

  private static final String MODEL = "_near_duplicates_64";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void inspectTellsHowFeaturesAreMade() throws IOException {
    JsonNode told = JSON.readTree(CommandRun.of("inspect", MODEL, "--json").out());
    assertEquals(BuiltInModel.of(MODEL).orElseThrow().digest(), told.path("sha256").asText());
    assertEquals("passed", told.path("golden_check").asText());
    assertEquals("12 3 1", told.path("ngrams").path("weights").asText());
    assertEquals(30_000, told.path("vocabulary_terms").asInt());
  }

  @Test
  void encodeAndCalibrateUseIt() throws IOException {
    String line = CommandRun.of("encode", MODEL, "--text", "one two three").out();
    assertEquals(6, JSON.readTree(line).path("known_terms").asInt());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 30; word++) {
        text.append("word").append(i * 31 + word * 7 % 29).append(' ');
      }
      lines.add(text.toString());
    }
    Path corpus = Files.write(folder.resolve("texts.csv"), withHeader(lines));
    CommandRun run = CommandRun.of("calibrate", "--model", MODEL, "--corpus", corpus);
    assertTrue(run.out().contains("Suggested radius: "), run.out() + run.err());
  }

  private static List<String> withHeader(List<String> lines) {
    List<String> all = new ArrayList<>(List.of("text"));
    all.addAll(lines);
    return all;
  }

  @Test
  void anotherNameIsAFile() {
    assertTrue(
        CommandRun.of("inspect", "_later")
            .lastError()
            .endsWith("model file [_later] does not exist"));
  }

  @Test
  void nobodyUploadsOrDeletesOne() {
    String refused =
        "[id] must begin with a letter or a digit here, since names that begin with [_] are those"
            + " of models that come with the plugin, got ["
            + MODEL
            + "]";
    for (CommandRun run :
        List.of(
            CommandRun.of("delete", MODEL, "--url", "http://127.0.0.1:1"),
            CommandRun.of("upload", MODEL, "--url", "http://127.0.0.1:1"))) {
      assertTrue(run.lastError().endsWith(refused), run.err());
    }
  }
}
