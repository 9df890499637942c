/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMatrixTest {

  private final SplittableRandom random = new SplittableRandom(17);

  /** Any number of rows around the size of a group: the padding must add nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 61, 500})
  void sumsOfRowsLieWithinTheirBound(int count) {
    for (int columns : new int[] {1, 4, 33, 128}) {
      float[][] rows = matrix(count + 3, columns);
      int[] ids = new int[WeightMatrix.padded(count)];
      float[] factors = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = random.nextInt(rows.length); // beyond the count it must not matter
        factors[i] = (float) random.nextDouble(-1, 1);
      }
      int[] someIds = ids.clone();
      float[] someFactors = factors.clone();
      float[] sums = new float[columns];
      new WeightMatrix(rows).addRows(ids, factors, count, sums);
      for (int column = 0; column < columns; column++) {
        double exact = 0;
        double magnitude = 0;
        for (int i = 0; i < count; i++) {
          double product = (double) someFactors[i] * rows[someIds[i]][column];
          exact += product;
          magnitude += Math.abs(product);
        }
        double bound = Roundings.gamma(WeightMatrix.roundings(count)) * magnitude;
        assertTrue(Math.abs(sums[column] - exact) <= bound, count + " rows");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 64})
  void lengthsAndMaximaAreThoseOfPlainLoops(int columns) {
    float[][] rows = matrix(9, columns);
    double[] columnSquares = new double[columns];
    WeightMatrix matrix = new WeightMatrix(rows);
    for (int row = 0; row < rows.length; row++) {
      double squares = 0;
      float maximum = 0;
      for (int column = 0; column < columns; column++) {
        squares += Math.pow(rows[row][column], 2);
        columnSquares[column] += Math.pow(rows[row][column], 2);
        maximum = Math.max(maximum, Math.abs(rows[row][column]));
      }
      assertEquals(Math.sqrt(squares), matrix.rowLengths()[row], 1e-6);
      assertTrue(matrix.rowLengths()[row] >= Math.sqrt(squares), "rounded up");
      assertEquals(maximum, matrix.rowMaxima()[row]);
    }
    for (int column = 0; column < columns; column++) {
      assertEquals(Math.sqrt(columnSquares[column]), matrix.columnLengths()[column], 1e-12);
    }
  }

  private float[][] matrix(int rows, int columns) {
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return matrix;
  }
}
