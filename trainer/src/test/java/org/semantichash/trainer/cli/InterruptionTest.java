// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelMetadata;

/** Ctrl-C in a process of its own. */
@EnabledOnOs(OS.LINUX) // other systems have no env --default-signal
@Timeout(120)
class InterruptionTest {

  @TempDir private Path folder;

  @Test
  void anInterruptedTrainingWritesItsBestModel() throws Exception {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 2000, 1);
    Path model = folder.resolve("topics.onnx");
    Process training = start(corpus, model);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(training.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder output = new StringBuilder();
      boolean interrupted = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (interrupted == false && line.startsWith("epoch 2: ")) {
          interrupt(training);
          interrupted = true;
        }
      }
      assertTrue(training.waitFor(60, TimeUnit.SECONDS));
      assertEquals(130, training.exitValue(), output::toString);
      assertTrue(output.toString().contains("ONNX Runtime gives the same bits"), output::toString);
    } finally {
      training.destroyForcibly();
    }
    ModelMetadata metadata = EncoderModel.read(model).metadata();
    assertEquals(16, metadata.bits());
    assertEquals("true", metadata.provenance().get("interrupted"));
    int epochs = Integer.parseInt(metadata.provenance().get("epochs_run"));
    assertTrue(epochs >= 2 && epochs < 100_000, "epochs " + epochs);
  }

  private static Process start(Path corpus, Path model) throws IOException {
    // Who runs the tests may ignore Ctrl-C, as shells do for what they run in the background, and
    // a JVM would then ignore it too.
    return new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            corpus.toString(),
            "-o",
            model.toString(),
            "--bits=16",
            "--hidden-units=32",
            "--batch-size=20",
            "--max-df=0.6",
            "--epochs=100000",
            "--patience=100000")
        .redirectErrorStream(true)
        .start();
  }

  private static void interrupt(Process process) throws Exception {
    Process kill =
        new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start();
    assertEquals(0, kill.waitFor());
  }
}
