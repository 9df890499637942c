// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.semantichash.trainer.engine.Products.Workers;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.StepContext.Workspace;

/**
 * Compares the gradients of a tape with differences of the loss. Single precision limits how close
 * they can be: steps of 1/128 and a tolerance of a few thousandths of the largest gradient.
 */
public final class FiniteDifferences {

  private static final float STEP = 1f / 128;

  private FiniteDifferences() {}

  static Matrix random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix matrix = new Matrix(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = (float) random.nextDouble(-1, 1);
    }
    return matrix;
  }

  static Tape tape(Kernels kernels, Workers workers) {
    return new Tape(new Products(kernels, workers), new Workspace(), 3, 0);
  }

  /** A parameter as a variable: x times the identity. */
  static Variable asVariable(Tape tape, Parameter parameter) {
    Variable variable = tape.variable(parameter.value.rows, parameter.value.columns);
    System.arraycopy(parameter.value.data, 0, variable.value.data, 0, variable.value.data.length);
    tape.onBackward(
        () -> {
          for (int i = 0; i < variable.gradient.data.length; i++) {
            parameter.gradient.data[i] += variable.gradient.data[i];
          }
        });
    return variable;
  }

  /** A loss that weighs every element of a variable differently. */
  static Variable weightedSum(Tape tape, Variable x) {
    Variable sum = tape.variable(1, 1);
    double total = 0;
    for (int i = 0; i < x.value.data.length; i++) {
      total += x.value.data[i] * weight(i);
    }
    sum.value.data[0] = (float) total;
    tape.onBackward(
        () -> {
          for (int i = 0; i < x.value.data.length; i++) {
            x.gradient.data[i] += sum.gradient.data[0] * weight(i);
          }
        });
    return sum;
  }

  private static float weight(int i) {
    return (float) StrictMath.sin(i * 1.7 + 0.3);
  }

  /** Checks the parameters with these names; the others stay as they are. */
  public static void check(List<Parameter> all, List<String> names, Function<Tape, Variable> loss) {
    List<Parameter> parameters = all.stream().filter(p -> names.contains(p.name)).toList();
    if (parameters.size() != names.size()) {
      throw new AssertionError("not all of " + names + " exist");
    }
    check(parameters, loss);
  }

  /** Checks every element of every parameter. */
  static void check(List<Parameter> parameters, Function<Tape, Variable> loss) {
    try (Workers workers = new Workers(1)) {
      Tape tape = tape(Kernels.scalar(), workers);
      parameters.forEach(Parameter::clearGradient);
      tape.backward(loss.apply(tape));
      for (Parameter parameter : parameters) {
        float[] gradient = dense(parameter);
        for (int i = 0; i < gradient.length; i++) {
          float slope = slope(parameter, i, loss, workers);
          double tolerance = 3e-3 * Math.max(1, Math.abs(slope));
          assertEquals(slope, gradient[i], tolerance, parameter.name + "[" + i + "]");
        }
      }
    }
  }

  private static float[] dense(Parameter parameter) {
    if (parameter.rowSparse == false) {
      return parameter.gradient.data.clone();
    }
    float[] dense = new float[parameter.value.data.length];
    int width = parameter.value.columns;
    for (int row = 0; row < parameter.touchedRows.length; row++) {
      System.arraycopy(
          parameter.gradient.data, row * width, dense, parameter.touchedRows[row] * width, width);
    }
    return dense;
  }

  private static float slope(
      Parameter parameter, int i, Function<Tape, Variable> loss, Workers workers) {
    float value = parameter.value.data[i];
    parameter.value.data[i] = value + STEP;
    double above = loss.apply(tape(Kernels.scalar(), workers)).scalar();
    parameter.value.data[i] = value - STEP;
    double below = loss.apply(tape(Kernels.scalar(), workers)).scalar();
    parameter.value.data[i] = value;
    return (float) ((above - below) / (2 * STEP));
  }
}
