// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.semantichash.TextHasher;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.report.BitWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells everything about a model file. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Check a model file and print its metadata.")
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = FileArguments.MODEL)
  private Path modelFile;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--bits",
      description = "Also print the words that switch each bit on and off the strongest.")
  private boolean bits;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    EncoderModel model = FileArguments.readModel(modelFile);
    String problem = goldenProblem(model);
    Map<String, Object> description = describe(model, problem);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(description));
    } else {
      print(out, "", description);
    }
    return problem == null ? 0 : 1;
  }

  private static String goldenProblem(EncoderModel model) {
    try (TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(model.metadata().goldenTexts());
      return null;
    } catch (InvalidModelException e) {
      return e.getMessage();
    } catch (Encoder.UnavailableException e) {
      return "not run: " + e.getMessage(); // the rest of the file can be told without the library
    }
  }

  private Map<String, Object> describe(EncoderModel model, String problem) {
    ModelMetadata metadata = model.metadata();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", modelFile.toString());
    map.put("size_bytes", model.sizeInBytes());
    map.put("sha256", model.digest());
    map.put("format_version", metadata.formatVersion());
    map.put("numbers", numbers(model));
    map.put("method", metadata.method());
    map.put("bits", metadata.bits());
    map.put("vocabulary_terms", metadata.vectorizer().vocabulary().size());
    map.put("empty_code", metadata.emptyCode().toHex());
    map.put("golden_texts", metadata.goldenTexts().size());
    map.put("golden_check", problem == null ? "passed" : problem);
    Provenance.codes(metadata.provenance()).ifPresent(codes -> map.put("training_codes", codes));
    if (metadata.provenance().containsKey(Provenance.WARNING)) {
      map.put("warning", metadata.provenance().get(Provenance.WARNING));
    }
    map.put("analyzer", new TreeMap<>(metadata.analyzer().toProperties()));
    metadata
        .vectorizer()
        .vocabulary()
        .ngrams()
        .ifPresent(ngrams -> map.put("ngrams", ngrams.toProperties()));
    map.put("tf_idf", new TreeMap<>(metadata.vectorizer().options().toProperties()));
    map.put("options", new TreeMap<>(metadata.options()));
    map.put("provenance", new TreeMap<>(metadata.provenance()));
    if (bits) {
      map.put("bit_words", bitWords(model));
    }
    return map;
  }

  private Map<String, Object> bitWords(EncoderModel model) {
    IntegerNetwork network =
        model
            .network()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "[bits] needs a model of integers, as train writes it; the graph of ["
                            + modelFile
                            + "] has another form"));
    List<BitWords> words = BitWords.of(network, model.metadata().vectorizer());
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "[bits] needs a vocabulary of words; model ["
              + modelFile
              + "] has hashed n-grams instead");
    }
    Map<String, Object> map = new LinkedHashMap<>();
    words.forEach(
        bit ->
            map.put(
                Integer.toString(bit.bit()),
                new TreeMap<>(Map.of("on", bit.on(), "off", bit.off()))));
    return map;
  }

  /** What the network computes with. */
  private static String numbers(EncoderModel model) {
    if (model.metadata().formatVersion() == ModelFormat.FLOAT_VERSION) {
      return "floats, run by ONNX Runtime";
    }
    String weights = "int8 weights, term weights of 7 bits, int32 sums";
    return model
        .network()
        .map(
            network ->
                network.layers().stream()
                    .map(layer -> layer.inputs() + " x " + layer.outputs())
                    .collect(Collectors.joining(", ", weights + ": ", "")))
        .orElse("integers in a graph of another form, run by ONNX Runtime");
  }

  private static void print(PrintWriter out, String indent, Map<?, ?> values) {
    values.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> group) {
            out.println(indent + key + ":");
            print(out, indent + "  ", group);
          } else {
            out.println(indent + key + ": " + value);
          }
        });
  }
}
