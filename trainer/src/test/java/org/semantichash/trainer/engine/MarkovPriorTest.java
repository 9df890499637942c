// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.StepContext.Variable;

/** The cross-entropy with a Markov prior against a sum over all codes. */
class MarkovPriorTest {

  private static final int BITS = 5;

  /** The probability of a code, whose lowest bit is bit 0. */
  private static double probability(float[] bits, int code) {
    double product = 1;
    for (int i = 0; i < bits.length; i++) {
      product *= (code >> i & 1) == 1 ? bits[i] : 1 - bits[i];
    }
    return product;
  }

  /** The bits from i - order to i of a code, those before the first being 0. */
  private static int window(int code, int i, int order) {
    int window = 0;
    for (int j = i - order; j <= i; j++) {
      window = window << 1 | (j < 0 ? 0 : code >> j & 1);
    }
    return window;
  }

  /** The mean probability over the documents that bit i ends a window like that of a code. */
  private static double share(float[][] documents, int code, int i, int order, boolean withBit) {
    double sum = 0;
    int wanted = window(code, i, order) >> (withBit ? 0 : 1);
    for (float[] document : documents) {
      for (int other = 0; other < 1 << BITS; other++) {
        if (window(other, i, order) >> (withBit ? 0 : 1) == wanted) {
          sum += probability(document, other);
        }
      }
    }
    return sum / documents.length;
  }

  private static double expected(float[][] fitted, float[][] documents, int order) {
    double sum = 0;
    for (float[] document : documents) {
      for (int code = 0; code < 1 << BITS; code++) {
        double log = 0;
        for (int i = 0; i < BITS; i++) {
          log +=
              StrictMath.log(
                  share(fitted, code, i, order, true) / share(fitted, code, i, order, false));
        }
        sum -= probability(document, code) * log;
      }
    }
    return sum / documents.length;
  }

  @RepeatedTest(8)
  void crossEntropyIsTheSumOverAllCodes(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int order = repetition.getCurrentRepetition() % 4;
    float[][] fitted = TestTape.random(4, BITS, 0.1, 0.9, random);
    float[][] documents = TestTape.random(3, BITS, 0.1, 0.9, random);
    Tape tape = TestTape.of(1);
    MarkovPrior prior = new MarkovPrior(BITS, order, 0);
    prior.fit(TestTape.variable(tape, documents).value()); // nothing of this is kept
    prior.fit(TestTape.variable(tape, fitted).value());
    Variable loss = prior.crossEntropy(tape, TestTape.variable(tape, documents));
    assertEquals(expected(fitted, documents, order), loss.scalar(), 1e-4);
  }

  @Test
  void itHasTrueGradients() {
    MarkovPrior prior = new MarkovPrior(BITS, 3, 0);
    prior.fit(
        TestTape.variable(
                TestTape.of(1), TestTape.random(4, BITS, 0.1, 0.9, new SplittableRandom(3)))
            .value());
    Parameter logits = Parameter.dense("logits", FiniteDifferences.random(3, BITS, 1));
    FiniteDifferences.check(
        List.of(logits),
        tape -> prior.crossEntropy(tape, tape.sigmoid(FiniteDifferences.asVariable(tape, logits))));
  }

  /** Two bits that are always equal say as much as one, which a prior of order 0 does not see. */
  @Test
  void equalBitsAreSeenFromOrderOne() {
    float[][] documents = {{1, 1, 0, 0, 0}, {0, 0, 0, 0, 0}};
    double bit = StrictMath.log(2);
    for (int order = 0; order < 2; order++) {
      Tape tape = TestTape.of(1);
      Variable codes = TestTape.variable(tape, documents);
      MarkovPrior prior = new MarkovPrior(BITS, order, 0);
      prior.fit(codes.value());
      assertEquals(order == 0 ? 2 * bit : bit, prior.crossEntropy(tape, codes).scalar(), 1e-3);
    }
  }

  @Test
  void whatWasSeenBeforeFades() {
    float[][] ones = {{1, 1, 1, 1, 1}};
    float[][] zeros = {{0, 0, 0, 0, 0}};
    MarkovPrior prior = new MarkovPrior(BITS, 0, 0.5);
    Tape tape = TestTape.of(1);
    prior.fit(TestTape.variable(tape, ones).value());
    double last = 0;
    for (int batch = 1; batch <= 5; batch++) {
      prior.fit(TestTape.variable(tape, zeros).value());
      double surprise = prior.crossEntropy(tape, TestTape.variable(tape, ones)).scalar();
      assertEquals(BITS * batch * StrictMath.log(2), surprise, 1e-3);
      assertTrue(surprise > last);
      last = surprise;
    }
  }
}
