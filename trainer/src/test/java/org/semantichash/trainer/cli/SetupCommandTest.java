// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.cli.SetupRun.SuggestedRadius;
import org.semantichash.trainer.indexing.FieldPath;

/** What setup refuses, and what it passes on to train; the work itself is tested on real nodes. */
class SetupCommandTest {

  @TempDir private Path folder;
  private StubCluster cluster;
  private List<String> texts = List.of();

  @BeforeEach
  void serve() throws IOException {
    Path topics = TopicCorpus.write(folder.resolve("topics.jsonl"), 300, 1);
    texts = Files.readAllLines(topics);
    cluster = StubCluster.start(this::answer);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** An index [news] with topics; no model, and nothing that can be changed. */
  private StubCluster.Answer answer(String request, String body) {
    return switch (request) {
      case "POST /_security/user/_has_privileges" ->
          StubCluster.Answer.ok("{\"username\":\"me\",\"cluster\":{},\"index\":{}}");
      case "POST /news/_search" -> StubCluster.Answer.ok(hits(0, 10));
      case "POST /news/_count" -> StubCluster.Answer.ok("{\"count\":300}");
      case "POST /news/_pit" -> StubCluster.Answer.ok("{\"id\":\"p\"}");
      case "POST /_search" ->
          StubCluster.Answer.ok(
              body.contains("\"id\":0") && body.contains("search_after") == false
                  ? hits(0, 300)
                  : hits(0, 0));
      case "GET /news/_mapping" -> StubCluster.Answer.ok("{\"news\":{\"mappings\":{}}}");
      case "GET /news/_settings" -> StubCluster.Answer.ok("{\"news\":{\"settings\":{}}}");
      case "POST /news/_refresh", "DELETE /_pit", "GET /_ingest/pipeline" ->
          StubCluster.Answer.ok("{}");
      default -> new StubCluster.Answer(404, "{\"error\":{\"reason\":\"none\"}}");
    };
  }

  private String hits(int from, int to) {
    List<String> hits = new ArrayList<>();
    for (int i = from; i < to; i++) {
      hits.add(
          "{\"_index\":\"news\",\"_id\":\"d"
              + i
              + "\",\"sort\":["
              + i
              + "],\"_source\":"
              + texts.get(i)
              + "}");
    }
    return "{\"hits\":{\"hits\":[" + String.join(",", hits) + "]}}";
  }

  private CommandRun setup(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("setup", "--url", cluster.url(), "--field", "text"));
    List<Object> all = List.of(more);
    arguments.addAll(all.contains("--index") ? List.of() : List.of("--index", "news"));
    arguments.addAll(all);
    return CommandRun.of(arguments.toArray());
  }

  private static String error(CommandRun run) {
    assertEquals(1, run.code(), run.err());
    return run.lastError().replace("semantic-hash setup: ", "");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertEquals("[alias] needs [into]", error(setup("--alias", "a")));
    String own =
        "[model] names a model that the cluster has; [id], [output] and options of train are for"
            + " one that is trained";
    assertEquals(own, error(setup("--model", "m", "--id", "x")));
    assertEquals(own, error(setup("--model", "m", "--output", "x.onnx")));
    assertEquals(own, error(setup("--model", "m", "--bits", "32")));
    assertEquals(own, error(setup("--model", "m", "--sample", "5")));
    assertEquals(
        "[id] must be given, since [index] [a,b] is no name for one",
        error(setup("--index", "a,b")));
    assertEquals(
        "[pipeline] must be given, since [index] [n*] is no name for one",
        error(setup("--index", "n*", "--model", "m")));
    assertTrue(error(setup("--query", "{")).startsWith("[query] must be JSON: "));
    assertEquals(2, setup("--skip", "nothing").code());
    assertEquals(List.of(), cluster.requests);
  }

  /** Flags, negated flags, options of methods and numbers arrive as they were given. */
  @Test
  void optionsOfTrainReachIt() {
    Path model = folder.resolve("own.onnx");
    CommandRun run =
        setup(
            "--skip=upload,mapping,pipeline,hash,check,radius",
            "--output=" + model,
            "--method=auto",
            "-O",
            "components=4",
            "--bits=16",
            "--hidden-units=16",
            "--epochs=1",
            "--no-use-idf",
            "--sublinear-tf",
            "--sample=250");
    assertEquals(0, run.code(), run.err());
    var metadata = FileArguments.readModel(model).metadata();
    assertEquals(16, metadata.bits());
    assertEquals("4", metadata.options().get("components"));
    assertEquals("1", metadata.options().get("epochs"));
    assertFalse(metadata.vectorizer().options().useIdf());
    assertTrue(metadata.vectorizer().options().sublinearTf());
    Map<String, String> provenance = metadata.provenance();
    assertEquals("250", provenance.get("input_documents"));
    assertEquals("news", provenance.get("index"));
    assertTrue(run.out().contains("2/8 train: file [" + model + "] written"), run.out());
    assertTrue(run.out().contains("3/8 upload: left out"), run.out());
    CommandRun again = setup("--skip=upload,mapping,pipeline,hash,check,radius", "-o", model);
    assertTrue(again.out().contains("2/8 train: nothing to do: file"), again.out());
  }

