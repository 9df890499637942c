// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.english;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.http.Http;
import org.semantichash.trainer.cli.SemanticHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Trains the built-in model for English, or measures it on texts that it has never seen beside a
 * model trained on these texts. The same version of Java makes the same file, byte for byte, if
 * SOURCE_DATE_EPOCH gives the time that the file names.
 */
@Command(
    name = "english",
    mixinStandardHelpOptions = true,
    description = {
      "Make the built-in model for English from WordNet; with INPUT measure it instead.",
      "For the same bytes again set SOURCE_DATE_EPOCH to the seconds of its [created]."
    })
public final class EnglishCommand implements Callable<Integer> {

  private static final String COMMAND = "./run english INPUT...";

  private static final List<String> TRAINING =
      List.of(
          "--label-field=none",
          "--language=english",
          "--sublinear-tf",
          "--bits=64",
          "--max-features=15000",
          "--hidden-units=256",
          "--epochs=10",
          "--test=0");

  @Parameters(
      paramLabel = "INPUT",
      arity = "0..*",
      description = "Labelled texts as [semantic-hash evaluate] reads them.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--label-field",
      defaultValue = "labels",
      description = "The field with the labels. Default: ${DEFAULT-VALUE}")
  private String labelField;

  @Option(
      names = "--model",
      defaultValue = "../../src/main/resources/org/semantichash/encoder/builtin/_english_64.onnx",
      description = "The file to make or to measure. Default: ${DEFAULT-VALUE}")
  private Path model;

  @Option(
      names = "--output",
      defaultValue = "results/english.json",
      description = "The file of measurements. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Option(
      names = "--work",
      defaultValue = "target/english",
      description = "A folder for temporary files. Default: ${DEFAULT-VALUE}")
  private Path work;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (inputs.isEmpty()) {
      make();
    } else {
      measure();
    }
    return 0;
  }

  private void make() throws IOException {
    Path texts = work.resolve("wordnet.jsonl");
    RelatedWords.write(texts);
    List<String> arguments =
        new ArrayList<>(List.of("train", texts.toString(), "-o", model.toString()));
    arguments.addAll(TRAINING);
    run(arguments);
    EncoderModel made = EncoderModel.read(model);
    out().println(made.digest() + "  " + model.getFileName());
  }

  private void measure() throws IOException {
    Map<String, Object> header =
        Machine.describe(COMMAND, Path.of(""), Options.SEED, "../../src", "../../trainer", "src");
    header.put("model", EncoderModel.read(model).digest());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Path input : inputs) {
      rows.add(row(input, "built-in", builtIn(input)));
      rows.add(row(input, "trained on these texts", trainedHere(input)));
      new RowsFile(header, rows).write(output); // complete after every input
      out().println(rows.subList(rows.size() - 2, rows.size()));
    }
  }

  private static Map<String, Object> row(Path input, String model, Map<String, ?> figures) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("texts", input.getFileName().toString());
    row.put("model", model);
    for (String name :
        List.of(
            "queries",
            "database_documents",
            "precision",
            "precision_tf_idf_cosine",
            "precision_chance",
            "documents_without_known_terms")) {
      double value = Double.parseDouble(figures.get(name).toString());
      row.put(
          name.replace("precision", "precision_at_100"),
          name.startsWith("precision")
              ? Math.round(value * 10_000) / 10_000.0
              : (Object) (int) value);
    }
    return row;
  }

  /** A random fifth of the texts is searched for in the rest. */
  private Map<String, ?> builtIn(Path input) throws IOException {
    String json =
        run(
            List.of(
                "evaluate",
                model.toString(),
                input.toString(),
                "--label-field=" + labelField,
                "--json"));
    return Http.JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
  }

  /** The same share of the texts, searched for in those that the model has learned from. */
  private Map<String, ?> trainedHere(Path input) throws IOException {
    Path trained = work.resolve("trained.onnx");
    run(
        List.of(
            "train",
            input.toString(),
            "-o",
            trained.toString(),
            "--label-field=" + labelField,
            "--test=0.2"));
    Map<String, Object> figures = new TreeMap<>();
    EncoderModel.read(trained)
        .metadata()
        .provenance()
        .forEach((name, value) -> figures.put(name.replaceFirst("^test\\.", ""), value));
    return figures;
  }

  /** Runs a verb of the trainer and gives what it prints. */
  private String run(List<String> arguments) {
    StringWriter printed = new StringWriter();
    PrintWriter err = spec.commandLine().getErr();
    int code = SemanticHash.run(new PrintWriter(printed), err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(arguments + " ended with exit code [" + code + "]");
    }
    return printed.toString();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
