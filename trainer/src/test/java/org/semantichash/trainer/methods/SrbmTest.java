// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.FiniteDifferences;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/** The two machines and the order in which they are learned. */
class SrbmTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(120, 5, 1);
  private static final Batch BATCH = Batch.of(DOCUMENTS, 0, 1, 2, 3, 4, 5);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(6, 4, 1, 1, 1, 20, 0.01, 1, 1, 0, 3, 1);

  private static Srbm.Stack stack() {
    return ((Srbm) HashingMethod.named("s-rbm", Map.of())).new Stack(DOCUMENTS, OPTIONS);
  }

  /** - sum over units of log(1 + exp(x)) - b'v, written out. */
  @Test
  void theFreeEnergyOfWordsIsItsFormula() {
    Srbm.Stack stack = stack();
    List<Parameter> p = stack.parameters();
    Parameter visible = p.get(p.size() - 3);
    double sum = 0;
    for (int row = 0; row < BATCH.size(); row++) {
      SparseVector v = BATCH.vectors().document(row);
      for (int j = 0; j < 4; j++) {
        double x = 0;
        for (int i = 0; i < v.size(); i++) {
          x += v.weight(i) * p.get(0).value().get(v.id(i), j);
        }
        sum -= StrictMath.log1p(StrictMath.exp(x));
      }
      for (int i = 0; i < v.size(); i++) {
        sum -= v.weight(i) * visible.value().get(v.id(i), 0);
      }
    }
    var tape = TestTape.of(1);
    Variable x = tape.sparseLinear(BATCH.vectors(), p.get(0), p.get(1));
    assertEquals(sum / BATCH.size(), stack.wordEnergy(tape, BATCH.vectors(), x).scalar(), 1e-4);
  }

  /** What the machines have drawn does not depend on the biases that are looked at here. */
  @Test
  void theStepsAreGradientsOfTheFreeEnergies() {
    Srbm.Stack stack = stack();
    FiniteDifferences.check(
        stack.parameters(), List.of("no_bias"), tape -> stack.ofWords(tape, BATCH.vectors()));
    Srbm.Stack bits = stack();
    Variable[] h = new Variable[1];
    FiniteDifferences.check(
        bits.parameters(),
        List.of("weights_1", "bias_1", "hidden_bias"),
        tape -> {
          h[0] = TestTape.variable(tape, TestTape.random(6, 4, 0, 1, new SplittableRandom(2)));
          return bits.bitEnergy(
              tape, h[0], tape.linear(h[0], bits.parameters().get(2), bits.parameters().get(3)));
        });
  }

  @Test
  void drawnTextsWeighAsMuchAndFollowTheShares() {
    Srbm.Stack stack = stack();
    List<SparseVector> drawn = new ArrayList<>();
    var tape = TestTape.of(1);
    Variable x =
        tape.sparseLinear(BATCH.vectors(), stack.parameters().get(0), stack.parameters().get(1));
    var batch = stack.drawn(tape, BATCH.vectors(), x.value());
    for (int row = 0; row < BATCH.size(); row++) {
      drawn.add(batch.document(row));
      assertEquals(weight(BATCH.vectors().document(row)), weight(drawn.get(row)), 1e-4);
    }
    double[] sums = {0.25, 0.25, 1}; // the second word has no share
    int[] counts = new int[3];
    java.util.SplittableRandom random = new SplittableRandom(1);
    SparseVector own = SparseVector.of(new int[] {0}, new float[] {1});
    for (int i = 0; i < 4000; i++) {
      counts[Srbm.words(own, sums, random).id(0)]++;
    }
    assertEquals(0, counts[1]);
    assertEquals(1000, counts[0], 120);
  }

  private static double weight(SparseVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.size(); i++) {
      sum += vector.weight(i);
    }
    return sum;
  }

  @Test
  void everyBitTellsDocumentsApartBeforeItIsTuned() {
    Srbm.Stack stack = stack();
    stack.parameters().get(3).value().fill(50); // all bits are 1
    stack.onEpoch(4);
    HashNetwork network = stack.network();
    for (int bit = 0; bit < 6; bit++) {
      double sum = 0;
      double squares = 0;
      for (SparseVector vector : DOCUMENTS.vectors()) {
        float y = network.activations(vector)[bit];
        sum += y / DOCUMENTS.size();
        squares += (double) y * y / DOCUMENTS.size();
      }
      assertEquals(0, sum, 0.02);
      assertEquals(1, squares, 0.05);
    }
  }

  /** Six steps an epoch: two epochs of words, two of bits; the fifth is the first that counts. */
  @Test
  void epochsOfPretrainingAreNeverTheBest() {
    Srbm.Stack stack = stack();
    assertTrue(stack.isWarm(24) == false);
    assertTrue(stack.isWarm(30));
  }

  @Test
  void itNeedsAHiddenLayer() {
    TrainingOptions options = OPTIONS.with(Map.of("hidden_layers", "2"));
    TrainingLoop loop = new TrainingLoop(options, n -> 0, TrainingListener.NONE, () -> false);
    assertEquals(
        "[hidden_layers] of [s-rbm] must be [1], got [2]",
        assertThrows(
                IllegalArgumentException.class,
                () -> HashingMethod.named("s-rbm", Map.of()).learn(DOCUMENTS, options, loop))
            .getMessage());
  }
}
