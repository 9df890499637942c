// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

class KshTest {

  private static final int BITS = 12;
  private static final Dataset DOCUMENTS = TopicDocuments.of(300, 4, 1);

  private static HashNetwork learn(Dataset documents, Map<String, String> options) {
    TrainingOptions training = TrainingOptions.DEFAULTS.withBits(BITS);
    return HashingMethod.named("ksh", options)
        .learn(
            documents,
            training,
            new TrainingLoop(training, unused -> 0, TrainingListener.NONE, () -> false));
  }

  /** The mean over all pairs of (h'h / bits - S)^2, equation 6. */
  private static double objective(Dataset documents, HashNetwork network) {
    List<BinaryCode> codes = network.encode(documents.vectors());
    double sum = 0;
    for (int i = 0; i < codes.size(); i++) {
      for (int j = 0; j < codes.size(); j++) {
        double product = 1 - 2.0 * codes.get(i).distance(codes.get(j)) / BITS;
        double s = documents.labels().get(i)[0] == documents.labels().get(j)[0] ? 1 : -1;
        sum += (product - s) * (product - s);
      }
    }
    return sum / codes.size() / codes.size();
  }

  /**
   * Four topics cannot be further apart than 2/3 of the bits, a scalar product of -1/3: 4/9 for
   * three quarters of the pairs is 1/3. Codes that ignore the labels have 1 and more.
   */
  @Test
  void theObjectiveIsNearItsLeastValue() {
    double reached = objective(DOCUMENTS, learn(DOCUMENTS, Map.of("documents", "300")));
    assertTrue(reached > 0.33 && reached < 0.45, "objective " + reached);
    TrainingOptions options = TrainingOptions.DEFAULTS.withBits(BITS);
    HashNetwork random =
        HashingMethod.named("lsh", Map.of())
            .learn(
                DOCUMENTS,
                options,
                new TrainingLoop(options, unused -> 0, TrainingListener.NONE, () -> false));
    assertTrue(objective(DOCUMENTS, random) > 0.9);
  }

  @Test
  void labelsOfOtherDocumentsDoNotHelp() {
    List<int[]> labels = new ArrayList<>(DOCUMENTS.labels());
    Collections.shuffle(labels, new Random(1));
    Dataset wrong = new Dataset(DOCUMENTS.vectors(), labels, DOCUMENTS.vocabularySize());
    assertTrue(
        objective(DOCUMENTS, learn(wrong, Map.of()))
            > 2 * objective(DOCUMENTS, learn(DOCUMENTS, Map.of())));
  }

  @Test
  void documentsWithoutLabelsAreLeftOutAndSomeMustHaveThem() {
    List<int[]> labels = new ArrayList<>(DOCUMENTS.labels());
    for (int d = 0; d < labels.size(); d += 2) {
      labels.set(d, new int[0]);
    }
    Dataset half = new Dataset(DOCUMENTS.vectors(), labels, DOCUMENTS.vocabularySize());
    assertTrue(objective(DOCUMENTS, learn(half, Map.of())) < 0.6);
    labels.replaceAll(unused -> new int[0]);
    Dataset none = new Dataset(DOCUMENTS.vectors(), labels, DOCUMENTS.vocabularySize());
    assertEquals(
        "[ksh] needs training documents with at least [2] different labels, got [0]",
        assertThrows(IllegalArgumentException.class, () -> learn(none, Map.of())).getMessage());
    assertEquals(
        "[supervised] must be one of [true], got [false]",
        assertThrows(
                IllegalArgumentException.class, () -> learn(none, Map.of("supervised", "false")))
            .getMessage());
  }
}