  /** Otherwise it would be uploaded as if it had been trained to its end. */
  @Test
  @EnabledOnOs(OS.LINUX) // other systems have no env --default-signal
  void anInterruptedTrainingIsNotTakenForAWholeOne() throws Exception {
    Path model = folder.resolve("half.onnx");
    String output =
        InterruptionTest.interrupted(
            "epoch 2: ",
            "setup",
            "--url=" + cluster.url(),
            "--index=news",
            "--field=text",
            "--output=" + model,
            "--skip=pipeline,hash,check,radius");
    assertTrue(output.contains("2/8 train: the training was interrupted"), output);
    assertTrue(
        setup("--dry-run", "--output=" + model)
            .out()
            .contains(
                "2/8 train: would go on with the training of file ["
                    + model
                    + "], which was interrupted; [skip] with train takes it as it is"));
    assertTrue(
        Files.readString(folder.resolve("half.report.html"))
            .contains("interrupted; this is the best network until then"));
    CommandRun resumed =
        setup(
            "--output=" + model,
            "--skip=pipeline,hash,check,radius,upload,mapping",
            "--bits=16",
            "--hidden-units=32",
            "--batch-size=20",
            "--max-df=0.6",
            "--epochs=1000",
            "--patience=1");
    assertEquals(0, resumed.code(), resumed.err());
    assertFalse(resumed.err().contains("epoch 1: "), resumed.err());
    assertEquals(
        "false", FileArguments.readModel(model).metadata().provenance().get("interrupted"));
    assertTrue(Files.notExists(folder.resolve("half.training")));
  }

  /** A model of the plugin for near-duplicates beside a trained one for subjects. */
  @Test
  void everyFieldAndEveryIndexHasAPipelineOfItsOwn() {
    assertTrue(
        setup("--dry-run").out().contains("make pipeline [news-codes] and let index [news]"));
    assertTrue(
        setup("--dry-run", "--code-field", "copy")
            .out()
            .contains("make pipeline [news-copy-codes] and let index [news]"));
    assertTrue(
        setup("--dry-run", "--model", "_english_64", "--into", "news-2")
            .out()
            .contains("make pipeline [news-2-codes] and let index [news-2]"));
  }

  @Test
  void aPlanEndsWhereNothingElseCanBeSeen() {
    CommandRun run = setup("--dry-run", "--index", "nix");
    assertEquals(1, run.code());
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(run.out().startsWith("1/8 rights: NOT POSSIBLE: the cluster answered"), run.out());
  }

  @Test
  void aFailureOfTheTrainingIsThatOfSetup() {
    CommandRun run =
        setup("--output=" + folder.resolve("none.onnx"), "--method=unknown", "--skip=check");
    assertTrue(error(run).contains("unknown"), run.err());
  }

  /** The default of codes alone would leave out candidates that the texts would confirm. */
  @Test
  void aRequestThatIsVerifiedNamesARadiusOnlyIfItIsNotTheDefault() {
    String without = "{ \"field\": \"code\", \"verify\": { \"field\": \"body\" } }";
    assertEquals(
        without,
        SetupRun.nearDuplicates(new FieldPath("code"), new FieldPath("body"), Optional.empty()));
    assertEquals(
        without,
        SetupRun.nearDuplicates(
            new FieldPath("code"),
            new FieldPath("body"),
            Optional.of(new SuggestedRadius(8, true))));
    assertEquals(
        "{ \"field\": \"code\", \"max_distance\": 5, \"verify\": { \"field\": \"body\" } }",
        SetupRun.nearDuplicates(
            new FieldPath("code"),
            new FieldPath("body"),
            Optional.of(new SuggestedRadius(5, false))));
  }

  @Test
  void completionKnowsTheCommands() {
    CommandRun run = CommandRun.of("generate-completion");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("_picocli_semantic-hash_setup"), run.out());
  }
}
