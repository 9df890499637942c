// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.OptionReader;
import org.semantichash.trainer.learning.SparseLayer;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;

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
final class Itq extends ConfiguredMethod {

  static final String NAME = "itq";

  private final int rotations;

  Itq(OptionReader options) {
    super(NAME, options);
    rotations = options.integer("rotations", 50, 0);
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    int bits = options.bits();
    requireAtMost("documents", documents.size(), bits);
    requireAtMost("terms", documents.vocabularySize(), bits);
    SplittableRandom random = new SplittableRandom(options.seed());
    CentredDocuments centred = new CentredDocuments(documents);
    PrincipalComponents components = PrincipalComponents.of(centred, bits, random);
    DMatrixRMaj rotation = QuantizingRotation.of(components.projected(), rotations, random);
    DMatrixRMaj weights = PrincipalComponents.product(components.directions(), rotation);
    SparseLayer layer = new SparseLayer(floats(weights.data), new float[bits]);
    return new HashNetwork(layer, List.of(), floats(centred.meanTimes(weights)));
  }

  private static void requireAtMost(String what, int most, int bits) {
    if (bits > most) {
      throw new IllegalArgumentException(
          "[bits] of [itq] must be at most the number of training "
              + what
              + " ["
              + most
              + "], got ["
              + bits
              + "]");
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
