// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingState;

/** A training that is stopped somewhere and goes on from its file is one that was not stopped. */
class ResumedTrainingTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(300, 6, 3);
  private static final int EPOCHS = 6;

  /** Those without epochs, and two that remember more than is in the file. */
  private static final Set<String> NOT_RESUMABLE =
      Set.of("ammi", "itq", "ksh", "lsh", "s-rbm", "sph");

  @TempDir private Path folder;

  /** Everything that a training does. */
  private static final class Run implements TrainingListener {

    private final HashingMethod method;
    private final int epochs;
    private final int stopAfter;
    private final List<Double> scores = new ArrayList<>();
    private int batches;
    private Optional<TrainingState> end = Optional.empty();
    private HashNetwork network;

    Run(HashingMethod method, int epochs, int stopAfter) {
      this.method = method;
      this.epochs = epochs;
      this.stopAfter = stopAfter;
    }

    Run from(Optional<TrainingState> state) {
      TrainingOptions options =
          new TrainingOptions(16, 24, 1, epochs, 9, 30, 0.01, 0.96, 0.9, 5, 7, 2)
              .with(method.trainingDefaults())
              .with(Map.of("learning_rate", "0.01"))
              .withEpochs(epochs);
      TrainingLoop loop =
          new TrainingLoop(options, ResumedTrainingTest::score, this, () -> batches >= stopAfter);
      state.ifPresent(loop::resume);
      loop.onEnd(found -> end = Optional.of(found));
      network = method.learn(DOCUMENTS, options, loop);
      return this;
    }

    @Override
    public void onBatch(BatchProgress progress) {
      batches++;
    }

    @Override
    public void onEpoch(EpochResult result) {
      scores.add(result.validationScore());
    }
  }

  /** Any number that the whole network decides. */
  private static double score(HashNetwork network) {
    double sum = 0;
    for (SparseVector vector : DOCUMENTS.vectors().subList(0, 50)) {
      for (float activation : network.activations(vector)) {
        sum += StrictMath.sin(activation);
      }
    }
    return sum;
  }

  private static HashingMethod method(String name) {
    Map<String, String> options = new TreeMap<>();
    Map<String, String> known = HashingMethod.named(name, Map.of()).toProperties();
    if (known.containsKey("kl_warmup")) {
      options.put("kl_warmup", "15");
    }
    if (known.containsKey("refresh")) {
      options.put("refresh", "2"); // what is remembered of an epoch counts
    }
    return HashingMethod.named(name, options);
  }

  static List<String> names() {
    return HashingMethod.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itGoesOnAsIfItHadNotBeenStopped(String name) throws IOException {
    Run whole = new Run(method(name), EPOCHS, Integer.MAX_VALUE).from(Optional.empty());
    if (NOT_RESUMABLE.contains(name)) {
      assertTrue(whole.end.isEmpty(), name);
      return;
    }
    long seed = System.nanoTime();
    System.out.println(name + " is stopped with seed " + seed);
    Random random = new Random(seed);
    stopsAndGoesOn(name, whole, 1 + random.nextInt(whole.batches - 1));
    stopsAndGoesOn(name, whole, 10 * (1 + random.nextInt(EPOCHS - 1))); // at the end of an epoch
  }

  private void stopsAndGoesOn(String name, Run whole, int stop) throws IOException {
    Run first = new Run(method(name), EPOCHS, stop).from(Optional.empty());
    assertEquals(stop, first.batches);
    Path file = folder.resolve(name);
    first.end.orElseThrow().of(Map.of("a", "b")).write(file);
    TrainingState state = TrainingState.read(file);
    assertEquals(Map.of("a", "b"), state.origin());
    Run second = new Run(method(name), EPOCHS, Integer.MAX_VALUE).from(Optional.of(state));
    String where = name + ", stopped after batch " + stop;
    assertEquals(whole.batches, first.batches + second.batches, where);
    List<Double> scores = new ArrayList<>(first.scores);
    scores.addAll(second.scores);
    assertEquals(whole.scores, scores, where);
    assertEquals(whole.end.orElseThrow().epochs().size(), second.end.orElseThrow().epochs().size());
    for (SparseVector vector : DOCUMENTS.vectors()) {
      assertArrayEquals(
          whole.network.activations(vector), second.network.activations(vector), where);
    }
  }

  /** N epochs and then M are N + M, and the best score never falls. */
  @Test
  void moreEpochsThanAtFirst() {
    Run whole = new Run(method("auto"), EPOCHS, Integer.MAX_VALUE).from(Optional.empty());
    for (int n = 1; n < EPOCHS; n++) {
      Run first = new Run(method("auto"), n, Integer.MAX_VALUE).from(Optional.empty());
      Run more = new Run(method("auto"), EPOCHS, Integer.MAX_VALUE).from(first.end);
      assertEquals(whole.scores.subList(n, EPOCHS), more.scores);
      assertTrue(more.end.orElseThrow().bestScore() >= first.end.orElseThrow().bestScore());
      assertEquals(
          whole.network.encode(DOCUMENTS.vectors()), more.network.encode(DOCUMENTS.vectors()));
    }
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Run run = new Run(method("vdsh"), 2, Integer.MAX_VALUE).from(Optional.empty());
    Path file = folder.resolve("state");
    run.end.orElseThrow().write(file);
    byte[] whole = Files.readAllBytes(file);
    long seed = System.nanoTime();
    System.out.println("damaged with seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertDamaged(file, damaged);
      assertDamaged(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
    }
  }

  private static void assertDamaged(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TrainingState.read(file));
    assertEquals(
        "file ["
            + file
            + "] must be the state of a training, as train leaves it, but is none or is damaged;"
            + " delete it and train from the beginning",
        e.getMessage());
  }

  @Test
  void aStateOfAnotherNetworkIsRefused() {
    Optional<TrainingState> other = new Run(method("vdsh"), 2, 10).from(Optional.empty()).end;
    assertEquals(
        "the state is that of another network",
        assertThrows(
                IllegalArgumentException.class, () -> new Run(method("auto"), 4, 99).from(other))
            .getMessage());
  }
}
