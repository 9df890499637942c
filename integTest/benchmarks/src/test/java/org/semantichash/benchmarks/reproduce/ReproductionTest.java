// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.reproduce.Plan.Choice;
import org.semantichash.benchmarks.reproduce.Results.RowFile;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.Parts;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.trainer.features.Features;

class ReproductionTest {

  private static final Choice ALL = new Choice(null, null, false);

  private static final String TABLES =
      """
        - name: widths
          title: Widths
          bits: [8, 16]
          seeds: [1]
          seeds_by_bits: {16: [1, 2, 3]}
          tolerance: 0.02
          runs:
            - method: parity
              label: Parity
              paper: {8: 0.1, 16: 0.99}
        - name: ablation
          bits: [8]
          vary: {option: colour, values: [red, green]}
          runs:
            - {method: parity}
      """;

  @TempDir private Path folder;

  private final CountingRunner runner = new CountingRunner();

  private List<String> run(Path yaml, Choice choice) throws IOException {
    return run(yaml, choice, runner);
  }

  private List<String> run(Path yaml, Choice choice, MethodRunner with) throws IOException {
    return new Reproduction(
            ExperimentFile.read(yaml),
            rowFile(),
            folder,
            with,
            new Origin("abc", "2026-01-01", "a machine", "1", 2),
            () -> false,
            new PrintWriter(new StringWriter()))
        .run(choice);
  }

  private Path rowFile() {
    return folder.resolve("results").resolve("topics.json");
  }

  private List<Row> rows() throws IOException {
    return new RowFile(rowFile()).read();
  }

  private List<String> paths() throws IOException {
    return rows().stream().map(row -> row.key().path()).toList();
  }

  private String report(Path yaml) throws IOException {
    StringWriter out = new StringWriter();
    Report report = new Report(ExperimentFile.read(yaml), rowFile(), folder, runner);
    report.write(new PrintWriter(out, true));
    report.print(new PrintWriter(out, true));
    return out.toString();
  }

  @Test
  void rowsComeInTheOrderOfTheExperimentWithBothReferences() throws IOException {
    assertEquals(List.of(), run(TopicExperiment.write(folder, TABLES), ALL));
    assertEquals(
        List.of(
            "widths/TF-IDF cosine (exact)/0/0",
            "widths/chance/0/0",
            "widths/Parity/8/1",
            "widths/Parity/16/1",
            "widths/Parity/16/2",
            "widths/Parity/16/3",
            "ablation/TF-IDF cosine (exact)/0/0",
            "ablation/chance/0/0",
            "ablation/parity/red/8/1",
            "ablation/parity/green/8/1"),
        paths());
    Row row = rows().get(2);
    assertEquals(row.precision().at100() - 0.1, row.setup().difference(), 0);
    assertEquals(new Parts(144, 48, 48, 20), row.parts());
  }

