// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions;

class LshTest {

  private static final int BITS = 4096;

  private static HashNetwork network() {
    Dataset documents = new Dataset(List.of(), List.of(), 6);
    TrainingOptions options = TrainingOptions.DEFAULTS.withBits(BITS);
    return HashingMethod.named("lsh", Map.of()).learn(documents, options, null);
  }

  /** Goemans and Williamson's probability, angle / pi, within five standard errors. */
  @Test
  void bitsDifferAsOftenAsTheAngleSays() {
    HashNetwork network = network();
    for (double angle : new double[] {0.1, 0.8, Math.PI / 2, 2.5, Math.PI}) {
      float cosine = (float) StrictMath.cos(angle);
      float sine = (float) StrictMath.sin(angle);
      SparseVector a = SparseVector.of(new int[] {1}, new float[] {3});
      SparseVector b = SparseVector.of(new int[] {1, 4}, new float[] {cosine, sine});
      double share = network.encode(a).distance(network.encode(b)) / (double) BITS;
      double p = angle / Math.PI;
      assertEquals(p, share, 1e-9 + 5 * Math.sqrt(p * (1 - p) / BITS), "angle " + angle);
    }
  }

  @Test
  void aTextWithoutKnownTermsHasNoOnes() {
    HashNetwork network = network();
    assertEquals("0".repeat(BITS / 4), network.encode(SparseVector.EMPTY).toHex());
  }
}
