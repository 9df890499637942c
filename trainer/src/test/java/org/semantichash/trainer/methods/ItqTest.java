// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.methods.Itq.QuantizingRotation;
import org.semantichash.trainer.methods.PrincipalComponents.CentredDocuments;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions;

class ItqTest {

  private static Dataset documents(int documents, int terms, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      int[] ids = random.ints(random.nextInt(8), 0, terms).sorted().distinct().toArray();
      float[] weights = new float[ids.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextDouble(0.1, 1) / (1 + ids[i] / 4);
      }
      vectors.add(SparseVector.of(ids, weights));
      labels.add(new int[0]);
    }
    return new Dataset(vectors, labels, terms);
  }

  private static DMatrixRMaj centred(Dataset documents) {
    DMatrixRMaj dense = new DMatrixRMaj(documents.size(), documents.vocabularySize());
    for (int d = 0; d < documents.size(); d++) {
      SparseVector vector = documents.vectors().get(d);
      for (int i = 0; i < vector.size(); i++) {
        dense.set(d, vector.id(i), vector.weight(i));
      }
    }
    DMatrixRMaj sums = CommonOps_DDRM.sumCols(dense, null);
    for (int d = 0; d < documents.size(); d++) {
      for (int term = 0; term < dense.numCols; term++) {
        dense.add(d, term, -sums.get(term) / documents.size());
      }
    }
    return dense;
  }

  private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
    return CommonOps_DDRM.mult(a, b, null);
  }

  @Test
  void productsWithTheCentredMatrixAreThoseOfTheDenseOne() {
    Dataset documents = documents(13, 17, 1);
    DMatrixRMaj a = centred(documents);
    SplittableRandom random = new SplittableRandom(2);
    DMatrixRMaj z = PrincipalComponents.normal(17, 5, random);
    DMatrixRMaj y = PrincipalComponents.normal(13, 4, random);
    CentredDocuments operator = new CentredDocuments(documents);
    assertTrue(MatrixFeatures_DDRM.isIdentical(product(a, z), operator.times(z), 1e-9));
    assertTrue(
        MatrixFeatures_DDRM.isIdentical(
            CommonOps_DDRM.multTransA(a, y, null), operator.transposedTimes(y), 1e-9));
  }

  @Test
  void componentsHaveTheVariancesOfTheFullDecomposition() {
    Dataset documents = documents(300, 90, 3);
    DMatrixRMaj a = centred(documents);
    SvdImplicitQrDecompose_DDRM svd = new SvdImplicitQrDecompose_DDRM(true, false, false, true);
    assertTrue(svd.decompose(a.copy()));
    double[] values = svd.getSingularValues();
    java.util.Arrays.sort(values);
    int components = 12;
    PrincipalComponents found =
        PrincipalComponents.of(
            new CentredDocuments(documents), components, new SplittableRandom(4));
    assertTrue(
        MatrixFeatures_DDRM.isOrthogonal(found.directions(), 1e-9), "orthonormal directions");
    assertTrue(
        MatrixFeatures_DDRM.isIdentical(product(a, found.directions()), found.projected(), 1e-9));
    for (int i = 0; i < components; i++) {
      DMatrixRMaj column = CommonOps_DDRM.extractColumn(found.projected(), i, null);
      double expected = values[values.length - 1 - i];
      assertEquals(expected, Math.sqrt(CommonOps_DDRM.dot(column, column)), 1e-3 * expected);
    }
  }

  private static double error(DMatrixRMaj vectors, DMatrixRMaj rotation) {
    double sum = 0;
    for (double x : product(vectors, rotation).data) {
      sum += (Math.abs(x) - 1) * (Math.abs(x) - 1);
    }
    return sum;
  }

  @Test
  void rotationsStayOrthogonalAndBringVectorsNearerToCorners() {
    DMatrixRMaj vectors = PrincipalComponents.normal(500, 19, new SplittableRandom(5));
    double previous = Double.POSITIVE_INFINITY;
    for (int iterations = 0; iterations < 6; iterations++) {
      DMatrixRMaj rotation = QuantizingRotation.of(vectors, iterations, new SplittableRandom(6));
      assertTrue(MatrixFeatures_DDRM.isOrthogonal(rotation, 1e-9));
      double error = error(vectors, rotation);
      assertTrue(error < previous, iterations + ": " + error + " after " + previous);
      previous = error;
    }
  }

  @Test
  void theRotationDoesNotDependOnTheThreads() {
    DMatrixRMaj vectors = PrincipalComponents.normal(3000, 40, new SplittableRandom(5));
    double[] expected = rotation(vectors, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertArrayEquals(expected, rotation(vectors, threads), threads + " threads");
    }
  }

  /** Parallel streams run in the pool that they are started in. */
  private static double[] rotation(DMatrixRMaj vectors, int threads) {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> QuantizingRotation.of(vectors, 10, new SplittableRandom(6)))
          .join()
          .data;
    }
  }

  /** The best of some starts, as the iterations only find a minimum nearby. */
  @Test
  void turnedCornersAreFoundAgain() {
    SplittableRandom random = new SplittableRandom(7);
    DMatrixRMaj corners = new DMatrixRMaj(400, 4);
    for (int i = 0; i < corners.data.length; i++) {
      corners.data[i] = random.nextBoolean() ? 1 : -1;
    }
    DMatrixRMaj turn = PrincipalComponents.orthonormal(PrincipalComponents.normal(4, 4, random));
    DMatrixRMaj vectors = product(corners, turn);
    double best = Double.POSITIVE_INFINITY;
    for (int start = 0; start < 20; start++) {
      best = Math.min(best, error(vectors, QuantizingRotation.of(vectors, 50, random)));
    }
    assertEquals(0, best, 1e-6);
  }

  @Test
  void theNetworkTellsTheSignsOfTheRotatedComponents() {
    Dataset documents = documents(200, 40, 8);
    TrainingOptions options = TrainingOptions.DEFAULTS.withBits(12).withSeed(9);
    HashNetwork network = HashingMethod.named("itq", Map.of()).learn(documents, options, null);
    DMatrixRMaj weights = new DMatrixRMaj(40, 12);
    float[] stored = network.first().weights();
    for (int i = 0; i < stored.length; i++) {
      weights.data[i] = stored[i];
    }
    DMatrixRMaj projected = product(centred(documents), weights);
    for (int d = 0; d < documents.size(); d++) {
      BinaryCode code = network.encode(documents.vectors().get(d));
      for (int bit = 0; bit < 12; bit++) {
        double x = projected.get(d, bit);
        if (Math.abs(x) > 1e-5) {
          assertEquals(x > 0, code.get(bit), "document " + d + " bit " + bit);
        }
      }
    }
  }

  @Test
  void moreBitsThanDocumentsOrTermsAreRefused() {
    assertRefused("documents [15]", documents(15, 40, 1));
    assertRefused("terms [15]", documents(40, 15, 1));
    TrainingOptions most = TrainingOptions.DEFAULTS.withBits(16);
    assertEquals(
        16, HashingMethod.named("itq", Map.of()).learn(documents(16, 16, 1), most, null).bits());
  }

  private static void assertRefused(String most, Dataset documents) {
    assertEquals(
        "[bits] of [itq] must be at most the number of training " + most + ", got [16]",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    HashingMethod.named("itq", Map.of())
                        .learn(documents, TrainingOptions.DEFAULTS.withBits(16), null))
            .getMessage());
  }
}
