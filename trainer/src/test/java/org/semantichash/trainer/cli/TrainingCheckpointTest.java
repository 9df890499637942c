// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with which a training goes on. */
class TrainingCheckpointTest {

  @TempDir private Path folder;

  private static String command(OptionalInt more, String... arguments) throws IOException {
    return String.join(
        " ",
        TrainingCheckpoint.of(Path.of("x.onnx"), Optional.empty(), Map.of(), 3, Optional.empty())
            .continuing(List.of(arguments), more));
  }

  @Test
  void theCommandIsThatOfTheFirstRunWithoutPasswords() throws IOException {
    assertEquals(
        "'a b.jsonl' --supervised -o x.onnx --epochs=6 --continue=x.onnx",
        command(
            OptionalInt.of(6),
            "train",
            "a b.jsonl",
            "--supervised",
            "-o",
            "x.onnx",
            "--epochs",
            "3"));
    assertEquals(
        "--index=news @cluster.txt --user=NAME:PASSWORD --epochs=3 --continue=x.onnx",
        command(
            OptionalInt.empty(),
            "--index=news",
            "@cluster.txt",
            "--user",
            "me:secret",
            "--epochs=3",
            "--continue",
            "x.onnx"));
    assertEquals(
        "'it'\\''s' --api-key=KEY --continue=x.onnx",
        command(OptionalInt.empty(), "train", "it's", "--api-key=secret"));
  }

  /** What is printed is run: it goes on, and ends with at least the score of before. */
  @Test
  void theCommandThatIsPrintedGoesOn() throws IOException {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 600, 1);
    Path model = folder.resolve("topics.onnx");
    Object[] first = {
      "train",
      corpus,
      "-o",
      model,
      "--bits=16",
      "--hidden-units=32",
      "--max-df=0.6",
      "--epochs=2",
      "--learning-rate=0.0005",
      "--choose-by=labels"
    };
    CommandRun begun = CommandRun.of(first);
    assertEquals(0, begun.code(), begun.err());
    assertTrue(begun.err().contains("the validation score still rose by "), begun.err());
    assertTrue(Files.exists(folder.resolve("topics.training")));
    String printed =
        begun
            .err()
            .lines()
            .filter(line -> line.startsWith("  semantic-hash train "))
            .findAny()
            .get();
    assertTrue(printed.endsWith(" --epochs=4 --continue=" + model), printed);
    CommandRun more = CommandRun.of((Object[]) printed.strip().split(" ", 2)[1].split(" "));
    assertEquals(0, more.code(), more.err());
    assertTrue(more.err().contains("epoch 3: loss "), more.err());
    assertTrue(more.err().contains("epoch 1: loss ") == false, more.err());

    Path whole = folder.resolve("whole.onnx");
    first[3] = whole;
    first[7] = "--epochs=4";
    assertEquals(0, CommandRun.of(first).code());
    assertEquals(
        CommandRun.of("encode", whole, corpus).out(), CommandRun.of("encode", model, corpus).out());
  }
}
