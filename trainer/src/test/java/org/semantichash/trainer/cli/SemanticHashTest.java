// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.methods.HashingMethod;

class SemanticHashTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static Path corpus;
  private static Path model;

  private static CommandRun trained;

  /** Trains a small model; what is given replaces or adds to the options. */
  private static CommandRun train(Path target, Object... more) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(Map.of("--bits", 24, "--hidden-units", 32, "--epochs", 8, "--batch-size", 20));
    options.putAll(Map.of("--learning-rate", 0.01, "--option", "kl_warmup=50", "--max-df", 0.6));
    options.putAll(Map.of("--test", 0.1, "--validation", 0.1));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i].toString(), more[i + 1]);
    }
    List<Object> arguments = new ArrayList<>(List.of("train", corpus, "-o", target));
    options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    return CommandRun.of(arguments.toArray());
  }

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 600, 1);
    model = folder.resolve("topics.onnx");
    trained = train(model);
  }

  @Test
  void trainWritesAModelThatFindsTheTopic() {
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.err().contains("480 training, 60 validation and 60 test documents"));
    assertTrue(trained.err().contains("epoch 1: loss "), trained.err());
    assertTrue(trained.out().contains("the 100 nearest, 60 queries, 480 documents"));
    assertTrue(trained.out().contains("ONNX Runtime gives the same bits for 309 texts"));
    EncoderModel read = FileArguments.readModel(model);
    assertEquals(24, read.metadata().bits());
    assertEquals("auto", read.metadata().method());
    assertEquals("50", read.metadata().options().get("neighbours"));
    assertEquals("0.01", read.metadata().options().get("learning_rate"));
    Map<String, String> provenance = read.metadata().provenance();
    assertEquals("480", provenance.get("training_documents"));
    assertEquals("600", provenance.get("input_documents"));
    assertEquals("all", provenance.get("max_documents"));
    assertEquals("text", provenance.get("text_fields"));
    assertEquals("label", provenance.get("label_field"));
    assertEquals("id", provenance.get("id_field"));
    List<String> epochs =
        trained.err().lines().filter(line -> line.matches("epoch \\d+: loss .*")).toList();
    assertEquals("" + epochs.size(), provenance.get("epochs_run"));
    List<String> best = epochs.stream().filter(line -> line.contains(" (best), ")).toList();
    assertTrue(best.getLast().startsWith("epoch " + provenance.get("best_epoch") + ": "));
    assertEquals("false", provenance.get("interrupted"));
    assertTrue(
        trained
            .err()
            .contains(
                "trained "
                    + epochs.size()
                    + " whole epochs, best "
                    + provenance.get("best_epoch")
                    + ": "),
        trained.err());
    double precision = Double.parseDouble(read.metadata().provenance().get("test.precision"));
    assertTrue(precision > 0.8, "precision " + precision);
  }

  @Test
  void evaluateMeasuresTheSameKindOfThing() throws IOException {
    Path fresh = TopicCorpus.write(folder.resolve("fresh.jsonl"), 200, 2);
    CommandRun table = CommandRun.of("evaluate", model, fresh, "--database", corpus);
    assertEquals(0, table.code(), table.err());
    assertTrue(table.out().contains("the 100 nearest, 200 queries, 600 documents"), table.out());
    JsonNode json =
        JSON.readTree(CommandRun.of("evaluate", model, fresh, "--k", 20, "--json").out());
    assertEquals(20, json.get("k").asInt());
    assertEquals(40, json.get("queries").asInt());
    assertEquals(160, json.get("database_documents").asInt());
    assertTrue(json.get("precision").asDouble() > 0.8);
    assertTrue(json.get("precision_chance").asDouble() < 0.4);
  }

  @Test
  void twoModelsAreComparedOnTheSameQueries() throws IOException {
    Path fresh = TopicCorpus.write(folder.resolve("compared.jsonl"), 200, 3);
    Path other = folder.resolve("other.onnx");
    assertEquals(
        0, CommandRun.of("train", corpus, "-o", other, "--method", "lsh", "--bits", 16).code());
    JsonNode json = JSON.readTree(CommandRun.of("evaluate", other, model, fresh, "--json").out());
    assertEquals(
        json.get("second").get("precision_at_10").asDouble()
            - json.get("first").get("precision_at_10").asDouble(),
        json.get("precision_difference_at_10").asDouble(),
        1e-9);
    assertTrue(json.get("precision_difference_at_k_standard_error").asDouble() > 0);
    CommandRun same = CommandRun.of("evaluate", model, model, fresh);
    assertTrue(same.out().contains("  precision at 1   +0.0000 +- 0.0000"), same.out());
    assertTrue(same.out().contains("  precision at 100 +0.0000 +- 0.0000"), same.out());
    assertTrue(same.out().contains("  codes - cosine, at 100 "), same.out());
    CommandRun missing = CommandRun.of("evaluate", model);
    assertEquals(2, missing.code());
  }

  @Test
  void encodePrintsALineForEachText() throws IOException {
    CommandRun texts =
        CommandRun.of("encode", model, "--text", "rain and thunder", "--text", "nothing known");
    assertEquals(0, texts.code(), texts.err());
    JsonNode first = JSON.readTree(texts.out().lines().toList().get(0));
    JsonNode second = JSON.readTree(texts.out().lines().toList().get(1));
    assertEquals("1", first.get("id").asText());
    assertEquals(2, first.get("known_terms").asInt());
    assertEquals(6, first.get("code").asText().length());
    assertEquals(0, second.get("known_terms").asInt());
    String empty = EncoderModel.read(model).metadata().emptyCode().toHex();
    assertEquals(empty, second.get("code").asText());
    CommandRun documents = CommandRun.of("encode", model, corpus, "--max-documents", 5);
    assertEquals(5, documents.out().lines().count());
    List<Integer> numbers = new ArrayList<>();
    for (String line : documents.out().lines().toList()) {
      numbers.add(Integer.valueOf(JSON.readTree(line).get("id").asText().substring(1)));
    }
    assertEquals(numbers.stream().sorted().toList(), numbers);
    assertTrue(numbers.getLast() > 4, "a random sample, got " + numbers);
  }

  @Test
  void inspectTellsEverything() throws IOException {
    CommandRun text = CommandRun.of("inspect", model);
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().contains("golden_check: passed"), text.out());
    JsonNode json = JSON.readTree(CommandRun.of("inspect", model, "--json").out());
    assertEquals(24, json.get("bits").asInt());
    assertEquals(48, json.get("golden_texts").asInt());
    assertEquals("1", json.get("options").get("seed").asText());
    assertEquals(Files.size(model), json.get("size_bytes").asLong());
    assertEquals(64, json.get("provenance").get("data_sha256").asText().length());
  }

  @Test
  void theSameSeedGivesTheSameModel() throws IOException {
    Path again = folder.resolve("again.onnx");
    Path other = folder.resolve("other.onnx");
    assertEquals(0, train(again, "--threads", 3).code());
    assertEquals(0, train(other, "--seed", 2).code());
    assertArrayEquals(withoutTime(model), withoutTime(again));
    assertFalse(Arrays.equals(withoutTime(model), withoutTime(other)));
  }

  /** The file with its time of creation set to zeros, and the digest that covers it. */
  private static byte[] withoutTime(Path file) throws IOException {
    String time = EncoderModel.read(file).metadata().provenance().get("created");
    String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    return bytes
        .replace(time, "0".repeat(time.length()))
        .replaceFirst("(metadata\\.sha256..)[0-9a-f]{64}", "$1" + "0".repeat(64))
        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void aSampleIsSplitAndItsDocumentsAreCounted() {
    Path target = folder.resolve("sample.onnx");
    CommandRun run = train(target, "--max-documents", 200, "--epochs", 1);
    assertEquals(
        "200", FileArguments.readModel(target).metadata().provenance().get("max_documents"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("read 200 of 600 documents in "), run.err());
    assertTrue(run.err().contains(" documents/s, "), run.err());
    assertTrue(run.err().contains("160 training, 20 validation and 20 test documents"), run.err());
  }

  @Test
  void unlabelledTextsTrainTooAndSayThatNothingCouldBeMeasured() throws IOException {
    Path target = folder.resolve("unlabelled.onnx");
    Path unlabelled = folder.resolve("unlabelled.jsonl");
    Files.writeString(unlabelled, Files.readString(corpus).replace("\"label\":", "\"topic\":"));
    CommandRun run =
        CommandRun.of("train", unlabelled, "-o", target, "--epochs", 2, "--max-df", 0.6);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("no query has a label: no precision"), run.out());
    EncoderModel read = FileArguments.readModel(target);
    assertFalse(read.metadata().provenance().containsKey("test.precision"));
    assertTrue(read.metadata().provenance().containsKey("test.distinct_codes"));
  }

  @Test
  void codesThatTellNothingApartAreWarnedOfAndInspectSaysSo() {
    Path target = folder.resolve("collapsed.onnx");
    CommandRun run =
        train(
            target,
            "--method",
            "nash",
            "--option",
            "kl_weight=1",
            "-O",
            "kl_warmup=0",
            "--test",
            0,
            "--epochs",
            1);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("WARNING: "), run.err());
    String warning =
        run.err().substring(run.err().indexOf("WARNING: ") + 9).lines().toList().get(0);
    assertTrue(warning.contains("distinct") || warning.contains("same in every code"), warning);
    assertTrue(CommandRun.of("inspect", target).out().contains("\nwarning: " + warning + "\n"));
  }

  @Test
  void labelsThatAreMissingAreSaid() throws IOException {
    Path plain = folder.resolve("plain.jsonl");
    java.nio.file.Files.writeString(
        plain, java.nio.file.Files.readString(corpus).replaceAll("\"labels?\"", "\"subject\""));
    assertFailure(
        1,
        "semantic-hash train: [supervised] needs training documents with at least [2] different"
            + " labels, got [0]",
        CommandRun.of(
            "train",
            plain,
            "-o",
            folder.resolve("no.onnx"),
            "--supervised",
            "--choose-by",
            "neighbours",
            "--max-df",
            0.6));
    assertFailure(
        1,
        "semantic-hash train: options of [corrsh] must be among [cold_epochs, components,"
            + " gradient_factor, kl_warmup, kl_weight, rank, target], got [supervised]",
        CommandRun.of(
            "train",
            corpus,
            "-o",
            folder.resolve("no.onnx"),
            "--supervised",
            "--method",
            "corrsh"));
  }

  @Test
  void methodsListsEveryOneWithItsOptions() {
    CommandRun run = CommandRun.of("methods");
    assertEquals(0, run.code(), run.err());
    for (String name : HashingMethod.names()) {
      assertTrue(run.out().lines().anyMatch(name::equals), name);
    }
    assertTrue(run.out().contains("snuh\n"), run.out());
    assertTrue(run.out().contains("  -O trees=20\n"), run.out());
    assertTrue(run.out().contains("lda\n  topics are inferred by iteration"), run.out());
    assertTrue(run.out().contains("ksh\n  learns from labels only\n"), run.out());
    assertTrue(run.out().contains("  --hidden-layers=0\n"), run.out());
    assertTrue(
        run.out()
            .contains(
                "  --preset published: training details of Zheng et al. 2020\n    -O cold_epochs=count\n"),
        run.out());
    assertTrue(run.out().contains("    --hidden-layers=2\n"), run.out());
    String own = run.out().substring(run.out().indexOf("auto\n"), run.out().indexOf("\nbmsh\n"));
    assertFalse(own.contains("published"), own);
  }

  /** What is given wins, and the model says which settings were the rest. */
  @Test
  void aModelSaysItsPreset() {
    Path target = folder.resolve("published.onnx");
    CommandRun run =
        train(
            target,
            "--method",
            "nash",
            "--preset",
            "published",
            "--hidden-units",
            9,
            "-O",
            "target=tf_idf",
            "--epochs",
            1);
    assertEquals(0, run.code(), run.err());
    Map<String, String> options = FileArguments.readModel(target).metadata().options();
    assertEquals("published", options.get("preset"));
    assertEquals("1", options.get("kl_weight"));
    assertEquals("2", options.get("hidden_layers"));
    assertEquals("9", options.get("hidden_units"));
    assertEquals("tf_idf", options.get("target"));
    assertFailure(
        1,
        "semantic-hash train: [preset] of [auto] must be [tuned], since no paper has this method, got"
            + " [published]",
        CommandRun.of("train", corpus, "-o", target, "--preset", "published"));
    assertFailure(
        1,
        "semantic-hash train: [preset] must be one of [tuned, published], got [best]",
        CommandRun.of("train", corpus, "-o", target, "--preset", "best"));
  }

  @Test
  void badInputIsOneClearLine() throws IOException {
    Path target = folder.resolve("never.onnx");
    assertFailure(
        1,
        "semantic-hash train: [method] must be one of " + HashingMethod.names() + ", got [magic]",
        train(target, "--method", "magic"));
    assertFailure(
        1,
        "semantic-hash train: [bits] must be between [4] and [4096], got [2]",
        train(target, "--bits", 2));
    assertFailure(
        1,
        "semantic-hash train: [batch_size] must be at most the number of training documents [480],"
            + " got [500]",
        train(target, "--batch-size", 500));
    Path missing = folder.resolve("missing.jsonl");
    assertFailure(
        1,
        "semantic-hash train: input [" + missing + "] does not exist",
        CommandRun.of("train", missing, "-o", target));
    assertFailure(
        1,
        "semantic-hash inspect: model file [" + missing + "] does not exist",
        CommandRun.of("inspect", missing));
    assertFailure(
        1,
        "semantic-hash encode: model file ["
            + corpus
            + "] cannot be used: the file is no ONNX model: unexpected field [15]",
        CommandRun.of("encode", corpus, "--text", "x"));
    assertFailure(
        1,
        "semantic-hash train: output [" + folder + "] must be a file, got a folder",
        train(folder));
    Path below = corpus.resolve("model.onnx");
    assertFailure(
        1,
        "semantic-hash train: output ["
            + below
            + "] must lie in a folder that can be written, got ["
            + corpus
            + "]",
        train(below));
    assertFailure(
        1,
        "semantic-hash train: a record of ["
            + corpus
            + "] must have the label field [topic], the first one has [id, label, text]",
        train(target, "--label-field", "topic"));
    Path two = TopicCorpus.write(folder.resolve("two.jsonl"), 2, 1);
    assertFailure(
        1,
        "semantic-hash train: the training part must hold at least [1] document, got [0] of [2]"
            + " with [validation] [0.05] and [test] [0.05]",
        CommandRun.of("train", two, "-o", target));
    Path broken = folder.resolve("broken.onnx");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(model), 1000));
    CommandRun run = CommandRun.of("evaluate", broken, corpus);
    assertEquals(1, run.code());
    assertTrue(
        run.err()
            .startsWith(
                "semantic-hash evaluate: model file ["
                    + broken
                    + "] cannot be used: the file is broken: "),
        run.err());
    assertEquals(1, run.err().lines().count());
    assertFailure(
        1,
        "semantic-hash evaluate: [k] must be at least [1], got [0]",
        CommandRun.of("evaluate", model, corpus, "--k", 0));
    assertFalse(Files.exists(target));
  }

  @Test
  void theTimeInTheFileCanBeGiven() {
    assertEquals("2023-11-14T22:13:20Z", Provenance.created("1700000000").toString());
    for (String wrong : List.of("", "yesterday", "99999999999999999")) {
      assertEquals(
          "environment variable [SOURCE_DATE_EPOCH] must be seconds since 1970, got ["
              + wrong
              + "]",
          assertThrows(IllegalArgumentException.class, () -> Provenance.created(wrong))
              .getMessage());
    }
  }

  @Test
  void aSwitchCanBeTurnedOff() {
    Path target = folder.resolve("switched.onnx");
    CommandRun run =
        CommandRun.of(
            "train",
            corpus,
            "-o",
            target,
            "--bits",
            8,
            "--hidden-units",
            8,
            "--epochs",
            1,
            "--max-df",
            0.6,
            "--option",
            "noise=false",
            "--method",
            "bmsh",
            "--no-use-idf",
            "--no-lower-case");
    assertEquals(0, run.code(), run.err());
    ModelMetadata metadata = FileArguments.readModel(target).metadata();
    assertEquals("false", metadata.options().get("noise"));
    assertFalse(metadata.vectorizer().options().useIdf());
    assertTrue(metadata.vectorizer().options().smoothIdf());
    assertFalse(metadata.analyzer().lowerCase());
  }

  private static void assertFailure(int code, String line, CommandRun run) {
    assertEquals(code, run.code());
    assertEquals(line, run.lastError());
  }

  @Test
  void wrongUseIsExplained() {
    CommandRun unknown = CommandRun.of("train", corpus, "-o", "x.onnx", "--no-such-option");
    assertEquals(2, unknown.code());
    assertFailure(
        2,
        "semantic-hash train: Unknown option: '--no-such-option'; did you mean --norm or --no-report?; see"
            + " semantic-hash train --help",
        unknown);
    assertEquals(1, unknown.err().lines().count());
    assertFailure(
        2,
        "semantic-hash train: Unknown option: '--outptu'; did you mean --output?; see semantic-hash train"
            + " --help",
        CommandRun.of("train", corpus, "--outptu", "x.onnx"));
    assertFailure(
        2,
        "semantic-hash train: Missing required option: '--output=FILE'; see semantic-hash train"
            + " --help",
        CommandRun.of("train", corpus));
    assertFailure(
        2,
        "semantic-hash train: Invalid value for option '--bits': 'many' is not an int; see"
            + " semantic-hash train --help",
        CommandRun.of("train", corpus, "-o", "x.onnx", "--bits", "many"));
    assertFailure(
        2,
        "semantic-hash encode: give either INPUT or --text; see semantic-hash encode" + " --help",
        CommandRun.of("encode", model));
    assertEquals(2, CommandRun.of().code());
  }

  @Test
  void helpNamesEveryOptionWithItsDefault() {
    String help = CommandRun.of("train", "--help").out();
    for (String option :
        List.of("--bits", "--seed", "--epochs", "--option", "--max-features", "--stemmer")) {
      assertTrue(help.contains(option), option);
    }
    assertTrue(help.contains("Default: 64"), help);
    assertTrue(CommandRun.of("--version").out().startsWith("semantic-hash 0."));
  }

  @Test
  void aFailureShowsItsStackTraceOnDemand() {
    CommandRun run = CommandRun.of("--stacktrace", "inspect", folder.resolve("missing.onnx"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("\tat org.semantichash."), run.err());
  }
}
