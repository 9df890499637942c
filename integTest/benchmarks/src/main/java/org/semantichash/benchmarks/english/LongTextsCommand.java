// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.english;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.semantichash.TextHasher;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the code of a long text means: long texts are made of glosses of one subject (a
 * lexicographer file) or of all subjects, and compared with each other and with the glosses in
 * them.
 */
@Command(
    name = "long-texts",
    mixinStandardHelpOptions = true,
    description = "Measure what is left of the parts of a long text in its code.")
public final class LongTextsCommand implements Callable<Integer> {

  private static final String COMMAND = "./run long-texts";
  private static final int TEXTS = 60; // of each kind and length
  private static final int PARTS = 10; // of each text that are compared with it
  private static final List<Integer> LENGTHS = List.of(1, 4, 16, 64, 256, 1024, 2500);

  @Option(
      names = "--model",
      defaultValue = "../../src/main/resources/org/semantichash/encoder/builtin/_english_64.onnx",
      description = "The model. Default: ${DEFAULT-VALUE}")
  private Path model;

  @Option(
      names = "--output",
      defaultValue = "results/long-texts.json",
      description = "The file of results. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Spec private CommandSpec spec;

  private final Random random = new Random(Options.SEED);

  @Override
  public Integer call() throws IOException {
    Map<String, Object> header =
        Machine.describe(COMMAND, Path.of(""), Options.SEED, "../../src", "src");
    EncoderModel file = EncoderModel.read(model);
    header.put("model", file.digest());
    List<Gloss> all = WordNet.shuffled(WordNet.nouns(), Options.SEED);
    List<List<Gloss>> subjects =
        all.stream().collect(Collectors.groupingBy(Gloss::label)).values().stream()
            .filter(glosses -> glosses.size() >= LENGTHS.getLast())
            .toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    try (TextHasher hasher = TextHasher.open(file)) {
      for (int length : LENGTHS) {
        rows.add(row(hasher, "one subject", length, subjects));
        rows.add(row(hasher, "all subjects", length, List.of(all)));
      }
    }
    new RowsFile(header, rows).write(output);
    rows.forEach(row -> spec.commandLine().getOut().println(row));
    return 0;
  }

  /**
   * A text of glosses.
   *
   * @param subject the number of the source that they are from
   */
  private record LongText(int subject, List<BinaryCode> parts, BinaryCode code) {}

  private LongText text(TextHasher hasher, int subject, List<Gloss> source, int length) {
    List<Gloss> glosses = new ArrayList<>(source);
    Collections.shuffle(glosses, random);
    List<String> parts = glosses.subList(0, length).stream().map(Gloss::text).toList();
    return new LongText(
        subject,
        parts.stream().limit(PARTS).map(part -> hasher.hash(part).code()).toList(),
        hasher.hash(String.join("\n", parts)).code());
  }

  private Map<String, Object> row(
      TextHasher hasher, String kind, int length, List<List<Gloss>> sources) {
    List<LongText> texts = new ArrayList<>();
    while (texts.size() < TEXTS) {
      int subject = texts.size() % sources.size();
      texts.add(text(hasher, subject, sources.get(subject), length));
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("glosses", length);
    row.put("of", kind);
    row.put("bits", hasher.bits());
    row.put("distance_of_texts_of_one_subject", texts(texts, true));
    if (kind.equals("one subject")) {
      row.put("distance_of_texts_of_two_subjects", texts(texts, false));
    }
    row.put("distance_to_own_parts", parts(texts, true));
    row.put("distance_to_parts_of_others", parts(texts, false));
    return row;
  }

  private static double texts(List<LongText> texts, boolean same) {
    List<Integer> distances = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        if ((texts.get(i).subject() == texts.get(j).subject()) == same) {
          distances.add(texts.get(i).code().distance(texts.get(j).code()));
        }
      }
    }
    return mean(distances);
  }

  private static double parts(List<LongText> texts, boolean own) {
    List<Integer> distances = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      LongText other = texts.get(own ? i : (i + 1) % texts.size());
      for (BinaryCode part : other.parts()) {
        distances.add(texts.get(i).code().distance(part));
      }
    }
    return mean(distances);
  }

  private static double mean(List<Integer> distances) {
    double mean = distances.stream().mapToInt(Integer::intValue).average().orElseThrow();
    return Math.round(mean * 10) / 10.0;
  }
}
