// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Dataset;

/**
 * The documents' TF-IDF vectors minus their mean, A = X - 1 m' [documents, vocabulary], as an
 * operator: X stays sparse and A is never written down.
 */
final class CentredDocuments {

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
