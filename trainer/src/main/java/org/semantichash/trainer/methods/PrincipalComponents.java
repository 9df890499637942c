// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;

/**
 * Principal components by randomised subspace iteration (Halko, Martinsson and Tropp, "Finding
 * Structure with Randomness", SIAM Review 2011, algorithm 4.4): Z = orthonormal(A'A Z) from normal
 * numbers, a few columns wider than needed, then the components within that subspace. Deviation:
 * columns are made orthonormal after each A'A, not also between A and A'. Double precision in a
 * fixed order: the library's decompositions are the ones of one thread.
 *
 * @param directions orthonormal columns, the largest variance first [vocabulary, components]
 * @param projected A times the directions [documents, components]
 */
record PrincipalComponents(DMatrixRMaj directions, DMatrixRMaj projected) {

  /** Columns more than components asked for. */
  private static final int OVERSAMPLING = 10;

  /** Products with A'A; the spectrum of words falls slowly, so one or two would not do. */
  private static final int ITERATIONS = 6;

  /**
   * The components with the largest variances.
   *
   * @param components at most as many as documents and as terms
   */
  static PrincipalComponents of(
      CentredDocuments documents, int components, SplittableRandom random) {
    int least = Math.min(documents.documents(), documents.vocabularySize());
    int width = Math.min(components + OVERSAMPLING, least);
    DMatrixRMaj z = normal(documents.vocabularySize(), width, random);
    for (int i = 0; i < ITERATIONS; i++) {
      z = orthonormal(documents.transposedTimes(documents.times(z)));
    }
    DMatrixRMaj y = documents.times(z);
    DMatrixRMaj main = mainDirections(y, components);
    return new PrincipalComponents(product(z, main), product(y, main));
  }

  /**
   * All directions of a matrix and the variances along them.
   *
   * @param directions orthonormal columns [columns, columns]
   * @param values falling
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Variances(DMatrixRMaj directions, double[] values) {

    /** The directions with more than a share of the largest variance; 0 for rows all alike. */
    int count(double share) {
      int count = 0;
      while (count < values.length && values[count] > share * values[0]) {
        count++;
      }
      return count;
    }

