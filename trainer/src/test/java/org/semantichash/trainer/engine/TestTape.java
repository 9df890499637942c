// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.SplittableRandom;
import org.semantichash.trainer.engine.Products.Workers;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.StepContext.Workspace;

/** A tape and variables with given values, for tests of other packages. */
public final class TestTape {

  private TestTape() {}

  /** A tape of its own with plain loops. */
  public static Tape of(long seed) {
    Products products = new Products(Kernels.scalar(), new Workers(1));
    return new Tape(products, new Workspace(), seed, 0);
  }

  /** A variable with these rows. */
  public static Variable variable(Tape tape, float[][] rows) {
    Variable variable = tape.variable(rows.length, rows[0].length);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, variable.value.data, row * rows[0].length, rows[0].length);
    }
    return variable;
  }

  /** A parameter with these rows. */
  public static Parameter parameter(float[][] rows) {
    return Parameter.dense("p", variable(of(0), rows).value);
  }

  /** Uniform in a range. */
  public static float[][] random(
      int rows, int columns, double from, double to, SplittableRandom random) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextDouble(from, to);
      }
    }
    return values;
  }
}
