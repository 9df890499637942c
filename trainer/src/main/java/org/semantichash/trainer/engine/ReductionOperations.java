// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.List;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Operations that take columns or rows together. */
final class ReductionOperations {

  private ReductionOperations() {}

  static Variable columns(StepContext tape, Variable x, int from, int to) {
    assert 0 <= from && from < to && to <= x.value.columns : from + " to " + to;
    int width = to - from;
    Variable y = tape.variable(x.value.rows, width);
    for (int row = 0; row < y.value.rows; row++) {
      System.arraycopy(
          x.value.data, row * x.value.columns + from, y.value.data, row * width, width);
    }
    tape.onBackward(
        () -> {
          for (int row = 0; row < y.value.rows; row++) {
            int target = row * x.value.columns + from;
            for (int i = 0; i < width; i++) {
              x.gradient.data[target + i] += y.gradient.data[row * width + i];
            }
          }
        });
    return y;
  }

  static Variable rows(StepContext tape, Variable x, int from, int to) {
    assert 0 <= from && from < to && to <= x.value.rows : from + " to " + to;
    int width = x.value.columns;
    Variable y = tape.variable(to - from, width);
    System.arraycopy(x.value.data, from * width, y.value.data, 0, y.value.data.length);
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.gradient.data.length; i++) {
            x.gradient.data[from * width + i] += y.gradient.data[i];
          }
        });
    return y;
  }

  static Variable rowSums(StepContext tape, Variable x) {
    Variable y = tape.variable(x.value.rows, 1);
    int width = x.value.columns;
    for (int row = 0; row < x.value.rows; row++) {
      double sum = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += x.value.data[i];
      }
      y.value.data[row] = (float) sum;
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < x.gradient.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[i / width];
          }
        });
    return y;
  }

  static Variable mean(StepContext tape, Variable x) {
    Variable y = tape.variable(1, 1);
    double sum = 0;
    for (float value : x.value.data) {
      sum += value;
    }
    int rows = x.value.rows;
    y.value.data[0] = (float) (sum / rows);
    tape.onBackward(
        () -> {
          for (int i = 0; i < x.gradient.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[0] / rows;
          }
        });
    return y;
  }

  static Variable logSumExp(StepContext tape, List<Variable> terms) {
    int rows = terms.get(0).value.rows;
    Variable y = tape.variable(rows, 1);
    for (int row = 0; row < rows; row++) {
      double max = Double.NEGATIVE_INFINITY;
      for (Variable term : terms) {
        max = Math.max(max, term.value.data[row]);
      }
      double sum = 0;
      for (Variable term : terms) {
        sum += StrictMath.exp(term.value.data[row] - max);
      }
      y.value.data[row] = (float) (max + StrictMath.log(sum));
    }
    tape.onBackward(
        () -> {
          for (Variable term : terms) {
            for (int row = 0; row < rows; row++) {
              double share = StrictMath.exp((double) term.value.data[row] - y.value.data[row]);
              term.gradient.data[row] += (float) (share * y.gradient.data[row]);
            }
          }
        });
    return y;
  }
}
