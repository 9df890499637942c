// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.semantichash.trainer.engine.FiniteDifferences.asVariable;
import static org.semantichash.trainer.engine.FiniteDifferences.check;
import static org.semantichash.trainer.engine.FiniteDifferences.random;
import static org.semantichash.trainer.engine.FiniteDifferences.weightedSum;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.RandomOperations.Noise;
import org.semantichash.trainer.engine.StepContext.Variable;

/** The operations that methods compose their divergences of, against finite differences. */
class CompositionGradientTest {

  private static Parameter parameter(int rows, int columns, long seed) {
    return Parameter.dense("p" + seed, random(rows, columns, seed));
  }

  private static void checkMap(BiFunction<Tape, Variable, Variable> operation) {
    Parameter x = parameter(3, 5, 1);
    check(List.of(x), tape -> weightedSum(tape, operation.apply(tape, asVariable(tape, x))));
  }

  @Test
  void functionsOfAnElement() {
    checkMap(Tape::exp);
    checkMap(Tape::softplus);
    checkMap((tape, x) -> tape.affine(x, -0.7f, 2));
    checkMap((tape, x) -> tape.log1mSquare(tape.affine(tape.tanh(x), 0.9f, 0)));
  }

  @Test
  void partsAndSums() {
    checkMap((tape, x) -> tape.columns(x, 1, 4));
    checkMap((tape, x) -> tape.rows(x, 1, 3));
    checkMap(Tape::rowSums);
    checkMap(Tape::meanOfRowSums);
    checkMap((tape, x) -> tape.scaleRows(x, new float[] {0.5f, -2, 3}));
  }

  @Test
  void productOfTwoAndOfOneWithItself() {
    Parameter x = parameter(2, 3, 1);
    Parameter y = parameter(2, 3, 2);
    check(
        List.of(x, y),
        tape -> weightedSum(tape, tape.product(asVariable(tape, x), asVariable(tape, y))));
    checkMap((tape, v) -> tape.product(v, v));
  }

  @Test
  void logBernoulli() {
    Parameter bits = parameter(3, 4, 1);
    Parameter logits = parameter(3, 4, 2);
    check(
        List.of(bits, logits),
        tape ->
            weightedSum(tape, tape.logBernoulli(asVariable(tape, bits), asVariable(tape, logits))));
  }

  @Test
  void logSumExp() {
    Parameter x = parameter(4, 1, 1);
    Parameter y = parameter(4, 1, 2);
    check(
        List.of(x, y),
        tape ->
            weightedSum(tape, tape.logSumExp(List.of(asVariable(tape, x), asVariable(tape, y)))));
  }

  @Test
  void orthogonality() {
    Parameter t = parameter(3, 5, 2);
    check(List.of(t), tape -> tape.orthogonality(t));
  }

  @Test
  void lowRankNoise() {
    Parameter x = parameter(3, 4, 1);
    Parameter factors = parameter(3, 8, 2);
    check(
        List.of(x, factors),
        tape ->
            weightedSum(
                tape, tape.addLowRankNoise(asVariable(tape, x), asVariable(tape, factors))));
  }

  @Test
  void labelLoss() {
    Parameter logits = parameter(3, 4, 1);
    List<int[]> labels = List.of(new int[] {1, 3}, new int[] {}, new int[] {0});
    check(List.of(logits), tape -> tape.labelLoss(asVariable(tape, logits), labels));
  }

  @Test
  void logarithmAndNormalNoiseAreWhatTheySay() {
    for (float x = 1e-20f; x < 1e20f; x *= 1.37f) {
      double expected = StrictMath.log(x);
      assertEquals(expected, FloatMath.log(x), 2e-6 * Math.max(1, Math.abs(expected)));
    }
    Noise noise = Noise.of(3, 1, 4);
    double[] moments = new double[5];
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double power = 1;
      for (int m = 0; m < moments.length; m++) {
        moments[m] += power / n;
        power *= noise.normal(i);
      }
    }
    assertEquals(0, moments[1], 0.01);
    assertEquals(1, moments[2], 0.02);
    assertEquals(0, moments[3], 0.03);
    assertEquals(3, moments[4], 0.1);
  }
}
