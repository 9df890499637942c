// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
@Timeout(300)
class InterruptionTest {

  @TempDir private Path folder;

  @Test
  void anInterruptedTrainingWritesItsBestModel() throws Exception {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 2000, 1);
    Path model = folder.resolve("topics.onnx");
    String output = interrupted("epoch 2: ", "train", corpus.toString(), "-o", model.toString());
    assertTrue(output.contains("ONNX Runtime gives the same bits"), output);
    ModelMetadata metadata = EncoderModel.read(model).metadata();
    assertEquals(16, metadata.bits());
    assertEquals("true", metadata.provenance().get("interrupted"));
    int epochs = Integer.parseInt(metadata.provenance().get("epochs_run"));
    assertTrue(epochs >= 2 && epochs < 100_000, "epochs " + epochs);
    Path state = folder.resolve("topics.training");
    assertTrue(Files.size(state) > 1000);
    String command =
        "  semantic-hash train "
            + corpus
            + " -o "
            + model
            + " --bits=16 --hidden-units=32 --batch-size=20 --max-df=0.6 --epochs=100000"
            + " --patience=100000 --continue="
            + model;
    assertTrue(output.lines().anyMatch(command::equals), output);
    goesOn(corpus, model, epochs);
  }

  private static CommandRun resumed(Path corpus, Path model, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", corpus, "-o", model, "--continue", model));
    arguments.addAll(List.of("--bits=16", "--hidden-units=32", "--max-df=0.6", "--patience=9"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private void goesOn(Path corpus, Path model, int epochs) throws IOException {
    CommandRun other = resumed(corpus, model, "--batch-size=30");
    assertEquals(
        "semantic-hash train: [continue] needs the same [batch_size] as before, [20], got [30]",
        other.lastError());
    CommandRun none = resumed(corpus, model, "--batch-size=20", "--epochs=1");
    assertEquals(
        "semantic-hash train: [epochs] must be more than the ["
            + epochs
            + "] that were run, got [1]",
        none.lastError());
    Path changed = TopicCorpus.write(folder.resolve("changed.jsonl"), 2000, 2);
    CommandRun texts = resumed(changed, model, "--batch-size=20", "--epochs=100");
    assertTrue(texts.lastError().contains("[continue] needs the same ["), texts.err());
    int all = epochs + 2;
    CommandRun more = resumed(corpus, model, "--batch-size=20", "--epochs", all);
    assertEquals(0, more.code(), more.err());
    assertTrue(more.err().contains("epoch " + all + ": loss "), more.err());
    assertEquals(2, more.err().lines().filter(line -> line.matches("epoch \\d+: .*")).count());
    Map<String, String> provenance = EncoderModel.read(model).metadata().provenance();
    assertEquals("" + all, provenance.get("epochs_run"));
    assertEquals("false", provenance.get("interrupted"));
    if (Files.notExists(folder.resolve("topics.training"))) {
      assertTrue(
          resumed(corpus, model, "--batch-size=20").lastError().contains("but there is none"));
    }
  }

  /**
   * Runs a command that trains, and interrupts it.
   *
   * @param at the beginning of the line at which Ctrl-C comes
   * @return what it printed
   */
  static String interrupted(String at, String... arguments) throws Exception {
    Process training = start(arguments);
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(training.getInputStream(), StandardCharsets.UTF_8))) {
      boolean interrupted = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (interrupted == false && line.startsWith(at)) {
          interrupt(training);
          interrupted = true;
        }
      }
      assertTrue(training.waitFor(60, TimeUnit.SECONDS));
      assertEquals(130, training.exitValue(), output::toString);
    } finally {
      training.destroyForcibly();
    }
    return output.toString();
  }

  private static Process start(String... arguments) throws IOException {
    // Who runs the tests may ignore Ctrl-C, as shells do for what they run in the background, and
    // a JVM would then ignore it too.
    ProcessBuilder program =
        new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    program.command().addAll(List.of(arguments));
    program
        .command()
        .addAll(
            List.of(
                "--bits=16",
                "--hidden-units=32",
                "--batch-size=20",
                "--max-df=0.6",
                "--epochs=100000",
                "--patience=100000"));
    return program.redirectErrorStream(true).start();
  }

  private static void interrupt(Process process) throws Exception {
    Process kill =
        new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start();
    assertEquals(0, kill.waitFor());
  }
}
