// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.encoder.EncoderModel;

/**
 * Ctrl-C as a person presses it: the character 3 on a terminal, which [script] of util-linux makes.
 * How often is set by -Dtests.interrupts, where by -Dtests.interrupts.seed.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(900)
class TerminalInterruptionTest {

  private static final int CTRL_C = 3;
  private static final String NO_MODEL = "there is no model yet";

  /** Longer than the short training below takes. */
  private static final int LATEST_MILLIS = 6000;

  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void installs() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script of util-linux");
    temporary = Files.createDirectory(folder.resolve("tmp"));
    copyTree(classes(), folder.resolve("lib/trainer"));
    Path natives = Files.createDirectories(folder.resolve("native").resolve(Main.platform()));
    for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
      String file = System.mapLibraryName(name);
      String resource = "/ai/onnxruntime/native/" + Main.platform() + "/" + file;
      try (InputStream library = Main.class.getResourceAsStream(resource)) {
        Files.copy(library, natives.resolve(file));
      }
    }
  }

  private static Path classes() {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void noModelIsLostWhereverCtrlCIsPressed() throws Exception {
    long seed = Long.getLong("tests.interrupts.seed", System.currentTimeMillis());
    int times = Integer.getInteger("tests.interrupts", 4);
    SplittableRandom random = new SplittableRandom(seed);
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 4000, 1);
    List<String> lost = new ArrayList<>();
    int saved = 0;
    int none = 0;
    for (int i = 0; i < times; i++) {
      int millis = random.nextInt(LATEST_MILLIS);
      Path model = folder.resolve("model-" + i + ".onnx");
      Outcome outcome = train(corpus, model, "reading ", millis);
      if (Files.exists(model)) {
        EncoderModel.read(model);
        saved += outcome.code() == 130 || outcome.code() == 0 ? 1 : 0;
      } else if (outcome.code() == 130 && outcome.output().contains(NO_MODEL)) {
        none++;
      } else {
        lost.add("after " + millis + " ms, exit code " + outcome.code() + ":\n" + outcome.output());
      }
    }
    System.out.println(
        "seed "
            + seed
            + ": "
            + saved
            + " models saved, "
            + none
            + " times there was none yet, "
            + lost.size()
            + " lost");
    count(times, lost.size(), saved, seed);
    assertEquals(List.of(), lost, () -> "seed " + seed);
    assertEquals(times, saved + none, () -> "seed " + seed);
    assertEquals("", leftBehind());
  }

  /** Leaves a row for the table of safety, where its command has named a folder for it. */
  private static void count(int tried, int failures, int saved, long seed) throws IOException {
    String rows = System.getProperty("semantichash.safety", "");
    if (rows.isEmpty() == false) {
      Files.createDirectories(Path.of(rows));
      Files.writeString(
          Path.of(rows, "interrupts.json"),
          String.format(
              Locale.ROOT,
              "{\"check\":\"models not saved on Ctrl-C\",\"tried\":%d,\"failures\":%d,"
                  + "\"saved\":%d,\"none_yet_and_said_so\":%d,\"seed\":%d}",
              tried,
              failures,
              saved,
              tried - failures - saved,
              seed));
    }
  }

  @Test
  void afterTheFirstEpochThereIsAlwaysAModel() throws Exception {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 4000, 1);
    Path model = folder.resolve("model.onnx");
    Outcome outcome = train(corpus, model, "epoch 1: ", 200);
    assertEquals(130, outcome.code(), outcome::output);
    assertTrue(outcome.output().contains("Ctrl-C: "), outcome::output);
    assertEquals(
        outcome.output().contains("the training is over") ? "false" : "true",
        EncoderModel.read(model).metadata().provenance().get("interrupted"));
    assertEquals("", leftBehind());
  }

  /** The files in the temporary folder, but for those that the JVM itself puts there. */
  private String leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.joining(" "));
    }
  }

  /** How a run on a terminal ended. */
  private record Outcome(int code, String output) {}

  /** Presses Ctrl-C so many milliseconds after the terminal showed a text. */
  private Outcome train(Path corpus, Path model, String shown, int millis) throws Exception {
    Process terminal =
        new ProcessBuilder("script", "-qec", command(corpus, model), "/dev/null")
            .redirectErrorStream(true)
            .start();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Thread reader = new Thread(() -> copy(terminal.getInputStream(), output));
    reader.start();
    try (OutputStream keyboard = terminal.getOutputStream()) {
      for (int i = 0;
          i < 6000 && text(output).contains(shown) == false && terminal.isAlive();
          i++) {
        Thread.sleep(10);
      }
      Thread.sleep(millis);
      if (terminal.isAlive()) {
        press(keyboard);
      }
      assertTrue(terminal.waitFor(120, TimeUnit.SECONDS), () -> text(output));
      reader.join(10_000);
      return new Outcome(terminal.exitValue(), text(output));
    } finally {
      terminal.descendants().forEach(ProcessHandle::destroyForcibly);
      terminal.destroyForcibly();
    }
  }

  private static void press(OutputStream keyboard) {
    try {
      keyboard.write(CTRL_C);
      keyboard.flush();
    } catch (IOException e) {
      // it ended at this moment
    }
  }

  private static String text(ByteArrayOutputStream output) {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Until the terminal closes, which a read may see as an error. */
  private static void copy(InputStream in, ByteArrayOutputStream output) {
    try {
      in.transferTo(output);
    } catch (IOException e) {
      output.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Of the classes under test as the distribution has them, with natives beside its folder. A few
   * words and hidden units lose more as integers than a real model does.
   */
  private String command(Path corpus, Path model) {
    String path =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(entry -> Path.of(entry).equals(classes()) == false)
            .collect(Collectors.joining(":"));
    return String.join(
        " ",
        "exec env --default-signal=INT",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + temporary,
        "-cp " + folder.resolve("lib/trainer") + ":" + path,
        Main.class.getName(),
        "train " + corpus + " -o " + model,
        "--bits=16 --hidden-units=32 --batch-size=20 --max-df=0.6 --epochs=12 --patience=12",
        "--quantisation-loss=0.01");
  }
}
