// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.methods.HiddenRotation.Options;
import org.semantichash.trainer.training.Dataset;

class HiddenRotationTest {

  private static final int TERMS = 60;
  private static final int WIDTH = 24;

  private static float[] normal(int n, SplittableRandom random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Hidden values of very different variances, and 8 bits that are to be replaced. */
  private static HashNetwork network(SplittableRandom random) {
    float[] first = normal(TERMS * WIDTH, random);
    for (int i = 0; i < first.length; i++) {
      first[i] /= 1 + i % WIDTH;
    }
    float[] bias = new float[WIDTH];
    Arrays.fill(bias, 0.1f);
    DenseLayer last = new DenseLayer(normal(WIDTH * 8, random), new float[8]);
    return new HashNetwork(new SparseLayer(first, bias), List.of(last), new float[8]);
  }

  private static Dataset documents(int n, SplittableRandom random) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int d = 0; d < n; d++) {
      int[] ids = random.ints(random.nextInt(2, 12), 0, TERMS).sorted().distinct().toArray();
      float[] weights = new float[ids.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextDouble(0.1, 1);
      }
      vectors.add(SparseVector.of(ids, weights));
      labels.add(new int[0]);
    }
    return new Dataset(vectors, labels, TERMS);
  }

  @Test
  void onlyTheLastLayerChanges() {
    SplittableRandom random = new SplittableRandom(1);
    HashNetwork before = network(random);
    Dataset documents = documents(200, random);
    HashNetwork after =
        HiddenRotation.of(before, documents, 12, new Options(0.3, 0.25), random.split());
    assertSame(before.first(), after.first());
    assertEquals(12, after.bits());
    assertEquals(List.of(WIDTH, 12), List.of(after.dense().getLast().in(), after.bits()));
    SparseVector vector = documents.vectors().getFirst();
    assertArrayEquals(before.hidden(vector).getLast(), after.hidden(vector).getLast());
  }

  /** Fully equalised components are white: what the rotation leaves is uncorrelated. */
  @Test
  void columnsAreARotationOfTheEqualisedComponents() {
    SplittableRandom random = new SplittableRandom(2);
    HashNetwork before = network(random);
    Dataset documents = documents(500, random);
    HashNetwork after =
        HiddenRotation.of(before, documents, 10, new Options(0.5, 0), new SplittableRandom(3));
    DMatrixRMaj outputs = new DMatrixRMaj(documents.size(), 10);
    for (int d = 0; d < documents.size(); d++) {
      float[] activations = after.activations(documents.vectors().get(d));
      for (int bit = 0; bit < 10; bit++) {
        outputs.set(d, bit, activations[bit] - after.thresholds()[bit]);
      }
    }
    DMatrixRMaj means = CommonOps_DDRM.sumCols(outputs, null);
    for (double mean : means.data) {
      assertEquals(0, mean / documents.size(), 1e-4, "thresholds are the means");
    }
    DMatrixRMaj covariance = CommonOps_DDRM.multTransA(outputs, outputs, null);
    CommonOps_DDRM.scale(1.0 / documents.size(), covariance);
    assertTrue(MatrixFeatures_DDRM.isIdentity(covariance, 1e-3), covariance.toString());
  }

  @Test
  void variancesAndDirectionsGiveTheCovarianceAgain() {
    SplittableRandom random = new SplittableRandom(4);
    DMatrixRMaj rows = PrincipalComponents.normal(70, 9, random);
    PrincipalComponents.Variances variances = PrincipalComponents.variances(rows);
    DMatrixRMaj diagonal = CommonOps_DDRM.diag(variances.values());
    DMatrixRMaj again =
        CommonOps_DDRM.multTransB(
            CommonOps_DDRM.mult(variances.directions(), diagonal, null),
            variances.directions(),
            null);
    DMatrixRMaj expected = CommonOps_DDRM.multTransA(rows, rows, null);
    CommonOps_DDRM.scale(1.0 / 70, expected);
    assertTrue(MatrixFeatures_DDRM.isIdentical(expected, again, 1e-9));
    double[] falling = variances.values().clone();
    Arrays.sort(falling);
    for (int i = 0; i < falling.length; i++) {
      assertEquals(falling[falling.length - 1 - i], variances.values()[i]);
    }
  }

  /** Ten documents span nine directions at most: the others are hyperplanes. */
  @Test
  void fewDocumentsGetAllTheirBits() {
    SplittableRandom random = new SplittableRandom(5);
    HashNetwork before = network(random);
    for (int n : new int[] {1, 2, 10}) {
      Dataset documents = documents(n, random);
      HashNetwork after =
          HiddenRotation.of(before, documents, 64, new Options(0.5, 0), random.split());
      assertEquals(64, after.bits());
      List<BinaryCode> codes = after.encode(documents(300, random).vectors());
      int distinct = CodeStatistics.of(codes).distinct();
      assertTrue(distinct > 250, n + " documents: " + distinct);
    }
  }

  @Test
  void theResultDoesNotDependOnTheThreads() {
    SplittableRandom random = new SplittableRandom(6);
    HashNetwork before = network(random);
    Dataset documents = documents(400, random);
    float[] expected = weights(before, documents, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertArrayEquals(expected, weights(before, documents, threads), threads + " threads");
    }
  }

  private static float[] weights(HashNetwork network, Dataset documents, int threads) {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(
              () ->
                  HiddenRotation.of(
                      network, documents, 16, new Options(0.3, 0.25), new SplittableRandom(7)))
          .join()
          .dense()
          .getLast()
          .weights();
    }
  }

  /** What the option is for: the small components decide bits too. */
  @Test
  void equalisedComponentsTellMoreDocumentsApart() {
    SplittableRandom random = new SplittableRandom(8);
    HashNetwork before = network(random);
    Dataset documents = documents(2000, random);
    int previous = 0;
    for (double equalise : new double[] {0, 0.25, 0.5}) {
      HashNetwork after =
          HiddenRotation.of(
              before, documents, 16, new Options(equalise, 0), new SplittableRandom(9));
      int distinct = CodeStatistics.of(after.encode(documents.vectors())).distinct();
      assertTrue(distinct > previous, equalise + ": " + distinct + " after " + previous);
      previous = distinct;
    }
    assertEquals("0.2", HashingMethod.named("auto", Map.of()).toProperties().get("equalise"));
  }
}
