// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** Texts into a secured cluster by `bulk`, and out of it by `train`. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainFromIndexIT {

  private static final int DOCUMENTS = 3000;
  private static final String INDEX = "glosses";

  private static final Map<String, String> ROLES =
      Map.of(
          "loader",
          """
          {"indices": [{"names": ["glosses"], "privileges": ["index", "auto_configure"]}]}""",
          "trainer",
          """
          {"indices": [{"names": ["glosses"], "privileges": ["read", "view_index_metadata"]}]}""");

  private final Path work =
      Path.of(System.getProperty("semantichash.work"), "train-from-index-files");
  private Cluster cluster;
  private List<Gloss> glosses;
  private Path texts;

  @BeforeAll
  void start() throws IOException {
    glosses = WordNet.shuffled(WordNet.nouns(), 11).subList(0, DOCUMENTS);
    Files.createDirectories(work);
    texts = GlossFile.write(glosses, work.resolve("glosses.jsonl"));
    cluster = Cluster.startSecured("train-from-index", Distribution.ofBuild().quickStart(), ROLES);
    CommandLine.as("loader", cluster).run("bulk", texts.toString(), "--index", INDEX).ok();
    cluster.http().post("/" + INDEX + "/_refresh").ok(); // the node does so once a second
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Path model(String name) {
    return work.resolve(name + ".onnx");
  }

  private CommandLine.Ended train(String name, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("train", "--index", INDEX, "--field", "text", "--method", "lsh"),
                Stream.of(more))
            .toList();
    return CommandLine.as("trainer", cluster)
        .run(
            Stream.concat(arguments.stream(), Stream.of("--output", model(name).toString()))
                .toArray(String[]::new));
  }

  private Map<String, String> provenance(String name) throws IOException {
    return EncoderModel.read(model(name)).metadata().provenance();
  }

  @Test
  void bulkBringsEveryDocumentAndAgainChangesNothing() throws IOException {
    CommandLine.Ended again =
        CommandLine.as("loader", cluster).run("bulk", texts.toString(), "--index", INDEX).ok();
    assertTrue(again.out().startsWith("index [glosses]: 3,000 documents written, 0 failed"));
    cluster.http().post("/" + INDEX + "/_refresh").ok();
    assertEquals(
        DOCUMENTS, cluster.http().get("/" + INDEX + "/_count").ok().body().path("count").asInt());
    CommandLine.Ended refused =
        CommandLine.as("trainer", cluster).run("bulk", texts.toString(), "--index", INDEX);
    assertEquals(1, refused.status());
    assertTrue(
        refused.err().contains("user [trainer] lacks [index] on the index [glosses]; nothing was"),
        refused.err());
  }

  /**
   * The node gives all documents; the same file gives the same model but for what it says of it.
   */
  @Test
  void theModelOfAnIndexIsThatOfItsTexts() throws IOException {
    CommandLine.Ended run = train("all", "--label-field", "label").ok();
    assertTrue(run.err().contains("took the texts of [3000] of [3000] documents of index [glo"));
    Map<String, String> provenance = provenance("all");
    assertEquals("glosses", provenance.get("index"));
    assertEquals("text", provenance.get("text_fields"));
    assertEquals("label", provenance.get("label_field"));
    assertEquals("{\"match_all\":{}}", provenance.get("query"));
    assertEquals("3000", provenance.get("index_documents"));
    assertEquals("3000", provenance.get("input_documents"));
    assertTrue(provenance.containsKey("created"));
    assertTrue(provenance.containsKey("test.precision"), provenance.toString());
    train("again", "--label-field", "label").ok();
    assertEquals(provenance.get("data_sha256"), provenance("again").get("data_sha256"));
    EncoderModel one = EncoderModel.read(model("all"));
    EncoderModel other = EncoderModel.read(model("again"));
    assertEquals(one.metadata().goldenTexts(), other.metadata().goldenTexts());
    assertNoTexts();
  }

  /** No sentence of the texts may lie in the model or beside it. */
  private void assertNoTexts() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      assertFalse(files.anyMatch(file -> file.toString().contains(".texts")));
    }
    String model = new String(Files.readAllBytes(model("all")), StandardCharsets.ISO_8859_1);
    for (Gloss gloss : glosses) {
      if (gloss.text().length() > 60) {
        assertFalse(model.contains(gloss.text()), gloss.text());
      }
    }
  }

  @Test
  void aQueryAndASampleNarrowIt() throws IOException {
    String label = glosses.get(0).label();
    long expected = glosses.stream().filter(gloss -> gloss.label().equals(label)).count();
    String query = "{\"match\":{\"label\":\"" + label + "\"}}";
    train("query", "--query", query).ok();
    assertEquals(query, provenance("query").get("query"));
    assertEquals(Long.toString(expected), provenance("query").get("input_documents"));
    Path file = Files.writeString(work.resolve("query.json"), query);
    train("query-file", "--query", file.toString()).ok();
    assertEquals(
        provenance("query").get("data_sha256"), provenance("query-file").get("data_sha256"));
    CommandLine.Ended run = train("sample", "--sample", "500").ok();
    assertTrue(run.err().contains("took the texts of [500] of [3000] documents"), run.err());
    assertEquals("500", provenance("sample").get("input_documents"));
    // The cluster draws 500 and 5 standard deviations, not all.
    int read = Integer.parseInt(run.err().replaceFirst("(?s).*glosses: (\\d+) documents.*", "$1"));
    assertTrue(read >= 500 && read < 760, "read " + read);
    String digest = provenance("sample").get("data_sha256");
    train("sample", "--sample", "500").ok();
    assertEquals(digest, provenance("sample").get("data_sha256"));
    train("sample", "--sample", "500", "--seed", "2").ok();
    assertFalse(digest.equals(provenance("sample").get("data_sha256")));
  }

  @Test
  void whatCannotBeReadIsSaidBeforeTheWork() {
    CommandLine.Ended refused =
        CommandLine.as("loader", cluster)
            .run("train", "--index", INDEX, "--field", "text", "-o", model("none").toString());
    assertEquals(1, refused.status());
    assertTrue(
        refused.err().contains("user [loader] lacks [read] on the index [glosses], [view_index"),
        refused.err());
    CommandLine.Ended unknown =
        CommandLine.as("trainer", cluster)
            .run("train", "--index", INDEX, "--field", "bdoy", "-o", model("none").toString());
    assertTrue(
        unknown.err().contains("no mapping of index [glosses] has a field [bdoy]"), unknown.err());
    assertTrue(train("none", "--text-field", "text").err().contains("[text-field] is for files"));
    assertTrue(train("none", texts.toString()).err().contains("either INPUT or [index] must be"));
    assertTrue(train("none", "--query", "{").err().contains("[query] must be JSON: "));
    assertFalse(Files.exists(model("none")));
  }
}
