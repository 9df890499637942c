// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Plan.Cell;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.features.Split;

class ExperimentFileTest {

  private static final String TABLES =
      """
        - name: widths
          bits: [8, 16]
          tolerance: 0.02
          runs:
            - method: nash
              options: {kl_weight: 0.02, noise: false}
              options_by_bits: {16: {kl_weight: 0.5}}
              paper: {8: .3786}
      """;

  @TempDir private Path folder;

  @Test
  void readsOptionsAsTheyAreWritten() throws IOException {
    Experiment experiment = ExperimentFile.read(TopicExperiment.write(folder, TABLES));
    RunSpec run = experiment.tables().get(0).runs().get(0);
    assertEquals("nash", run.label());
    assertEquals(Map.of("8", 0.3786), run.paper());
    assertEquals(
        Map.of("epochs", "9", "kl_weight", "0.02", "noise", "false"),
        run.optionsAt(8, Map.of("epochs", "9")));
    assertEquals("0.5", run.optionsAt(16, Map.of("kl_weight", "7")).get("kl_weight"));
    assertEquals(List.of(1L), experiment.tables().get(0).seedsAt(8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "options: {kl      | optoins: {kl      | key [tables[0].runs[0].optoins] is unknown",
        "tolerance: 0.02 | tolerance: lots   | [tables[0].tolerance]",
        "tolerance: 0.02 | tolerance: -1     | [tolerance] must be at least [0], got [-1.0]",
        "bits: [8, 16]   | bits: []          | [bits] must hold at least one entry, got [0]",
        "{8: .3786}      | {9: .3786}        | [paper] must be for one of [8, 16], got [9]",
        "{8: .3786}      | {8: 37.86}        | [paper] must be in [0, 1], got [37.86]",
        "name: widths    | name: a/b         | [name] must be lower-case letters, digits and -",
        "- method: nash  | - label: a        | [method] is missing",
        "bits: [8, 16]   | vary: {option: a, values: [1]}\\n    bits: [8, 16] | be one width",
        "name: widths    | name: widths\\n    name: other | Duplicate",
      })
  void errorsNameTheThing(String old, String now, String message) throws IOException {
    assertTrue(TABLES.contains(old), old);
    Path yaml = TopicExperiment.write(folder, TABLES.replace(old, now.replace("\\n", "\n")));
    Exception e = assertThrows(IllegalArgumentException.class, () -> ExperimentFile.read(yaml));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains("topics.yaml], line "), e.getMessage());
  }

  /** Three documents of a, two of b, one of c; a tie goes to the first in the alphabet. */
  @Test
  void topicsAreThoseOfTheMostTrainingDocuments() {
    Split<Document> split =
        new Split<>(
            List.of(
                document("1", "a"),
                document("2", "a", "b"),
                document("3", "c", "a"),
                document("4", "b"),
                document("5", "c")),
            List.of(document("6", "c"), document("7", "c", "b")),
            List.of(document("8", "c"), document("9", "c"), document("10", "a")));
    Split<Document> two = DataSet.withTopics(split, 2);
    assertEquals(List.of("1 [a]", "2 [a, b]", "3 [a]", "4 [b]"), labels(two.training()));
    assertEquals(List.of("7 [b]"), labels(two.validation()));
    assertEquals(List.of("10 [a]"), labels(two.test()), "test documents do not choose");
    assertEquals(split, DataSet.withTopics(split, null));
    assertEquals(split, DataSet.withTopics(split, 3));
  }

  private static Document document(String id, String... labels) {
    return new Document(id, "text", List.of(labels));
  }

  private static List<String> labels(List<Document> documents) {
    return documents.stream().map(document -> document.id() + " " + document.labels()).toList();
  }

  /** Others than all documents are another result; a file without these keys keeps its rows. */
  @Test
  void topicsAndLeastWordsChangeTheDefinition() throws IOException {
    Set<String> definitions = new HashSet<>();
    for (String keys : List.of("", "\n  topics: 2", "\n  min_words: 2", "\n  topics: 3")) {
      Path yaml = TopicExperiment.write(folder, TABLES);
      Files.writeString(yaml, Files.readString(yaml).replaceFirst("(?m)^  file: .*$", "$0" + keys));
      Experiment experiment = ExperimentFile.read(yaml);
      assertTrue(definitions.add(Plan.of(experiment).getLast().definition()), keys);
    }
    Path yaml = TopicExperiment.write(folder, TABLES);
    Files.writeString(
        yaml, Files.readString(yaml).replaceFirst("(?m)^  file: .*$", "$0\n  topics: 0"));
    Exception e = assertThrows(IllegalArgumentException.class, () -> ExperimentFile.read(yaml));
    assertTrue(e.getMessage().contains("[topics] must be at least [1], got [0]"), e.getMessage());
  }

  @Test
  void anUnknownPreprocessingOptionIsNamed() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    Files.writeString(yaml, Files.readString(yaml).replace("min_df", "min_dff"));
    Exception e = assertThrows(IllegalArgumentException.class, () -> ExperimentFile.read(yaml));
    assertTrue(
        e.getMessage().contains("[preprocessing] option [min_dff] is unknown"), e.getMessage());
  }

  /** Tests run in the folder of the module. */
  @ParameterizedTest
  @ValueSource(strings = {"20newsgroups", "reuters"})
  void thePublishedExperimentsCanBeRead(String name) throws IOException {
    Experiment experiment = ExperimentFile.read(Path.of("reproduce", name + ".yaml"));
    assertEquals(name, experiment.name());
    List<Cell> plan = Plan.of(experiment);
    assertEquals(plan.size(), plan.stream().map(Cell::key).distinct().count());
  }

  @Test
  void aMissingFileIsNamed() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ExperimentFile.read(folder.resolve("none.yaml")));
    assertTrue(e.getMessage().endsWith("none.yaml] does not exist"), e.getMessage());
  }
}
