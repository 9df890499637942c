// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Products with parameters. */
final class LinearOperations {

  private LinearOperations() {}

  static Variable sparse(StepContext tape, SparseBatch x, Parameter weights, Parameter bias) {
    assert weights.rowSparse && x.vocabularySize <= weights.value.rows;
    int width = weights.value.columns;
    Variable y = tape.variable(x.size(), width);
    Kernels kernels = tape.products().kernels();
    tape.products()
        .workers()
        .split(
            x.size(),
            (from, to) -> {
              for (int row = from; row < to; row++) {
                sparseRow(kernels, x.document(row), weights, bias, y.value, row);
              }
            });
    tape.onBackward(() -> sparseBackward(tape.products(), x, weights, bias, y));
    return y;
  }

  private static void sparseRow(
      Kernels kernels, SparseVector x, Parameter weights, Parameter bias, Matrix y, int row) {
    int width = y.columns;
    int target = row * width;
    System.arraycopy(bias.value.data, 0, y.data, target, width);
    for (int i = 0; i < x.size(); i++) {
      kernels.addScaled(y.data, target, weights.value.data, x.id(i) * width, width, x.weight(i));
    }
  }

  private static void sparseBackward(
      Products products, SparseBatch batch, Parameter weights, Parameter bias, Variable y) {
    SparseBatch.ByTerm x = batch.byTerm();
    weights.touch(Arrays.copyOf(x.terms, x.distinctTerms));
    float[] gradient = weights.gradient.data;
    products
        .workers()
        .split(
            x.distinctTerms,
            (from, to) -> {
              for (int term = from; term < to; term++) {
                termBackward(products.kernels(), x, term, y.gradient, gradient);
              }
            });
    products.addColumnSums(bias.gradient, y.gradient);
  }

  /** The row of the gradient that belongs to a term; what it was does not matter. */
  private static void termBackward(
      Kernels kernels, SparseBatch.ByTerm x, int term, Matrix y, float[] gradient) {
    int width = y.columns;
    int target = term * width;
    int e = x.starts[term];
    kernels.setScaled(gradient, target, y.data, x.documentOf[e] * width, width, x.weightOf[e]);
    for (e++; e < x.starts[term + 1]; e++) {
      kernels.addScaled(gradient, target, y.data, x.documentOf[e] * width, width, x.weightOf[e]);
    }
  }

  static Variable dense(StepContext tape, Variable x, Parameter weights, Parameter bias) {
    Products products = tape.products();
    Variable y = tape.variable(x.value.rows, weights.value.columns);
    if (bias == null) {
      products.add(y.value, x.value, weights.value);
    } else {
      products.affine(y.value, bias.value, x.value, weights.value);
    }
    tape.onBackward(
        () -> {
          products.addTransposedRight(x.gradient, y.gradient, weights.value);
          products.addTransposed(weights.gradient, x.value, y.gradient);
          if (bias != null) {
            products.addColumnSums(bias.gradient, y.gradient);
          }
        });
    return y;
  }

  static Variable orthogonality(StepContext tape, Parameter rows) {
    Matrix t = rows.value;
    Matrix difference = tape.zeros(t.rows, t.rows);
    for (int i = 0; i < t.rows; i++) {
      difference.data[i * t.rows + i] = -1;
    }
    tape.products().addTransposedRight(difference, t, t);
    double sum = 0;
    for (float d : difference.data) {
      sum += (double) d * d;
    }
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = (float) sum;
    tape.onBackward(
        () -> {
          Matrix gradient = tape.zeros(t.rows, t.columns);
          tape.products().add(gradient, difference, t);
          for (int i = 0; i < gradient.data.length; i++) {
            rows.gradient.data[i] += 4 * loss.gradient.data[0] * gradient.data[i];
          }
        });
    return loss;
  }
}
