// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;

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

  /** The first eigenvectors of y'y, which are its left singular vectors [width, components]. */
  private static DMatrixRMaj mainDirections(DMatrixRMaj y, int components) {
    DMatrixRMaj gram = new DMatrixRMaj(y.numCols, y.numCols);
    MatrixMatrixMult_DDRM.multTransA_reorder(y, y, gram);
    SvdImplicitQrDecompose_DDRM svd = singularValues(gram);
    DMatrixRMaj u = svd.getU(null, false);
    SingularOps_DDRM.descendingOrder(
        u, false, svd.getSingularValues(), svd.numberOfSingularValues(), null, false);
    return CommonOps_DDRM.extract(u, 0, u.numRows, 0, components);
  }
}
