// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Products.Workers;

/** Matrix products in blocks against the definition. */
class ProductsTest {

  private final SplittableRandom random = new SplittableRandom(11);

  /** In double precision; the sizes of the terms bound how far roundings may lead. */
  private static void assertProduct(Matrix start, Matrix a, Matrix b, Matrix c) {
    for (int row = 0; row < c.rows; row++) {
      for (int column = 0; column < c.columns; column++) {
        double sum = start.get(start.rows == 1 ? 0 : row, column);
        double size = Math.abs(sum);
        for (int k = 0; k < a.columns; k++) {
          double term = (double) a.get(row, k) * b.get(k, column);
          sum += term;
          size += Math.abs(term);
        }
        double tolerance = 0x1p-24 * (a.columns + 1) * size;
        assertEquals(sum, c.get(row, column), tolerance, "[" + row + ", " + column + "]");
      }
    }
  }

  private Matrix random(int rows, int columns) {
    return FiniteDifferences.random(rows, columns, random.nextLong());
  }

  private static Matrix copy(Matrix a) {
    return new Matrix(a.rows, a.columns, a.toArray());
  }

  private static Matrix transposed(Matrix a) {
    Matrix t = new Matrix(a.columns, a.rows);
    for (int row = 0; row < a.rows; row++) {
      for (int column = 0; column < a.columns; column++) {
        t.set(column, row, a.get(row, column));
      }
    }
    return t;
  }

  private void check(int rows, int depth, int columns) {
    Matrix a = random(rows, depth);
    Matrix b = random(depth, columns);
    Matrix start = random(rows, columns);
    Matrix bias = random(1, columns);
    Matrix[] expected = products(Kernels.scalar(), 1, a, b, start, bias);
    assertProduct(start, a, b, expected[0]);
    assertProduct(start, a, b, expected[1]);
    assertProduct(start, a, b, expected[2]);
    assertProduct(bias, a, b, expected[3]);
    for (int threads = 1; threads <= 3; threads++) {
      Matrix[] actual = products(new VectorKernels(), threads, a, b, start, bias);
      for (int i = 0; i < actual.length; i++) {
        assertArrayEquals(expected[i].data, actual[i].data);
      }
    }
  }

  private Matrix[] products(
      Kernels kernels, int threads, Matrix a, Matrix b, Matrix start, Matrix bias) {
    try (Workers workers = new Workers(threads)) {
      Products products = new Products(kernels, workers);
      Matrix sum = copy(start);
      products.add(sum, a, b);
      Matrix sumOfTransposedLeft = copy(start);
      products.addTransposed(sumOfTransposedLeft, transposed(a), b);
      Matrix sumOfTransposedRight = copy(start);
      products.addTransposedRight(sumOfTransposedRight, a, transposed(b));
      Matrix affine = random(start.rows, start.columns); // what is there must not matter
      products.affine(affine, bias, a, b);
      return new Matrix[] {sum, sumOfTransposedLeft, sumOfTransposedRight, affine};
    }
  }

  @Test
  void productsAreTheDefinitionsAndTheSameBitsForVectorsAndThreads() {
    for (int rows = 1; rows <= 70; rows++) {
      check(rows, random.nextInt(1, 150), random.nextInt(1, 200));
    }
  }

  @Test
  void everyWidthOfABlockIsCovered() {
    for (int columns = 1; columns <= 130; columns++) {
      check(random.nextInt(1, 10), random.nextInt(1, 10), columns);
    }
  }

  @Test
  void longSumsAreCutIntoBlocks() {
    for (int depth : new int[] {127, 128, 129, 255, 256, 257, 700}) {
      check(random.nextInt(1, 10), depth, random.nextInt(1, 80));
    }
  }

  @Test
  void columnSumsAreTheDefinitionWithAnyNumberOfThreads() {
    for (int round = 0; round < 30; round++) {
      Matrix a = random(random.nextInt(1, 80), random.nextInt(1, 80));
      try (Workers workers = new Workers(random.nextInt(1, 4))) {
        Products products = new Products(Kernels.best(), workers);
        Matrix sums = new Matrix(1, a.columns);
        products.addColumnSums(sums, a);
        Matrix ones = new Matrix(1, a.rows);
        Arrays.fill(ones.data, 1);
        assertProduct(new Matrix(1, a.columns), ones, a, sums);
      }
    }
  }
}
