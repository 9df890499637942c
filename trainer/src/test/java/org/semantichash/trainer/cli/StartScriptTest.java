// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start script gives to Java, told by a Java that prints its arguments. */
class StartScriptTest {

  private static final Path SCRIPT = Path.of("src/main/scripts/semantic-hash").toAbsolutePath();
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @TempDir private Path folder;

  @BeforeEach
  void fakeJava() throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$2" = -version ] && echo '  java.specification.version = 21' && exit
        echo "$@"
        """);
    assertTrue(java.toFile().setExecutable(true));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder program = new ProcessBuilder("sh", SCRIPT.toString());
    program.command().addAll(List.of(arguments));
    program.environment().put("JAVA_HOME", folder.toString());
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  /** In plain loops an epoch takes about ten times as long. */
  @Test
  void whatTrainsComputesWithVectors() throws IOException, InterruptedException {
    assertTrue(run("train", "x.jsonl").contains(MODULE));
    assertTrue(run("setup", "--index", "x").contains(MODULE));
    String other = run("evaluate", "x.onnx", "x.jsonl");
    assertTrue(other.contains(MODULE) == false, other);
    assertTrue(other.contains("org.semantichash.trainer.cli.Main evaluate x.onnx x.jsonl"), other);
  }
}
