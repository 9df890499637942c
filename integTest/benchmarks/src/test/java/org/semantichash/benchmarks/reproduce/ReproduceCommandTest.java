// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {

  private static final String YAML =
      """
      name: topics
      input: {file: topics.jsonl, sha256: DIGEST, label_field: topic}
      preprocessing: {max_df: 0.6}
      split: {validation: 0.2, test: 0.2, seed: 1}
      training: {epochs: 4, hidden_units: 24, batch_size: 20, learning_rate: 0.01}
      tables:
        - name: widths
          bits: [8, 16]
          tolerance: 0.02
          runs:
            - {method: nash, label: NASH, options: {kl_warmup: 20}, paper: {8: 0.1, 16: 0.999}}
            - {method: bmsh, label: BMSH-S, supervised: true, options: {kl_warmup: 20}}
            - {method: bmsh, label: BMSH, options: {components: 4, kl_warmup: 20}}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int reproduce(String... more) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    String digest = TopicExperiment.writeDocuments(data);
    Path yaml = Files.writeString(folder.resolve("topics.yaml"), YAML.replace("DIGEST", digest));
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"reproduce", yaml.toString(), "--data", data.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Experiments.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void trainsMeasuresAndReports() throws IOException {
    assertEquals(0, reproduce("--workers", "2"), () -> err.toString());
    JsonNode rows = new ObjectMapper().readTree(folder.resolve("results/topics.json").toFile());
    assertEquals(8, rows.size());
    double chance = rows.get(1).get("precision_at_100").asDouble();
    for (JsonNode row : rows) {
      if (row.get("bits").asInt() > 0) {
        assertTrue(row.get("precision_at_100").asDouble() > chance + 0.1, row::toPrettyString);
        assertTrue(row.get("best_epoch").asInt() <= row.get("epochs").asInt());
        assertTrue(row.get("distinct_codes").asInt() > 4, row::toPrettyString);
      }
    }
    assertTrue(Files.exists(folder.resolve("topics.md")));
    assertTrue(out.toString().contains("OK                widths         NASH"), out::toString);
    assertTrue(out.toString().contains("FAIL              widths         NASH"), out::toString);
    err.getBuffer().setLength(0);
    assertEquals(1, reproduce("--strict"));
    assertFalse(err.toString().contains("1/"), err::toString); // ran nothing
  }

  @Test
  void anotherNumberOfWorkersGivesTheSamePrecision() throws IOException {
    reproduce("--workers", "1", "--only", "NASH/8", "--output", folder.resolve("a").toString());
    reproduce("--workers", "4", "--only", "NASH/8", "--output", folder.resolve("b").toString());
    ObjectMapper json = new ObjectMapper();
    JsonNode a = json.readTree(folder.resolve("a/results/topics.json").toFile());
    JsonNode b = json.readTree(folder.resolve("b/results/topics.json").toFile());
    assertEquals(1, a.size());
    assertEquals(a.get(0).get("precision_at_100"), b.get(0).get("precision_at_100"));
  }

  @Test
  void whatIntegersLoseIsMeasuredOnceAndReported() throws IOException {
    assertEquals(0, reproduce("--only", "BMSH/8"), () -> err.toString()); // writes the data
    Path yaml = folder.resolve("topics.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("widths", "unsupervised"));
    String[] arguments = {
      "reproduce", yaml.toString(), "-D", folder.resolve("data").toString(), "--quantised"
    };
    int code = Experiments.run(new PrintWriter(out), new PrintWriter(err), arguments);
    JsonNode rows = new ObjectMapper().readTree(folder.resolve("results/quantised.json").toFile());
    assertEquals(3, rows.size()); // three methods at 16 bits; 8 are not in this table
    boolean lost = false;
    for (JsonNode row : rows) {
      double before = row.get("float_precision_at_100").asDouble();
      double after = row.get("precision_at_100").asDouble();
      assertEquals(before, after, 0.02, row::toPrettyString); // 60 queries
      assertTrue(row.get("changed_bits").asDouble() < 0.03, row::toPrettyString);
      lost |= before - after > 0.002;
    }
    assertEquals(lost ? 1 : 0, code, () -> err.toString());
    String page = Files.readString(folder.resolve("quantised.md"));
    assertTrue(page.contains("| BMSH-S | unsupervised | 16 | "), page);
    err.getBuffer().setLength(0);
    Experiments.run(new PrintWriter(out), new PrintWriter(err), arguments);
    assertFalse(err.toString().contains("1/"), err::toString); // ran nothing
    assertEquals(page, Files.readString(folder.resolve("quantised.md")));
  }

  @Test
  void anUnknownOptionFailsItsRowsOnly() throws IOException {
    assertEquals(0, reproduce("--only", "NASH/8"), () -> err.toString());
    Path yaml = folder.resolve("topics.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("components: 4", "komponents: 4"));
    int code =
        Experiments.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "reproduce",
            yaml.toString(),
            "-D",
            folder.resolve("data").toString());
    assertEquals(1, code);
    assertTrue(
        err.toString().contains("FAILED widths/BMSH/8/1: options of [bmsh] must be among"),
        err::toString);
    assertTrue(Files.readString(folder.resolve("topics.md")).contains("| NASH |"));
  }

  @Test
  void severalAreComparedAtTheEndAndAgainFromTheirRows() throws IOException {
    assertEquals(0, reproduce("--only", "NASH/8"), () -> err.toString()); // writes the data
    String first = Files.readString(folder.resolve("topics.yaml")).replace("widths", "supervised");
    Path a = Files.writeString(folder.resolve("topics.yaml"), first);
    Path b =
        Files.writeString(folder.resolve("others.yaml"), first.replace("topics\n", "others\n"));
    assertEquals(0, several(a, b, "--only", "NASH/16"), () -> err.toString());
    assertEquals(
        1, new ObjectMapper().readTree(folder.resolve("results/others.json").toFile()).size());
    Path page = folder.resolve("summary.md");
    String written = Files.readString(page);
    assertTrue(written.contains("| NASH | incomplete: 32 bits, 64 bits, 128 bits |"), written);
    Files.delete(page);
    Files.delete(folder.resolve("data/topics.jsonl"));
    assertEquals(0, several(a, b, "--report-only"), () -> err.toString());
    assertEquals(written, Files.readString(page));
  }

  @Test
  void everyMethodThatTrainsIsTimed() throws IOException {
    TopicExperiment.writeDocuments(folder);
    String input = folder.resolve("topics.jsonl").toString();
    int code =
        Experiments.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "epochs",
            input,
            "--bits",
            "8",
            "--rounds",
            "1",
            "--max-df",
            "0.9");
    assertEquals(0, code, err::toString);
    assertTrue(out.toString().startsWith("228 documents, "), out::toString);
    for (String name : List.of("auto", "bmsh", "corrsh", "nash", "snuh", "vdsh", "wish")) {
      assertTrue(out.toString().contains("  " + name + " "), out::toString);
    }
    assertTrue(
        out.toString().matches("(?s).*corrsh / nash: [0-9.]+ \\(paper 1.48\\).*"), out::toString);
  }

  @Test
  void twoOfOneNameAreRefusedBeforeAnythingRuns() throws IOException {
    assertEquals(0, reproduce("--only", "NASH/8"), () -> err.toString());
    Path a = folder.resolve("topics.yaml");
    err.getBuffer().setLength(0);
    assertEquals(1, several(a, a, "--again"));
    assertFalse(err.toString().contains("1/"), err::toString);
    assertTrue(err.toString().contains("got [topics]"), err::toString);
  }

  private int several(Path a, Path b, String... more) {
    List<String> arguments = new ArrayList<>(List.of("reproduce", a.toString(), b.toString()));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return Experiments.run(
        new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }
}
