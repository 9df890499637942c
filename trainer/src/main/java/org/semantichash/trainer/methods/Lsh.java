// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * LSH by random hyperplanes (Charikar, "Similarity Estimation Techniques from Rounding Algorithms",
 * STOC 2002, section 3), the papers' reference that learns nothing: a bit is 1 where the scalar
 * product of the TF-IDF vector with a normal vector of its own is above 0. Two documents differ in
 * a bit with probability angle / pi. Shape: hyperplanes [vocabulary, bits].
 */
final class Lsh extends HashingMethod {

  static final String NAME = "lsh";

  Lsh(OptionReader options) {
    super(NAME, options);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(new PublishedSettings("there is nothing to set", Map.of(), Map.of()));
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    SplittableRandom random = new SplittableRandom(options.seed());
    int bits = options.bits();
    float[] hyperplanes = new float[Math.multiplyExact(documents.vocabularySize(), bits)];
    for (int i = 0; i < hyperplanes.length; i++) {
      hyperplanes[i] = (float) random.nextGaussian();
    }
    SparseLayer layer = new SparseLayer(hyperplanes, new float[bits]);
    return new HashNetwork(layer, List.of(), new float[bits]);
  }
}
