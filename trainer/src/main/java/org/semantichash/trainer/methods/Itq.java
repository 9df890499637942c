// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.methods.PrincipalComponents.CentredDocuments;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * ITQ (Gong and Lazebnik, "Iterative Quantization: A Procrustean Approach to Learning Binary
 * Codes", CVPR 2011): the TF-IDF vectors x are centred, projected on their principal components P
 * [vocabulary, bits] and turned by the rotation R [bits, bits] that brings them nearest to the
 * corners of a cube; a bit is 1 where (x - m) P R &gt; 0. The network has the weights P R and the
 * thresholds m P R. The option [rotations] says how often R is improved, the paper's 50 by default.
 *
 * <p>Deviation: the components come from randomised subspace iteration, as the covariance [terms,
 * terms] would be too large.
 */
final class Itq extends HashingMethod {

  static final String NAME = "itq";

  private final int rotations;

  Itq(OptionReader options) {
    super(NAME, options);
    rotations = options.integer("rotations", 50, 0);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        new PublishedSettings(
            "as tuned, which has the 50 rotations of Gong and Lazebnik 2011", Map.of(), Map.of()));
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    int bits = options.bits();
    requireAtMost(NAME, "documents", documents.size(), bits);
    requireAtMost(NAME, "terms", documents.vocabularySize(), bits);
    SplittableRandom random = new SplittableRandom(options.seed());
    CentredDocuments centred = new CentredDocuments(documents);
    PrincipalComponents components = PrincipalComponents.of(centred, bits, random);
    DMatrixRMaj rotation = QuantizingRotation.of(components.projected(), rotations, random);
    DMatrixRMaj weights = PrincipalComponents.product(components.directions(), rotation);
    SparseLayer layer = new SparseLayer(floats(weights.data), new float[bits]);
    return new HashNetwork(layer, List.of(), floats(centred.meanTimes(weights)));
  }

  /** Refuses more bits than principal components. */
  static void requireAtMost(String method, String what, int most, int bits) {
    if (bits > most) {
      throw new IllegalArgumentException(
          "[bits] of ["
              + method
              + "] must be at most the number of training "
              + what
              + " ["
              + most
              + "], got ["
              + bits
              + "]");
    }
  }

  /** The same numbers in single precision. */
  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /**
   * The rotation R that brings vectors near the corners of a cube (Gong and Lazebnik 2011, section
   * 2.2): from a random one, alternately the corners B = sign(V R) and the R with the least |B - V
   * R|^2, which is S T' for the singular value decomposition S D T' of V'B (the orthogonal
   * Procrustes problem). Parts of a product that threads share are rows of the result, so the
   * result does not depend on the threads.
   */
  static final class QuantizingRotation {

    /** Rows of V'B that are summed in one pass over the vectors. */
    private static final int BLOCK = 16;

    private final DMatrixRMaj vectors;
    private final int bits;

    private QuantizingRotation(DMatrixRMaj vectors) {
      this.vectors = vectors;
      bits = vectors.numCols;
    }

    /**
     * The rotation [bits, bits].
     *
     * @param vectors V [documents, bits], centred
     * @param iterations how often it is improved; 0 leaves it random
     */
    static DMatrixRMaj of(DMatrixRMaj vectors, int iterations, SplittableRandom random) {
      QuantizingRotation rotations = new QuantizingRotation(vectors);
      DMatrixRMaj rotation =
          PrincipalComponents.orthonormal(
              PrincipalComponents.normal(vectors.numCols, vectors.numCols, random));
      for (int i = 0; i < iterations; i++) {
        rotation = nearest(rotations.correlation(rotations.corners(rotation)));
      }
      return rotation;
    }

    /** The rotation R with the largest trace of R' C. */
    private static DMatrixRMaj nearest(DMatrixRMaj correlation) {
      SvdImplicitQrDecompose_DDRM svd = PrincipalComponents.singularValues(correlation);
      return PrincipalComponents.product(svd.getU(null, false), svd.getV(null, true));
    }

    /** B = sign(V R) [documents, bits], -1 for 0. */
    private double[] corners(DMatrixRMaj rotation) {
      double[] corners = new double[vectors.data.length];
      IntStream.range(0, vectors.numRows)
          .parallel()
          .forEach(
              d -> {
                for (int i = 0; i < bits; i++) {
                  double v = vectors.data[d * bits + i];
                  addScaled(corners, d * bits, v, rotation.data, i * bits);
                }
                for (int i = d * bits; i < (d + 1) * bits; i++) {
                  corners[i] = corners[i] > 0 ? 1 : -1;
                }
              });
      return corners;
    }

    /** C = V'B [bits, bits]. */
    private DMatrixRMaj correlation(double[] corners) {
      DMatrixRMaj sums = new DMatrixRMaj(bits, bits);
      IntStream.range(0, (bits + BLOCK - 1) / BLOCK)
          .parallel()
          .forEach(
              block -> {
                for (int d = 0; d < vectors.numRows; d++) {
                  for (int i = block * BLOCK; i < Math.min(bits, (block + 1) * BLOCK); i++) {
                    double v = vectors.data[d * bits + i];
                    addScaled(sums.data, i * bits, v, corners, d * bits);
                  }
                }
              });
      return sums;
    }

    private void addScaled(double[] to, int offset, double factor, double[] from, int start) {
      for (int i = 0; i < bits; i++) {
        to[offset + i] += factor * from[start + i];
      }
    }
  }
}
