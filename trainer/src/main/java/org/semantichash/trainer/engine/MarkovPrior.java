// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.StepContext.Variable;

/**
 * A distribution over codes in which each bit depends on the few before it, fitted to independent
 * bits of many documents: q(z) is the product over i of q(z_i | z_(i-order), ..., z_(i-1)), bits
 * before the first being 0 (Stratos and Wiseman, ICML 2020). The q that has the least cross-entropy
 * with documents is the share of each window of order + 1 bits among them; it is kept as a moving
 * average over the batches.
 */
public final class MarkovPrior {

  /** A share below which no window falls, so that logarithms stay finite. */
  private static final double LEAST = 1e-6;

  private final int bits;
  private final int order;
  private final double memory;

  /** The mean probability of each window of each bit; the lowest bit of a window is the bit's. */
  private final double[][] windows;

  private boolean fitted;

  /**
   * A prior that has seen no documents.
   *
   * @param order how many bits before it a bit depends on
   * @param memory the share of what was seen before in the moving average, 0 for the batch alone
   */
  public MarkovPrior(int bits, int order, double memory) {
    this.bits = bits;
    this.order = order;
    this.memory = memory;
    this.windows = new double[bits][1 << (order + 1)];
  }

  /** Takes the documents of a batch into the average. */
  public void fit(Matrix probabilities) {
    double kept = fitted ? memory : 0;
    fitted = true;
    for (int i = 0; i < bits; i++) {
      for (int w = 0; w < windows[i].length; w++) {
        double sum = 0;
        for (int row = 0; row < probabilities.rows; row++) {
          sum += probability(probabilities, row, i, w, -1);
        }
        windows[i][w] = kept * windows[i][w] + (1 - kept) * sum / probabilities.rows;
      }
    }
  }

  /** log q of the lowest bit of a window, given the others. */
  private double logConditional(int bit, int window) {
    double both = windows[bit][window] + windows[bit][window ^ 1] + 2 * LEAST;
    return StrictMath.log((windows[bit][window] + LEAST) / both);
  }

  /**
   * The probability of a window of independent bits; or, with one bit left out, its derivative by
   * that bit's probability.
   *
   * @param window the lowest bit belongs to {@code bit}, the next to the bit before it
   * @param except the place in the window that is left out, or -1
   */
  private double probability(Matrix p, int row, int bit, int window, int except) {
    double product = 1;
    for (int place = 0; place <= order; place++) {
      boolean one = (window >> place & 1) == 1;
      int column = bit - place;
      if (column < 0) {
        product *= one ? 0 : 1;
      } else if (place == except) {
        product *= one ? 1 : -1;
      } else {
        double probability = p.data[row * bits + column];
        product *= one ? probability : 1 - probability;
      }
    }
    return product;
  }

  /**
   * The mean over the documents of - E log q(z) with z drawn from independent bits; the prior is
   * held fixed.
   *
   * @param probabilities of the bits [B, bits]
   * @return [1, 1], in nats
   */
  public Variable crossEntropy(StepContext tape, Variable probabilities) {
    assert fitted && probabilities.value.columns == bits;
    Variable loss = tape.variable(1, 1);
    double sum = 0;
    int rows = probabilities.value.rows;
    double[][] logs = logConditionals();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < bits; i++) {
        for (int w = 0; w < logs[i].length; w++) {
          sum -= probability(probabilities.value, row, i, w, -1) * logs[i][w];
        }
      }
    }
    loss.value.data[0] = (float) (sum / rows);
    tape.onBackward(() -> backward(probabilities, logs, loss.gradient.data[0] / rows));
    return loss;
  }

  private double[][] logConditionals() {
    double[][] logs = new double[bits][1 << (order + 1)];
    for (int i = 0; i < bits; i++) {
      for (int w = 0; w < logs[i].length; w++) {
        logs[i][w] = logConditional(i, w);
      }
    }
    return logs;
  }

  private void backward(Variable p, double[][] logs, float factor) {
    for (int row = 0; row < p.value.rows; row++) {
      for (int i = 0; i < bits; i++) {
        for (int place = 0; place <= Math.min(order, i); place++) {
          double slope = 0;
          for (int w = 0; w < logs[i].length; w++) {
            slope -= probability(p.value, row, i, w, place) * logs[i][w];
          }
          p.gradient.data[row * bits + i - place] += (float) (factor * slope);
        }
      }
    }
  }
}
