// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.languages;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.codec.digest.DigestUtils;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.cli.SemanticHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains on package descriptions of several languages with the analyzer that the trainer finds and
 * with the one for English words, and records how well both find packages of the same section.
 */
@Command(
    name = "languages",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the analyzers of languages on Debian's translated package descriptions.",
      "The texts are read from Debian's mirror and kept in --cache only."
    })
public final class LanguagesCommand implements Callable<Integer> {

  private static final String COMMAND = "./run languages";

  /** How texts become terms: by what the trainer finds, or as if they were English. */
  private static final Map<String, List<String>> ANALYZERS =
      Map.of(
          "found", List.of("--language", "auto"),
          "english words", List.of("--tokenizer", "word", "--stop-words", "english"));

  @Option(
      names = "--mirror",
      defaultValue = "https://deb.debian.org/debian/dists/bookworm/main/",
      description = "The component of a suite. Default: ${DEFAULT-VALUE}")
  private URI mirror;

  @Option(
      names = "--languages",
      split = ",",
      defaultValue = "de,fr,ru,ja",
      description = "Languages with translations. Default: ${DEFAULT-VALUE}")
  private List<String> languages;

  @Option(
      names = "--max-documents",
      defaultValue = "10000",
      description =
          "The most descriptions of a language, a random sample. Default: ${DEFAULT-VALUE}")
  private int maxDocuments;

  @Option(
      names = "--cache",
      defaultValue = "target/debian",
      description = "Where downloads and models are kept. Default: ${DEFAULT-VALUE}")
  private Path cache;

  @Option(
      names = "--output",
      defaultValue = "results/languages.json",
      description = "The file of results. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DebianDescriptions descriptions = new DebianDescriptions(mirror, cache);
    Map<String, Object> header =
        Machine.describe(COMMAND, Path.of(""), Options.SEED, "../../src", "../../trainer", "src");
    header.put("mirror", mirror.toString());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String language : languages) {
      Path texts = cache.resolve(language + ".jsonl");
      int documents = descriptions.write(language, texts);
      for (String analyzer : ANALYZERS.keySet().stream().sorted().toList().reversed()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("language", language);
        row.put(
            "sha256",
            DigestUtils.sha256Hex(Files.readAllBytes(descriptions.translation(language))));
        row.put("translations", documents);
        row.put("terms_by", analyzer);
        row.putAll(measure(texts, language, ANALYZERS.get(analyzer)));
        rows.add(row);
        new RowsFile(header, rows).write(output); // complete after every row
        out().println(row);
      }
    }
    return 0;
  }

  /** Trains, holds a tenth out, and gives what was measured on it. */
  private Map<String, Object> measure(Path texts, String language, List<String> analyzer)
      throws IOException {
    Path model = cache.resolve(language + ".onnx");
    List<String> arguments =
        new ArrayList<>(
            List.of("train", texts.toString(), "-o", model.toString(), "--test", "0.1"));
    arguments.addAll(List.of("--max-documents", Integer.toString(maxDocuments)));
    arguments.addAll(analyzer);
    PrintWriter err = spec.commandLine().getErr();
    int code = SemanticHash.run(err, err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(arguments + " ended with exit code [" + code + "]");
    }
    return figures(EncoderModel.read(model).metadata());
  }

  private static Map<String, Object> figures(ModelMetadata metadata) {
    Map<String, String> provenance = metadata.provenance();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("analyzer", metadata.analyzer().type().lowerCaseName());
    figures.put("terms", metadata.vectorizer().vocabulary().size());
    figures.put("bits", metadata.bits());
    figures.put("training_documents", Integer.valueOf(provenance.get("training_documents")));
    figures.put("queries", Integer.valueOf(provenance.get("test.queries")));
    for (String name : List.of("precision", "precision_tf_idf_cosine", "precision_chance")) {
      double value = Double.parseDouble(provenance.get("test." + name));
      figures.put(
          name.replace("precision", "precision_at_100"), Math.round(value * 10_000) / 10_000.0);
    }
    return figures;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
