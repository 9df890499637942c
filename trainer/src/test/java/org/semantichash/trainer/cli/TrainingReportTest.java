// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.cluster.Json;

/** The page that a training writes beside its model. */
class TrainingReportTest {

  private static final String HOSTILE = "<script>alert('x')</script> & \\\"more\\\" \\u0000";

  @TempDir private Path folder;
  private Path corpus;

  @BeforeEach
  void writesTopics() throws IOException {
    corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 400, 1);
  }

  private CommandRun train(Path input, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", input, "-o", model()));
    arguments.addAll(
        List.of("--bits", 16, "--hidden-units", 16, "--batch-size", 20, "--max-df", 0.6));
    List<Object> all = List.of(more);
    arguments.addAll(all.contains("--epochs") ? List.of() : List.of("--epochs", 2));
    arguments.addAll(all);
    return CommandRun.of(arguments.toArray());
  }

  private Path model() {
    return folder.resolve("model.onnx");
  }

  private Path report() {
    return folder.resolve("model.report.html");
  }

  private String page(Path input, Object... more) throws IOException {
    CommandRun run = train(input, more);
    assertEquals(0, run.code(), run.err());
    String written = "wrote " + report() + ", which shows the beginnings of some texts";
    assertTrue(run.out().contains(written), run.out());
    return Files.readString(report());
  }

  private static void assertHas(String page, String... parts) {
    for (String part : parts) {
      assertTrue(page.contains(part), part + " is not in " + page);
    }
  }

  @Test
  void everySectionIsThere() throws IOException {
    String page = page(corpus, "--epochs", 3, "--report-widths", "8,16,32", "--test", 0.1);
    assertHas(
        page,
        "<h1>Training of model.onnx</h1>",
        "<h2>Loss and validation</h2>",
        "<title>epoch 3: ",
        "class=\"marked\"",
        "<h2>Precision by width</h2>",
        "<tr><td>8</td>",
        "<tr><td>16</td>",
        "<tr><td>32</td>",
        "<h2>Map of 340 codes</h2>",
        "</svg>4 ",
        "<h2>Codes of each label</h2>",
        "<figcaption>kitchen</figcaption>",
        "<h2>Balance of the bits</h2>",
        "<title>bit 15: ",
        "<h2>What each bit means</h2>",
        "<h2>Largest buckets</h2>",
        "<h2>What lies at which distance</h2>",
        "<span>distance 10, ",
        "0.0 % of ");
    assertFalse(page.contains("distance 20"), "codes have 16 bits");
    assertEquals(5, page.split("<section>", -1).length - 1);
  }

  @Test
  void inspectTellsTheSameWords() throws IOException {
    String page = page(corpus, "--epochs", 3);
    JsonNode words =
        Json.parseObject("inspect", CommandRun.of("inspect", model(), "--bits", "--json").out())
            .path("bit_words");
    assertEquals(16, words.size());
    for (JsonNode bit : words) {
      assertTrue(bit.path("on").size() + bit.path("off").size() >= 8, bit.toString());
      for (String side : List.of("on", "off")) {
        List<String> shown = new ArrayList<>();
        bit.path(side).forEach(word -> shown.add(word.asText()));
        assertHas(page, "<td>" + String.join(", ", shown) + "</td>");
      }
    }
    assertTrue(CommandRun.of("inspect", model(), "--bits").out().contains("  0:\n    off: ["));
    assertFalse(CommandRun.of("inspect", model()).out().contains("bit_words"));
    assertEquals(
        "semantic-hash inspect: [bits] needs a vocabulary of words; model [_near_duplicates_64] has"
            + " hashed n-grams instead",
        CommandRun.of("inspect", "_near_duplicates_64", "--bits").lastError());
  }

  @Test
  void hostileTextsStayTexts() throws IOException {
    String lines =
        Files.readString(corpus)
            .replace("\"text\": \"", "\"text\": \"" + HOSTILE + " ")
            .replace("\"label\": \"kitchen\"", "\"label\": \"" + HOSTILE + "\"");
    String page = page(Files.writeString(folder.resolve("hostile.jsonl"), lines));
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("\u0000"), page);
    String escaped =
        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot; \ufffd";
    assertHas(page, "dir=\"auto\">" + escaped, "<figcaption>" + escaped, "aria-label=\"" + escaped);
  }

  @Test
  void nothingIsLoaded() throws IOException {
    String page = page(corpus);
    assertTrue(page.contains("default-src 'none'"));
    for (String loading : new String[] {"http:", "https:", "src=", "href=", "url(", "@import"}) {
      assertFalse(page.contains(loading), loading);
    }
  }

  /** But for the digest of a file that says when it was made. */
  @Test
  void theSameTrainingGivesTheSamePage() throws IOException {
    String digest = "(?<=SHA-256 of the model</th><td>)\\w+";
    String first = page(corpus, "--threads", 1).replaceFirst(digest, "");
    assertEquals(first, page(corpus, "--threads", 2).replaceFirst(digest, ""));
    assertFalse(first.equals(page(corpus, "--seed", 2).replaceFirst(digest, "")));
  }

  @Test
  void withoutLabelsEpochsOrDocumentsHeldOut() throws IOException {
    String page = page(corpus, "--label-field", "none", "--method", "lsh", "--test", 0);
    assertHas(
        page,
        "This method learns without epochs",
        "The documents have no labels, so all points have one colour.",
        "<h2>Codes</h2>",
        "<figcaption>any documents</figcaption>",
        "<h2>What lies at which distance</h2>");
    assertFalse(page.contains("Precision by width"));
  }

  @Test
  void unknownWordsAreCounted() throws IOException {
    String lines = Files.readString(corpus).replace(" \"}", "\"}");
    List<String> changed = new ArrayList<>();
    int number = 0;
    for (String line : lines.lines().toList()) { // eight words each, and two that are nowhere else
      number++;
      changed.add(line.replace("\"}", " once" + number + " twice" + number + "\"}"));
    }
    String page =
        page(Files.write(folder.resolve("unknown.jsonl"), changed), "--stop-words", "none");
    Matcher line =
        Pattern.compile("([\\d.]+) % of (\\d+) words in 20 texts held out, 40 different ones")
            .matcher(page);
    assertTrue(line.find(), page);
    int words = Integer.parseInt(line.group(2)); // without those of one letter
    assertTrue(words > 150 && words <= 200, line.group());
    assertEquals(String.format(Locale.ROOT, "%.1f", 4000.0 / words), line.group(1));
  }

  @Test
  void aReportCanBeLeftOutOrNamed() throws IOException {
    assertEquals(0, train(corpus, "--no-report").code());
    assertFalse(Files.exists(report()));
    Path named = folder.resolve("pages").resolve("other.html");
    assertEquals(0, train(corpus, "--report", named).code());
    assertTrue(Files.exists(named));
    assertFalse(Files.exists(report()));
  }

  @Test
  void whatCannotBeReportedIsRefusedBeforeTheTraining() {
    String refused = "semantic-hash train: ";
    assertEquals(
        refused + "[no-report] must not be given with [report] or [report-widths]",
        train(corpus, "--no-report", "--report-widths", "8").lastError());
    assertEquals(
        refused + "[report-widths] need documents held out, [test] must be above [0]",
        train(corpus, "--report-widths", "8", "--test", 0).lastError());
    assertEquals(
        refused + "output [" + folder + "] must be a file, got a folder",
        train(corpus, "--report", folder).lastError());
    assertEquals(
        refused + "[report] must be another file than [output], got [" + model() + "]",
        train(corpus, "--report", model()).lastError());
    assertTrue(train(corpus, "--report-widths", "3").lastError().contains("[3]"));
    assertFalse(Files.exists(model()));
  }
}
