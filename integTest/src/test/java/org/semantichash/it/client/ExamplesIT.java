// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;

/** Runs the examples for people's clients against a secured node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();
  private static final int DOCUMENTS = 1000;
  private static final String INDEX = "news";

  private final Path work = Path.of(System.getProperty("semantichash.work"), "examples-files");
  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    Path texts =
        GlossFile.write(
            WordNet.shuffled(WordNet.nouns(), 23).subList(0, DOCUMENTS),
            work.resolve("news.jsonl"));
    cluster = Cluster.startSecured("examples", Distribution.ofBuild().quickStart(), Map.of());
    CommandLine line = CommandLine.as(Security.ADMIN, cluster);
    line.run("bulk", texts.toString(), "--index", INDEX).ok();
    Path model = work.resolve("news.onnx");
    Files.deleteIfExists(model);
    line.run(
            "setup",
            "--index=" + INDEX,
            "--field=text",
            "--method=lsh",
            "--skip=radius",
            "--output=" + model)
        .ok();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** What an example prints; both searches find the document first. */
  private void assertFinds(String... command) throws IOException, InterruptedException {
    cluster.http().delete("/" + INDEX + "/_doc/example?refresh");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "ES_URL",
                cluster.address(),
                "ES_USER",
                Security.ADMIN,
                "ES_PASSWORD",
                Security.PASSWORD,
                "ES_CA",
                cluster.security().certificate().toString(),
                "ES_INDEX",
                INDEX));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), printed);
    assertEquals(0, process.exitValue(), printed);
    for (String way : List.of("by text:", "by document:")) {
      String found = printed.substring(printed.indexOf(way));
      assertTrue(
          found.matches("(?s)" + way + "[^a-z0-9]*(hits[^a-z]*hits[^a-z]*_id[^a-z]*)?example.*"),
          printed);
      assertTrue(found.contains("1.0"), printed);
    }
  }

  /** Whether the machine has a program; the test of its example is skipped otherwise. */
  private static boolean has(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void curl() throws IOException, InterruptedException {
    assumeTrue(has("curl"), "there is no curl");
    assertFinds("sh", EXAMPLES.resolve("search.sh").toString());
  }

  @Test
  void python() throws IOException, InterruptedException {
    assumeTrue(has("python3"), "there is no python3");
    assertFinds("python3", EXAMPLES.resolve("search.py").toString());
  }

  @Test
  void java() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EXAMPLES.resolve("Search.java").toString());
    assertFinds(command.toArray(String[]::new));
  }
}
