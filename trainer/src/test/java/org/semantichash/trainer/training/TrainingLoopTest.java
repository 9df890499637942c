// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.VariationalMethod;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingLoop.DivergedException;
import org.semantichash.trainer.training.TrainingLoop.Objective;

class TrainingLoopTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(500, 5, 2);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(12, 16, 1, 3, 3, 50, 0.01, 0.9, 0.8, 1, 4, 1);

  private static Objective objective(TrainingOptions options) {
    return objective(options, 5);
  }

  private static Objective objective(TrainingOptions options, int warmUp) {
    Map<String, String> bmsh = Map.of("components", "4", "kl_warmup", Integer.toString(warmUp));
    return ((VariationalMethod) HashingMethod.named("bmsh", bmsh)).objective(DOCUMENTS, options);
  }

  private static HashNetwork train(TrainingOptions options) {
    return new TrainingLoop(options, n -> 0, TrainingListener.NONE, () -> false)
        .train(objective(options), DOCUMENTS);
  }

  private static void assertSame(HashNetwork expected, HashNetwork actual) {
    assertArrayEquals(expected.first().weights(), actual.first().weights());
    assertArrayEquals(expected.dense().get(0).weights(), actual.dense().get(0).weights());
    assertArrayEquals(expected.dense().get(0).bias(), actual.dense().get(0).bias());
  }

  @Test
  void aSeedGivesTheSameWeightsWithAnyNumberOfThreads() {
    HashNetwork first = train(OPTIONS);
    assertSame(first, train(OPTIONS));
    assertSame(first, train(OPTIONS.withThreads(2)));
    assertSame(first, train(OPTIONS.withThreads(5)));
    assertFalse(
        Arrays.equals(first.first().weights(), train(OPTIONS.withSeed(5)).first().weights()));
  }

  @Test
  void theBestEpochIsKeptAndPatienceEndsTheTraining() {
    double[] scores = {0.1, 0.7, 0.3, 0.2, 0.9};
    List<HashNetwork> seen = new ArrayList<>();
    List<TrainingListener.EpochResult> epochs = new ArrayList<>();
    TrainingOptions options = new TrainingOptions(12, 16, 1, 5, 2, 50, 0.01, 0.9, 0.8, 0, 4, 1);
    HashNetwork best =
        new TrainingLoop(
                options,
                network -> {
                  seen.add(network);
                  return scores[seen.size() - 1];
                },
                new TrainingListener() {
                  @Override
                  public void onEpoch(EpochResult result) {
                    epochs.add(result);
                  }
                },
                () -> false)
            .train(objective(options), DOCUMENTS);
    assertEquals(4, seen.size()); // two epochs after the best
    assertSame(seen.get(1), best);
    assertEquals(List.of(true, true, false, false), epochs.stream().map(e -> e.best()).toList());
  }

  /** Ten steps an epoch: the divergence has its full weight from the third epoch on. */
  @Test
  void epochsOfTheWarmUpAreNotKeptHoweverGoodTheyAre() {
    double[] scores = {0.9, 0.8, 0.3, 0.4, 0.2, 0.1, 0.95};
    List<HashNetwork> seen = new ArrayList<>();
    Objective slow = objective(OPTIONS, 30);
    HashNetwork best = scored(scores, seen, 2, slow);
    assertEquals(6, seen.size()); // two epochs after the best of those that count
    assertSame(seen.get(3), best);
    seen.clear();
    HashNetwork last = scored(scores, seen, 2, objective(OPTIONS, 1000));
    assertEquals(7, seen.size());
    assertSame(seen.get(6), last); // the longest trained one, as none was warm
  }

  private static HashNetwork scored(
      double[] scores, List<HashNetwork> seen, int patience, Objective objective) {
    TrainingOptions options =
        new TrainingOptions(12, 16, 1, scores.length, patience, 50, 0.01, 0.9, 0.8, 0, 4, 1);
    return new TrainingLoop(
            options,
            network -> {
              seen.add(network);
              return scores[seen.size() - 1];
            },
            TrainingListener.NONE,
            () -> false)
        .train(objective, DOCUMENTS);
  }

  /** As in the papers' code, which chooses among all epochs. */
  @Test
  void epochsOfTheWarmUpCountWhereTheyAreToldTo() {
    TrainingOptions options = OPTIONS.withEpochs(5);
    Map<String, String> bmsh =
        Map.of("components", "4", "kl_warmup", "1000000", "cold_epochs", "count");
    Objective objective =
        ((VariationalMethod) HashingMethod.named("bmsh", bmsh)).objective(DOCUMENTS, options);
    List<HashNetwork> seen = new ArrayList<>();
    HashNetwork best =
        new TrainingLoop(
                options,
                network -> {
                  seen.add(network);
                  return -seen.size();
                },
                TrainingListener.NONE,
                () -> false)
            .train(objective, DOCUMENTS);
    assertSame(seen.getFirst(), best);
  }

  @Test
  void stoppingKeepsWhatThereIs() {
    int[] batches = {0};
    List<HashNetwork> seen = new ArrayList<>();
    HashNetwork stopped =
        new TrainingLoop(
                OPTIONS,
                network -> {
                  seen.add(network);
                  return 1;
                },
                new TrainingListener() {
                  @Override
                  public void onBatch(BatchProgress progress) {
                    batches[0]++;
                    assertEquals(10, progress.batches());
                    assertTrue(progress.documentsPerSecond() > 0);
                  }
                },
                () -> batches[0] >= 15)
            .train(objective(OPTIONS), DOCUMENTS);
    assertEquals(15, batches[0]);
    assertEquals(1, seen.size());
    assertSame(seen.get(0), stopped);
  }

  @Test
  void aLossThatIsNoNumberStopsWithAdvice() {
    TrainingOptions options = new TrainingOptions(12, 16, 1, 3, 3, 50, 0.01, 0.9, 0.8, 0, 4, 1);
    Objective good = objective(options);
    Objective bad =
        new Objective() {
          @Override
          public List<Parameter> parameters() {
            return good.parameters();
          }

          @Override
          public Variable loss(Tape tape, Batch batch) {
            Variable loss = good.loss(tape, batch);
            return tape.step() < 12 ? loss : tape.combine(Float.NaN, loss, 1, loss);
          }

          @Override
          public HashNetwork network() {
            return good.network();
          }
        };
    DivergedException e =
        assertThrows(
            DivergedException.class,
            () ->
                new TrainingLoop(options, n -> 0, TrainingListener.NONE, () -> false)
                    .train(bad, DOCUMENTS));
    assertEquals(
        "the loss of step [12] must be a number, got [NaN]; try a [learning_rate] below [0.01] or"
            + " a [gradient_clip]",
        e.getMessage());
    assertTrue(e.lastGood().isPresent());
  }

  @Test
  void whatComesBeforeTheFirstEpochIsHeardAndCanBeGivenUp() {
    List<Integer> heard = new ArrayList<>();
    boolean[] stop = {false};
    TrainingLoop loop =
        new TrainingLoop(
            OPTIONS,
            n -> 0,
            new TrainingListener() {
              @Override
              public void onPreparation(int documents, int of) {
                heard.add(documents);
                assertEquals(9, of);
              }
            },
            () -> stop[0]);
    loop.onPreparation(4, 9);
    stop[0] = true;
    assertEquals(
        "interrupted before the first epoch: there is no model yet",
        assertThrows(CancellationException.class, () -> loop.onPreparation(5, 9)).getMessage());
    assertEquals(List.of(4), heard);
  }

  @Test
  void theObjectiveHearsOfEveryEpochAfterItsValidation() {
    List<String> order = new ArrayList<>();
    Objective plain = objective(OPTIONS);
    Objective listening =
        new Objective() {
          @Override
          public List<Parameter> parameters() {
            return plain.parameters();
          }

          @Override
          public Variable loss(Tape tape, Batch batch) {
            return plain.loss(tape, batch);
          }

          @Override
          public void onEpoch(int epoch) {
            order.add("epoch " + epoch);
          }

          @Override
          public HashNetwork network() {
            return plain.network();
          }
        };
    new TrainingLoop(
            OPTIONS,
            n -> {
              order.add("validation");
              return order.size();
            },
            TrainingListener.NONE,
            () -> false)
        .train(listening, DOCUMENTS);
    assertEquals(
        List.of("validation", "epoch 1", "validation", "epoch 2", "validation", "epoch 3"), order);
  }

  @Test
  void fewerDocumentsThanABatchAreRefused() {
    TrainingOptions options = new TrainingOptions(12, 16, 1, 3, 3, 501, 0.01, 0.9, 0.8, 0, 4, 1);
    assertEquals(
        "[batch_size] must be at most the number of training documents [500], got [501]",
        assertThrows(IllegalArgumentException.class, () -> train(options)).getMessage());
  }

  @Test
  void optionsAreChecked() {
    assertEquals(
        "[keep] must be in (0, 1], got [0.0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingOptions(64, 1, 1, 1, 1, 1, 0.1, 1, 0, 0, 1, 1))
            .getMessage());
    assertEquals(
        "[bits] must be between [4] and [4096], got [3]",
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withBits(3)).getMessage());
    assertEquals(11, TrainingOptions.DEFAULTS.toProperties().size());
  }
}
