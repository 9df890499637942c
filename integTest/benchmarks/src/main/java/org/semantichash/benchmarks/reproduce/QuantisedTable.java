// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.benchmarks.reproduce.MethodRunner.Outcome;
import org.semantichash.benchmarks.reproduce.Plan.Cell;
import org.semantichash.benchmarks.reproduce.Plan.Choice;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.encoder.Encoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.RetrievalEvaluator;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.onnx.Quantisation;

/**
 * What the methods lose when their networks become networks of integers: every run of the tables of
 * methods at 16 to 128 bits is trained again with its first seed, quantised on the validation
 * documents as the verb train does it, and measured twice on the test documents. Rows are recorded
 * as they come, so that the next call goes on.
 */
public final class QuantisedTable {

  /** The name of the page and of the file of rows. */
  private static final String NAME = "quantised";

  private static final Set<String> TABLES = Set.of("unsupervised", "supervised");
  private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128);

  /** By how much precision may fall, see the option --quantisation-loss of the verb train. */
  private static final double MOST_LOSS = 0.002;

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /**
   * One run, measured in floats and in integers.
   *
   * @param experiment its name
   * @param changedBits the share of the bits of test documents that differ
   * @param definition digest of all that decides about the training
   */
  record Row(
      String experiment,
      String table,
      String label,
      int bits,
      long seed,
      @JsonProperty("float_precision_at_100") double floatPrecisionAt100,
      @JsonProperty("precision_at_100") double precisionAt100,
      double changedBits,
      String definition,
      Origin origin) {

    String key() {
      return experiment + "/" + table + "/" + label + "/" + bits + "/" + seed;
    }

    double loss() {
      return floatPrecisionAt100 - precisionAt100;
    }
  }

  private final List<Experiment> experiments;
  private final Path folder;
  private final LearnedMethods runner;
  private final Origin origin;
  private final Runs runs;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /**
   * The table with the rows that are recorded.
   *
   * @param folder of the page and of results/
   * @param origin goes into each row, with the number of runs at a time
   * @param stopRequested once it returns true, no further run is begun
   * @param err gets the progress
   */
  public QuantisedTable(
      List<Experiment> experiments,
      Path folder,
      LearnedMethods runner,
      Origin origin,
      BooleanSupplier stopRequested,
      PrintWriter err)
      throws IOException {
    this.experiments = List.copyOf(experiments);
    this.folder = folder;
    this.runner = runner;
    this.origin = origin;
    this.runs = new Runs(origin.workers(), stopRequested, err);
    if (Files.exists(rowFile())) {
      List<Row> recorded = JSON.readValue(rowFile().toFile(), new TypeReference<>() {});
      recorded.forEach(row -> rows.put(row.key(), row));
    }
  }

  private Path rowFile() {
    return folder.resolve("results").resolve(NAME + ".json");
  }

  /**
   * Runs what is chosen and not recorded, and writes the page.
   *
   * @param data the folder of the data sets
   * @return what failed, one line each; a loss above .002 fails too
   */
  public List<String> run(Path data, Choice choice) throws IOException {
    List<Runs.Run> wanted = new ArrayList<>();
    for (Experiment experiment : experiments) {
      List<Cell> cells = cells(experiment, choice);
      if (cells.isEmpty() == false) {
        DataSet dataSet = DataSet.read(experiment, data);
        for (Cell cell : cells) {
          String name = experiment.name() + "/" + cell.key().path();
          wanted.add(new Runs.Run(name, () -> run(experiment, cell, dataSet)));
        }
      }
    }
    runs.execute(wanted);
    return report();
  }

  private List<Cell> cells(Experiment experiment, Choice choice) {
    return Plan.of(experiment).stream()
        .filter(cell -> TABLES.contains(cell.key().table()))
        .filter(cell -> WIDTHS.contains(cell.key().bits()) && choice.matches(cell.key()))
        .filter(cell -> cell.key().seed() == seed(experiment, cell))
        .filter(cell -> choice.again() || isRecorded(experiment, cell) == false)
        .toList();
  }

  private static long seed(Experiment experiment, Cell cell) {
    return experiment.tables().stream()
        .filter(table -> table.name().equals(cell.key().table()))
        .mapToLong(table -> table.seedsAt(cell.key().bits()).getFirst())
        .findFirst()
        .orElseThrow();
  }

  private boolean isRecorded(Experiment experiment, Cell cell) {
    Row row = rows.get(experiment.name() + "/" + cell.key().path());
    return row != null && row.definition().equals(cell.definition());
  }

  private String run(Experiment experiment, Cell cell, DataSet dataSet) throws IOException {
    Row row = measure(experiment, cell, dataSet.features(cell.split()));
    record(row);
    return String.format(
        Locale.ROOT,
        "precision %.4f, in integers %.4f, %.3f %% of the bits differ",
        row.floatPrecisionAt100(),
        row.precisionAt100(),
        100 * row.changedBits());
  }

  private Row measure(Experiment experiment, Cell cell, Features features) {
    RowKey key = cell.key();
    Outcome outcome = runner.run(key, cell.options(), features);
    HashNetwork network = (HashNetwork) outcome.encoder();
    Encoder integers =
        Quantisation.of(
                network, features.vectorizer().options().norm(), features.validation().vectors())
            .network();
    List<SparseVector> queries = features.test().vectors();
    List<BinaryCode> codes = integers.encode(queries);
    return new Row(
        experiment.name(),
        key.table(),
        key.label(),
        key.bits(),
        key.seed(),
        precision(features, network, network.encode(queries)),
        precision(features, integers, codes),
        Quantisation.changedBits(network.encode(queries), codes),
        cell.definition(),
        origin);
  }

  private static double precision(Features features, Encoder encoder, List<BinaryCode> queries) {
    RetrievalEvaluator evaluator =
        new RetrievalEvaluator(
            features.test().labels(), features.training().labels(), Evaluation.DEFAULT_K);
    return evaluator.codes(queries, encoder.encode(features.training().vectors())).precision();
  }

  private synchronized void record(Row row) throws IOException {
    rows.put(row.key(), row);
    Results.write(rowFile(), JSON, wanted());
  }

  /** In the order of the experiments; rows that these do not want any more stay, last. */
  private List<Row> wanted() {
    Map<String, Row> ordered = new LinkedHashMap<>();
    for (Experiment experiment : experiments) {
      for (Cell cell : Plan.of(experiment)) {
        String key = experiment.name() + "/" + cell.key().path();
        if (rows.containsKey(key)) {
          ordered.put(key, rows.get(key));
        }
      }
    }
    rows.forEach(ordered::putIfAbsent);
    return List.copyOf(ordered.values());
  }

  /**
   * Writes the page.
   *
   * @return what failed or lost too much, one line each
   */
  public synchronized List<String> report() throws IOException {
    List<String> failed = new ArrayList<>(runs.failures());
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Networks in integers

        Written by `run reproduce --quantised`; do not edit. A model file (format 2) holds its network
        in integers of 8 bits; here every method is measured before and after, on the same training.
        Precision at 100 of the test documents; the last columns are its loss, at most .002 in a file
        that the verb `train` writes, and the share of the test documents' bits that differ.

        """);
    String experiment = "";
    MarkdownTable table = null;
    for (Row row : wanted()) {
      if (row.experiment().equals(experiment) == false) {
        page.append(table == null ? "" : table + "\n");
        page.append("## ").append(row.experiment()).append("\n\n");
        table = new MarkdownTable(HEADER);
        experiment = row.experiment();
      }
      table.add(line(row));
      if (row.loss() > MOST_LOSS) {
        failed.add(row.key() + ": loses " + String.format(Locale.ROOT, "%.4f", row.loss()));
      }
    }
    page.append(table == null ? "" : table);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(NAME + ".md"), page);
    return failed;
  }

  private static final List<String> HEADER =
      List.of("method", "table", "bits", "floats", "integers", "loss", "bits that differ");

  private static List<String> line(Row row) {
    return List.of(
        row.label(),
        row.table(),
        Integer.toString(row.bits()),
        String.format(Locale.ROOT, "%.4f", row.floatPrecisionAt100()),
        String.format(Locale.ROOT, "%.4f", row.precisionAt100()),
        String.format(Locale.ROOT, "%+.4f", row.loss()),
        String.format(Locale.ROOT, "%.3f %%", 100 * row.changedBits()));
  }
}