    /** The first directions, divided by their variances to a power [columns, count]. */
    DMatrixRMaj scaled(int count, double power) {
      DMatrixRMaj scaled = new DMatrixRMaj(directions.numRows, count);
      for (int j = 0; j < count; j++) {
        double factor = StrictMath.pow(values[j], -power);
        for (int i = 0; i < scaled.numRows; i++) {
          scaled.set(i, j, directions.get(i, j) * factor);
        }
      }
      return scaled;
    }
  }

  /** Of centred rows that are few enough columns for their covariance. */
  static Variances variances(DMatrixRMaj centred) {
    int width = centred.numCols;
    DMatrixRMaj covariance = new DMatrixRMaj(width, width);
    IntStream.range(0, width)
        .parallel()
        .forEach(
            i -> {
              for (int row = 0; row < centred.numRows; row++) {
                double x = centred.data[row * width + i] / centred.numRows;
                for (int j = 0; x != 0 && j < width; j++) {
                  covariance.data[i * width + j] += x * centred.data[row * width + j];
                }
              }
            });
    SvdImplicitQrDecompose_DDRM svd = singularValues(covariance);
    DMatrixRMaj directions = svd.getU(null, false);
    double[] values = svd.getSingularValues().clone();
    SingularOps_DDRM.descendingOrder(directions, false, values, values.length, null, false);
    return new Variances(directions, values);
  }

  /** Normal numbers. */
  static DMatrixRMaj normal(int rows, int columns, SplittableRandom random) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = random.nextGaussian();
    }
    return matrix;
  }

  /** An orthonormal basis of a space that contains the columns, as many as they are. */
  static DMatrixRMaj orthonormal(DMatrixRMaj columns) {
    QRDecompositionHouseholderColumn_DDRM qr = new QRDecompositionHouseholderColumn_DDRM();
    if (qr.decompose(columns) == false) {
      throw new IllegalStateException("no QR decomposition of a matrix with finite elements");
    }
    return qr.getQ(null, true);
  }

  /** The singular value decomposition of a square matrix, the largest values first. */
  static SvdImplicitQrDecompose_DDRM singularValues(DMatrixRMaj square) {
    SvdImplicitQrDecompose_DDRM svd = new SvdImplicitQrDecompose_DDRM(true, true, true, false);
    if (svd.decompose(square) == false) {
      throw new IllegalStateException("no singular values of a matrix with finite elements");
    }
    return svd;
  }

  /** a b. */
  static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
    MatrixMatrixMult_DDRM.mult_reorder(a, b, product);
    return product;
  }

  /** Solves equations with a positive definite matrix, which it may overwrite. */
  static LinearSolverDense<DMatrixRMaj> solver(DMatrixRMaj positiveDefinite) {
    LinearSolverDense<DMatrixRMaj> solver =
        LinearSolverFactory_DDRM.symmPosDef(positiveDefinite.numCols);
    if (solver.setA(positiveDefinite) == false) {
      throw new IllegalStateException("no Cholesky decomposition of a positive definite matrix");
    }
    return solver;
  }

  /** The first left singular vectors of a square matrix [width, count]. */
  static DMatrixRMaj mainVectors(DMatrixRMaj square, int count) {
    SvdImplicitQrDecompose_DDRM svd = singularValues(square);
    DMatrixRMaj u = svd.getU(null, false);
    SingularOps_DDRM.descendingOrder(
        u, false, svd.getSingularValues(), svd.numberOfSingularValues(), null, false);
    return CommonOps_DDRM.extract(u, 0, u.numRows, 0, count);
  }

  /** The first eigenvectors of y'y, which are its left singular vectors [width, components]. */
  private static DMatrixRMaj mainDirections(DMatrixRMaj y, int components) {
    DMatrixRMaj gram = new DMatrixRMaj(y.numCols, y.numCols);
    MatrixMatrixMult_DDRM.multTransA_reorder(y, y, gram);
    return mainVectors(gram, components);
  }

  /**
   * The documents' TF-IDF vectors minus their mean, A = X - 1 m' [documents, vocabulary], as an
   * operator: X stays sparse and A is never written down.
   */
  static final class CentredDocuments {

    private final List<SparseVector> vectors;
    private final double[] mean;

    CentredDocuments(Dataset documents) {
      vectors = documents.vectors();
      mean = new double[documents.vocabularySize()];
      for (SparseVector vector : vectors) {
        for (int i = 0; i < vector.size(); i++) {
          mean[vector.id(i)] += vector.weight(i);
        }
      }
      for (int term = 0; term < mean.length; term++) {
        mean[term] /= vectors.size();
      }
    }

    int documents() {
      return vectors.size();
    }

    int vocabularySize() {
      return mean.length;
    }

    /** m' Z [width] for Z [vocabulary, width]. */
    double[] meanTimes(DMatrixRMaj z) {
      double[] product = new double[z.numCols];
      for (int term = 0; term < mean.length; term++) {
        addScaled(product, 0, mean[term], z.data, term * z.numCols, z.numCols);
      }
      return product;
    }

    /** A Z [documents, width] for Z [vocabulary, width]. */
    DMatrixRMaj times(DMatrixRMaj z) {
      int width = z.numCols;
      double[] ofMean = meanTimes(z);
      DMatrixRMaj product = new DMatrixRMaj(vectors.size(), width);
      for (int d = 0; d < vectors.size(); d++) {
        SparseVector vector = vectors.get(d);
        for (int i = 0; i < vector.size(); i++) {
          addScaled(product.data, d * width, vector.weight(i), z.data, vector.id(i) * width, width);
        }
        addScaled(product.data, d * width, -1, ofMean, 0, width);
      }
      return product;
    }

    /** A' Y [vocabulary, width] for Y [documents, width]. */
    DMatrixRMaj transposedTimes(DMatrixRMaj y) {
      int width = y.numCols;
      DMatrixRMaj product = new DMatrixRMaj(mean.length, width);
      double[] sums = new double[width];
      for (int d = 0; d < vectors.size(); d++) {
        SparseVector vector = vectors.get(d);
        for (int i = 0; i < vector.size(); i++) {
          addScaled(product.data, vector.id(i) * width, vector.weight(i), y.data, d * width, width);
        }
        addScaled(sums, 0, 1, y.data, d * width, width);
      }
      for (int term = 0; term < mean.length; term++) {
        addScaled(product.data, term * width, -mean[term], sums, 0, width);
      }
      return product;
    }

    private static void addScaled(
        double[] to, int offset, double factor, double[] from, int start, int width) {
      for (int i = 0; i < width; i++) {
        to[offset + i] += factor * from[start + i];
      }
    }
  }
}