  @Test
  void whatIsRecordedIsNotRunAgainUnlessAsked() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    run(yaml, ALL);
    List<Row> before = rows();
    runner.runs.clear();
    run(yaml, ALL);
    assertEquals(List.of(), runner.runs);
    assertEquals(before, rows());
    run(yaml, new Choice("widths", Pattern.compile("Parity/16/[12]"), true));
    assertEquals(List.of("parity/16/1", "parity/16/2"), runner.runs.stream().sorted().toList());
  }

  @Test
  void whatOtherCodeOrDefaultsHaveMadeIsRunAgain() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    run(yaml, ALL);
    List<String> first = List.copyOf(runner.runs);
    runner.runs.clear();
    assertEquals(0, marked(yaml));
    runner.code = "second";
    assertEquals(2, marked(yaml), "each method's line, and no reference's");
    run(yaml, ALL);
    assertEquals(0, marked(yaml));
    assertEquals(first.stream().sorted().toList(), runner.runs.stream().sorted().toList());
    assertEquals("second/tuned", rows().getLast().setup().methodDigest());
    assertEquals(null, rows().getFirst().setup().methodDigest(), "a reference has no code");
  }

  /** The lines of the page's tables whose rows other code has made. */
  private long marked(Path yaml) throws IOException {
    report(yaml);
    return Files.readAllLines(folder.resolve("topics.md")).stream()
        .filter(line -> line.startsWith("|") && line.contains(" †"))
        .count();
  }

  /** A method twice in a table: the presets are two lines, and the rows tell which is which. */
  @Test
  void aPresetIsPartOfARow() throws IOException {
    Path yaml =
        TopicExperiment.write(
            folder,
            """
              - name: presets
                bits: [8]
                runs:
                  - {method: parity, label: Parity}
                  - {method: parity, preset: published, label: Parity as published}
            """);
    assertEquals(List.of(), run(yaml, ALL));
    assertEquals(List.of("parity/8/1", "parity/8/1"), runner.runs);
    List<Row> rows = rows().subList(2, 4);
    assertEquals(
        List.of("tuned", "published"), rows.stream().map(row -> row.key().preset()).toList());
    assertEquals(
        List.of("first/tuned", "first/published"),
        rows.stream().map(row -> row.setup().methodDigest()).toList());
    runner.runs.clear();
    run(yaml, ALL);
    assertEquals(List.of(), runner.runs);
  }

  @Test
  void afterAnInterruptionOnlyTheRestIsRun() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    run(
        yaml,
        ALL,
        new MethodRunner() {
          @Override
          public Outcome run(RowKey key, Map<String, String> options, Features features) {
            if (key.bits() == 16) {
              throw new CancellationException("interrupted");
            }
            return runner.run(key, options, features);
          }

          @Override
          public String digest(RowKey key) {
            return runner.digest(key);
          }
        });
    runner.runs.clear();
    run(yaml, ALL);
    assertEquals(
        List.of("parity/16/1", "parity/16/2", "parity/16/3"),
        runner.runs.stream().sorted().toList());
  }

  @Test
  void aChangedOptionRunsJustItsRowsAgain() throws IOException {
    run(TopicExperiment.write(folder, TABLES), ALL);
    runner.runs.clear();
    String changed =
        TABLES.replace("label: Parity", "label: Parity\n        options_by_bits: {8: {shape: 2}}");
    run(TopicExperiment.write(folder, changed), ALL);
    assertEquals(List.of("parity/8/1"), runner.runs);
    assertEquals("2", rows().get(2).setup().options().get("shape"));
    assertEquals(10, rows().size());
  }

  @Test
  void aChangedPaperValueOrLabelRunsNothingAgain() throws IOException {
    run(TopicExperiment.write(folder, TABLES), ALL);
    runner.runs.clear();
    run(
        TopicExperiment.write(
            folder, TABLES.replace("0.99", "0.25").replace("label: Parity", "label: Other")),
        ALL);
    assertEquals(List.of(), runner.runs);
    Row row = rows().get(3);
    assertEquals("widths/Other/16/1", row.key().path());
    assertEquals(0.25, row.setup().paper());
  }

  @Test
  void aRunThatTwoTablesWantIsRunOnce() throws IOException {
    String twice =
        TABLES
            + """
              - name: again
                bits: [8, 16]
                runs:
                  - {method: parity}
            """;
    run(TopicExperiment.write(folder, twice), ALL);
    assertEquals(6, runner.runs.size(), () -> "ran " + runner.runs);
    assertTrue(paths().contains("again/parity/16/1"));
  }

  @Test
  void onlyTheChosenTableIsRun() throws IOException {
    run(TopicExperiment.write(folder, TABLES), new Choice("ablation", null, false));
    assertEquals(List.of("parity/8/1", "parity/8/1"), runner.runs);
    assertThrows(
        IllegalArgumentException.class,
        () -> run(TopicExperiment.write(folder, TABLES), new Choice("nowhere", null, false)));
  }

  @Test
  void aFailingRunIsToldAndTheOthersGoOn() throws IOException {
    String broken = TABLES.replace("    - {method: parity}", "    - {method: broken}");
    assertEquals(
        List.of(
            "ablation/broken/green/8/1: [method] must be known, got [broken]",
            "ablation/broken/red/8/1: [method] must be known, got [broken]"),
        run(TopicExperiment.write(folder, broken), ALL).stream().sorted().toList());
    assertEquals(8, rows().size());
  }

  @Test
  void pageAndPicturesComeFromTheRowsAlone() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    run(yaml, ALL);
    String verdicts = report(yaml);
    Path page = folder.resolve("topics.md");
    byte[] first = Files.readAllBytes(page);
    Files.delete(page);
    Files.delete(folder.resolve("topics.jsonl"));
    assertEquals(verdicts, report(yaml));
    assertArrayEquals(first, Files.readAllBytes(page));
    assertTrue(Files.size(folder.resolve("topics-widths.png")) > 1000, verdicts);
    assertTrue(Files.size(folder.resolve("topics-ablation.png")) > 1000, verdicts);
    assertTrue(verdicts.contains("1 OK, 0 within tolerance, 1 FAIL, 2 without a paper's value"));
    String text = Files.readString(page);
    assertTrue(text.contains("144 training, 48 validation and 48 test documents, vocabulary 20"));
    assertTrue(text.contains("(0.9900) ✗"), text);
    assertTrue(text.contains("(0.1000) ✓"), text);
  }

  @Test
  void aPageNeedsRows() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    Exception e = assertThrows(IllegalArgumentException.class, () -> report(yaml));
    assertTrue(e.getMessage().contains("must hold rows of this experiment"), e.getMessage());
  }

  @Test
  void anotherDataSetIsRefused() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    Path data = folder.resolve("topics.jsonl");
    String expected = DataSet.sha256(Files.readAllBytes(data));
    Files.writeString(data, Files.readString(data) + "\n");
    Exception e = assertThrows(IllegalArgumentException.class, () -> run(yaml, ALL));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains(DataSet.sha256(Files.readAllBytes(data))), e.getMessage());
  }

  @Test
  void aMissingDataSetTellsWhereToGetIt() throws IOException {
    Path yaml = TopicExperiment.write(folder, TABLES);
    Files.delete(folder.resolve("topics.jsonl"));
    Exception e = assertThrows(IllegalArgumentException.class, () -> run(yaml, ALL));
    assertTrue(e.getMessage().endsWith("made up by a test"), e.getMessage());
  }
}
