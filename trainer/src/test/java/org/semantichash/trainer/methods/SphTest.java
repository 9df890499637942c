// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.methods.PrincipalComponents.CentredDocuments;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/** The network's bits against the signs of the eigenfunctions themselves. */
class SphTest {

  private static final int BITS = 48;

  /** An eigenfunction: its component, where that starts, its range, half waves. */
  private record Wave(int component, double least, double range, int k) {

    double eigenvalue() {
      double frequency = k * Math.PI / range;
      return 1 - StrictMath.exp(-0.01 * frequency * frequency);
    }

    double at(double x) {
      return StrictMath.sin(Math.PI / 2 + k * Math.PI * (x - least) / range);
    }
  }

  @RepeatedTest(4)
  void bitsAreTheSignsOfTheEigenfunctions(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Dataset documents = TopicDocuments.of(300, 6, seed);
    PrincipalComponents components =
        PrincipalComponents.of(new CentredDocuments(documents), BITS, new SplittableRandom(seed));
    List<Wave> waves = new ArrayList<>();
    for (int c = 0; c < BITS; c++) {
      double least = Double.MAX_VALUE;
      double most = -Double.MAX_VALUE;
      for (int d = 0; d < documents.size(); d++) {
        least = Math.min(least, components.projected().get(d, c));
        most = Math.max(most, components.projected().get(d, c));
      }
      for (int k = 1; k <= BITS; k++) {
        waves.add(new Wave(c, least, most - least, k));
      }
    }
    waves.sort(Comparator.comparingDouble(Wave::eigenvalue));
    assertTrue(waves.subList(0, BITS).stream().anyMatch(wave -> wave.k() > 1), "waves that turn");
    TrainingOptions options = TrainingOptions.DEFAULTS.withBits(BITS).withSeed(seed);
    HashNetwork network =
        HashingMethod.named("sph", Map.of())
            .learn(
                documents,
                options,
                new TrainingLoop(options, unused -> 0, TrainingListener.NONE, () -> false));
    int compared = 0;
    for (int d = 0; d < documents.size(); d++) {
      float[] activations = network.activations(documents.vectors().get(d));
      for (int bit = 0; bit < BITS; bit++) {
        Wave wave = waves.get(bit);
        double expected = wave.at(components.projected().get(d, wave.component()));
        if (Math.abs(expected) > 1e-3) { // else single precision decides
          compared++;
          assertEquals(expected > 0, activations[bit] > network.thresholds()[bit], wave.toString());
        }
      }
    }
    assertTrue(compared > documents.size() * (BITS - 1));
  }
}
