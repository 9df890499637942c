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
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Every operation of the tape against finite differences. */
class GradientTest {

  private static final SparseBatch BATCH =
      new SparseBatch(
          List.of(
              SparseVector.of(new int[] {0, 3, 4}, new float[] {0.5f, 0.2f, 0.7f}),
              SparseVector.EMPTY,
              SparseVector.of(new int[] {3}, new float[] {1}),
              SparseVector.of(new int[] {1, 3, 6}, new float[] {0.1f, 0.4f, 0.9f}),
              SparseVector.of(new int[] {0, 1}, new float[] {0.8f, 0.3f})),
          7);

  private static Parameter parameter(String name, int rows, int columns, long seed) {
    return Parameter.dense(name, random(rows, columns, seed));
  }

  private static void checkMap(BiFunction<Tape, Variable, Variable> operation) {
    Parameter x = parameter("x", 3, 5, 1);
    check(List.of(x), tape -> weightedSum(tape, operation.apply(tape, asVariable(tape, x))));
  }

  @Test
  void sparseLinear() {
    Parameter w = Parameter.rowSparse("w", random(7, 6, 2));
    Parameter b = parameter("b", 1, 6, 3);
    check(List.of(w, b), tape -> weightedSum(tape, tape.sparseLinear(BATCH, w, b)));
  }

  @Test
  void linear() {
    Parameter x = parameter("x", 6, 5, 1);
    Parameter w = parameter("w", 5, 7, 2);
    Parameter b = parameter("b", 1, 7, 3);
    check(List.of(x, w, b), tape -> weightedSum(tape, tape.linear(asVariable(tape, x), w, b)));
  }

  @Test
  void multiply() {
    Parameter x = parameter("x", 3, 9, 1);
    Parameter w = parameter("w", 9, 2, 2);
    check(List.of(x, w), tape -> weightedSum(tape, tape.multiply(asVariable(tape, x), w)));
  }

  @Test
  void relu() {
    checkMap(Tape::relu);
  }

  @Test
  void sigmoid() {
    checkMap(Tape::sigmoid);
  }

  @Test
  void tanh() {
    checkMap(Tape::tanh);
  }

  @Test
  void softmax() {
    checkMap(Tape::softmax);
  }

  @Test
  void combine() {
    Parameter x = parameter("x", 2, 3, 1);
    Parameter y = parameter("y", 2, 3, 2);
    check(
        List.of(x, y),
        tape ->
            weightedSum(tape, tape.combine(0.3f, asVariable(tape, x), -2, asVariable(tape, y))));
  }

  @Test
  void dropout() {
    checkMap((tape, x) -> tape.dropout(x, 0.6));
  }

  @Test
  void addNoise() {
    Parameter x = parameter("x", 3, 4, 1);
    Parameter logVariance = parameter("log_variance", 3, 4, 2);
    check(
        List.of(x, logVariance),
        tape ->
            weightedSum(tape, tape.addNoise(asVariable(tape, x), asVariable(tape, logVariance))));
  }

  @Test
  void reconstructionLoss() {
    Parameter z = parameter("z", 5, 6, 1);
    Parameter e = parameter("e", 6, 7, 2);
    Parameter b = parameter("b", 1, 7, 3);
    check(List.of(z, e, b), tape -> tape.reconstructionLoss(asVariable(tape, z), e, b, BATCH));
  }

  @Test
  void mixtureDivergence() {
    Parameter bits = parameter("bits", 4, 5, 1);
    Parameter components = parameter("components", 4, 3, 2);
    Parameter prior = parameter("prior", 3, 5, 3);
    Parameter mixture = parameter("mixture", 1, 3, 4);
    check(
        List.of(bits, components, prior, mixture),
        tape ->
            tape.mixtureDivergence(
                asVariable(tape, bits), asVariable(tape, components), prior, mixture));
  }

  @Test
  void gaussianMixtureDivergence() {
    Parameter mean = parameter("mean", 4, 5, 1);
    Parameter logVariance = parameter("log_variance", 4, 5, 2);
    Parameter components = parameter("components", 4, 3, 3);
    Parameter priorMean = parameter("prior_mean", 3, 5, 4);
    Parameter priorLogVariance = parameter("prior_log_variance", 3, 5, 5);
    Parameter mixture = parameter("mixture", 1, 3, 6);
    check(
        List.of(mean, logVariance, components, priorMean, priorLogVariance, mixture),
        tape ->
            tape.gaussianMixtureDivergence(
                asVariable(tape, mean),
                asVariable(tape, logVariance),
                asVariable(tape, components),
                priorMean,
                priorLogVariance,
                mixture));
  }

  @Test
  void neighbourLoss() {
    Parameter codes = parameter("codes", 5, 5, 1);
    Parameter logScale = parameter("log_scale", 1, 1, 2);
    Matrix vectors = random(5, 4, 3);
    check(
        List.of(codes, logScale),
        tape -> tape.neighbourLoss(asVariable(tape, codes), vectors, BATCH, 0.5f, logScale));
  }

  /** Against the formula: what is wanted are the scalar products of vectors and terms together. */
  @Test
  void neighbourLossIsTheCrossEntropyOfBothNeighbourhoods() {
    Parameter codes = parameter("codes", 5, 3, 1);
    Parameter logScale = parameter("log_scale", 1, 1, 2);
    Matrix vectors = random(5, 4, 3);
    double scale = StrictMath.exp(logScale.value().get(0, 0));
    double expected = 0;
    for (int i = 0; i < 5; i++) {
      double[] wanted = new double[5];
      double[] actual = new double[5];
      for (int j = 0; j < 5; j++) {
        for (int k = 0; k < 4; k++) {
          wanted[j] += vectors.get(i, k) * vectors.get(j, k) / 0.5;
        }
        wanted[j] += dot(BATCH.document(i), BATCH.document(j)) / 0.5;
        for (int k = 0; k < 3; k++) {
          actual[j] += scale * codes.value().get(i, k) * codes.value().get(j, k) / 3;
        }
      }
      for (int j = 0; j < 5; j++) {
        expected -=
            j == i ? 0 : probability(wanted, i, j) * StrictMath.log(probability(actual, i, j)) / 5;
      }
    }
    Tape tape = TestTape.of(1);
    double loss =
        tape.neighbourLoss(asVariable(tape, codes), vectors, BATCH, 0.5f, logScale).scalar();
    assertEquals(expected, loss, 1e-5);
  }

  private static double dot(SparseVector a, SparseVector b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        sum += a.id(i) == b.id(j) ? a.weight(i) * b.weight(j) : 0;
      }
    }
    return sum;
  }

  /** softmax over all but i. */
  private static double probability(double[] logits, int i, int j) {
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      sum += k == i ? 0 : StrictMath.exp(logits[k]);
    }
    return StrictMath.exp(logits[j]) / sum;
  }

  @Test
  void aVariableUsedTwiceGetsBothGradients() {
    Parameter x = parameter("x", 2, 3, 1);
    check(
        List.of(x),
        tape -> {
          Variable v = asVariable(tape, x);
          return weightedSum(tape, tape.combine(1, tape.sigmoid(v), 2, tape.tanh(v)));
        });
  }
}
