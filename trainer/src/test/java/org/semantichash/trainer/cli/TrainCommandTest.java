// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.EncoderModel;
import picocli.CommandLine;

/** What a training says of labels, unknown words and its last epoch. */
class TrainCommandTest {

  @TempDir private Path folder;
  private Path corpus;

  private CommandRun train(Path input, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", input, "-o", model()));
    arguments.addAll(List.of("--bits", 16, "--hidden-units", 16, "--batch-size", 20));
    List<Object> all = List.of(more);
    arguments.addAll(all.contains("--max-df") ? List.of() : List.of("--max-df", 0.6));
    arguments.addAll(all.contains("--epochs") ? List.of() : List.of("--epochs", 2));
    arguments.addAll(all);
    return CommandRun.of(arguments.toArray());
  }

  private Path model() {
    return folder.resolve("model.onnx");
  }

  private Map<String, String> provenance() {
    return FileArguments.readModel(model()).metadata().provenance();
  }

  @BeforeEach
  void writesTopics() throws IOException {
    corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 400, 1);
  }

  /** The topics with other labels. */
  private Path labelled(IntFunction<String> label) throws IOException {
    List<String> lines = Files.readAllLines(corpus);
    String text =
        IntStream.range(0, lines.size())
            .mapToObj(
                i ->
                    lines
                        .get(i)
                        .replaceFirst(
                            "\"label\": \"\\w+\"", "\"label\": \"" + label.apply(i) + "\""))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("labelled.jsonl"), text);
  }

  @Test
  void labelsThatTellNothingDoNotChooseTheEpoch() throws IOException {
    List<String> plain = epochs(train(corpus, "--label-field", "none"));
    Map<String, IntFunction<String>> useless =
        Map.of(
            "only 0 % of the labelled documents share a label with any other", i -> "l" + i,
            "100 % of the labelled documents have one label", i -> "same",
            "no document that is searched for has a label", i -> i == 0 ? "x" : "");
    for (var labels : useless.entrySet()) {
      Path input = labelled(labels.getValue());
      if (labels.getValue().apply(1).isEmpty()) {
        Files.writeString(input, Files.readString(input).replace(", \"label\": \"\"", ""));
      }
      assertEquals(plain, epochs(train(input)), labels.getKey());
      CommandRun asked = train(input, "--choose-by", "labels");
      assertEquals(1, asked.code(), asked.err());
      String reason =
          "semantic-hash train: labels cannot choose the epoch: "
              + labels.getKey()
              + "; without --supervised and --choose-by labels neighbours do";
      assertTrue(asked.err().contains(reason), asked.err());
    }
  }

  @Test
  void labelsChooseTheEpochOnDemand() throws IOException {
    assertEquals(epochs(train(corpus)), epochs(train(corpus, "--label-field", "none")));
    CommandRun byLabels = train(corpus, "--choose-by", "labels");
    assertEquals(0, byLabels.code(), byLabels.err());
    assertEquals("labels", FileArguments.readModel(model()).metadata().options().get("choose_by"));
    assertFalse(epochs(train(corpus)).equals(epochs(byLabels)), byLabels.err());
    CommandRun nearlyEqual =
        train(labelled(i -> i % 50 == 0 ? "rare" : "usual"), "--choose-by", "labels");
    assertTrue(nearlyEqual.err().contains("labels cannot choose the epoch"), nearlyEqual.err());
  }

  @Test
  void thirtyDocumentsAreEnoughForTheDefaults() throws IOException {
    Path few = TopicCorpus.write(folder.resolve("few.jsonl"), 30, 1);
    CommandRun run = CommandRun.of("train", few, "-o", model());
    assertEquals(0, run.code(), run.err());
    EncoderModel read = FileArguments.readModel(model());
    assertEquals(64, read.metadata().bits());
    assertEquals("10", read.metadata().options().get("batch_size"));
    assertEquals("60", read.metadata().options().get("epochs"));
    int distinct = Integer.parseInt(provenance().get("training_distinct_codes"));
    assertTrue(distinct >= 24, distinct + " codes of 26 texts");
  }

  /** No gain is above 1, so that a limit of -1 refuses every model. */
  @Test
  void aModelThatLosesTooMuchInIntegersIsRefused() throws IOException {
    CommandRun few = train(corpus, "--quantisation-loss", -1);
    assertEquals(1, few.code());
    assertTrue(few.err().contains("must lose at most [-2.63"), few.err()); // 1000 / 380
    assertTrue(few.err().contains("measured on [380] documents; [--q"), few.err());
    assertFalse(Files.exists(model()));
    Path refused = model().resolveSibling(model().toFile().getName().replace(".", ".refused."));
    assertTrue(few.err().contains("is in [" + refused + "]"), few.err());
    assertEquals(
        "380",
        FileArguments.readModel(refused).metadata().provenance().get("quantisation.documents"));
    Path larger = TopicCorpus.write(folder.resolve("larger.jsonl"), 1200, 1);
    CommandRun many = train(larger, "--quantisation-loss", -1);
    assertEquals(1, many.code());
    assertTrue(many.err().contains("; [--quantisation-loss] allows more"), many.err());
    assertFalse(Files.exists(model()));
    assertEquals(0, train(larger).code());
    double changed = Double.parseDouble(provenance().get("quantisation.changed_bits"));
    assertTrue(changed < 0.05, "changed bits " + changed);
  }

  /** On half the documents twice the loss is refused, as chance is larger; less is warned of. */
  @Test
  void fewDocumentsMayLoseMoreByChance() {
    var arguments = CommandLine.populateCommand(new QuantisationArguments());
    for (double score : new double[] {0.499, 0.497, 0.495}) {
      var quantised = new QuantisationArguments.Quantised(null, 500, 0.01, 0.5, score);
      StringWriter err = new StringWriter();
      String refusal = arguments.refusal(quantised, new PrintWriter(err)).orElse("none");
      assertEquals(score == 0.495, refusal.contains("must lose at most [0.004]"), refusal);
      assertEquals(score == 0.497, err.toString().startsWith("WARNING: in integers the model"));
    }
  }

  /** The lines of the epochs, without their times. */
  private static List<String> epochs(CommandRun run) {
    assertEquals(0, run.code(), run.err());
    return run.err()
        .lines()
        .filter(line -> line.startsWith("epoch ") && line.contains("validation"))
        .map(line -> line.replaceFirst(", [\\d.]+ s$", ""))
        .toList();
  }

  @Test
  void precisionByUselessLabelsIsSaidToSayNothing() throws IOException {
    CommandRun run = train(labelled(i -> "same"));
    assertTrue(run.out().contains("these say nothing of the codes: 100 % of"), run.out());
    assertFalse(train(corpus).out().contains("these say nothing"));
  }

  @Test
  void textsWithoutAKnownTermAreCountedAndWarnedOf() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(corpus));
    for (int i = 0; i < 160; i++) {
      lines.set(i, "{\"id\": \"d" + i + "\", \"text\": \"unique" + i + "\"}");
    }
    Path input = Files.write(folder.resolve("unknown.jsonl"), lines);
    CommandRun run = train(input);
    assertEquals(0, run.code(), run.err());
    int without = Integer.parseInt(provenance().get("training_documents_without_known_terms"));
    assertTrue(without > 120 && without < 165, "without " + without);
    String line = without + " of 360 texts (";
    assertTrue(run.err().contains("WARNING: " + line), run.err());
    assertTrue(run.out().contains(line), run.out());
    String warning = provenance().get("warning");
    assertTrue(warning.startsWith(line) && warning.contains("--language (cjk for"), warning);
    CommandRun inspected = CommandRun.of("inspect", model());
    assertTrue(
        inspected.out().contains(", " + without + " texts without a known term"), inspected.out());
    CommandRun evaluated = CommandRun.of("evaluate", model(), input);
    assertTrue(evaluated.err().contains(" texts (") && evaluated.err().contains("empty code"));
    assertTrue(train(corpus).err().contains("0 of 360 texts (0.0 %) have no known term"));
  }

  @Test
  void mostDocumentsOfOneCodeAreWarnedOf() throws IOException {
    Path input = folder.resolve("same.jsonl");
    String same = "{\"text\": \"the same few words again\"}\n".repeat(200);
    Files.writeString(input, same + Files.readString(corpus));
    CommandRun run = train(input, "--max-df", 0.9);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains(" of 540 documents ("), run.err());
    assertTrue(run.err().contains(" %) have the same code"), run.err());
  }

  @Test
  void moreEpochsAreAdvisedOnlyWhileTheScoreRises() {
    CommandRun longer = train(corpus, "--epochs", 200, "--patience", 2, "--learning-rate", 0.02);
    assertTrue(longer.err().contains(" whole epochs, best "), longer.err());
    assertFalse(longer.err().contains("the validation score still rose"), longer.err());
  }

  @Test
  void documentsWithAnIdThatStoodBeforeAreLeftOutAndCounted() throws IOException {
    Path twice = folder.resolve("twice.jsonl");
    Files.writeString(twice, Files.readString(corpus) + Files.readString(corpus));
    CommandRun run = train(twice);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("NOTE: left out [400] documents whose id"), run.err());
    assertEquals("400", provenance().get("input_documents"));
    CommandRun strict = train(twice, "--duplicate-ids", "fail");
    assertEquals(1, strict.code());
    assertTrue(strict.err().contains("line [401]: id [d0] must be unique"), strict.err());
  }

  private Map<String, String> analyzer() {
    return FileArguments.readModel(model()).metadata().analyzer().toProperties();
  }

  /** Each line of the topics with these words before and behind. */
  private Path around(String before, String behind) throws IOException {
    return Files.writeString(
        folder.resolve("around.jsonl"),
        Files.readString(corpus)
            .replace("\"text\": \"", "\"text\": \"" + before)
            .replace("\"}\n", behind + "\"}\n"));
  }

  @Test
  void theLanguageOfTheTextsChoosesTheAnalyzer() throws IOException {
    CommandRun german = train(around("Heute ist es in der Stadt und auf dem Land ", " für uns"));
    assertEquals(0, german.code(), german.err());
    assertTrue(german.err().contains("language german: "), german.err());
    assertTrue(german.err().contains("; analyzer [german]"), german.err());
    assertEquals("german", analyzer().get("type"));
    assertTrue(analyzer().get("stop_words").startsWith("aber alle "), analyzer().toString());
    CommandRun inspected = CommandRun.of("inspect", model());
    assertTrue(inspected.out().contains("type: german"), inspected.out());
    assertTrue(inspected.out().contains("golden_check: passed"), inspected.out());
    CommandRun japanese = train(around("今日の天気はとても良いです。", "明日は雨が降るそうです。"), "--language", "auto");
    assertTrue(japanese.err().contains("analyzer [cjk]"), japanese.err());
    CommandRun english = train(around("It was there that we had been in the ", ""));
    assertTrue(
        english.err().contains("analyzer [custom (tokenizer word, stemmer none)]"), english.err());
    assertEquals("word", analyzer().get("tokenizer"));
  }

  @Test
  void aGivenLanguageIsTaken() {
    CommandRun english = train(corpus, "--language", "english", "--char-filter", "html_strip");
    assertEquals(0, english.code(), english.err());
    assertFalse(english.err().contains("language english: "), english.err());
    assertEquals(
        Map.of("type", "english", "char_filter", "html_strip"),
        analyzer().entrySet().stream()
            .filter(property -> property.getKey().equals("stop_words") == false)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    CommandRun custom = train(corpus, "--stemmer", "porter");
    assertFalse(custom.err().contains("; analyzer "), custom.err());
    assertEquals("porter", analyzer().get("stemmer"));
    CommandRun unknown = train(corpus, "--language", "klingon");
    assertEquals(1, unknown.code());
    assertTrue(
        unknown.lastError().startsWith("semantic-hash train: [language] must be one of [arabic, ")
            && unknown.lastError().endsWith(", turkish], got [klingon]"),
        unknown.err());
    assertEquals(
        "semantic-hash train: [language] must not be given with --tokenizer, --lower-case,"
            + " --stop-words, --stemmer or --min-length: it says all of these",
        train(corpus, "--language", "german", "--min-length", 3).lastError());
  }

  @Test
  void markupIsSaidAndStripped() throws IOException {
    Path marked = around("<p class='x'>", "</p>");
    String note = "NOTE: 100 % of the texts hold tags of HTML: --char-filter html_strip";
    CommandRun plain = train(marked);
    assertTrue(plain.err().contains(note), plain.err());
    CommandRun stripped = train(marked, "--char-filter", "html_strip", "--max-df", 1);
    assertFalse(stripped.err().contains("NOTE"), stripped.err());
    assertEquals("html_strip", analyzer().get("char_filter"));
    List<String> terms =
        FileArguments.readModel(model()).metadata().vectorizer().vocabulary().terms();
    assertTrue(terms.contains("oven"), terms.toString());
    assertFalse(terms.contains("class"), terms.toString());
  }
}
