/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.ObjectiveCheck;
import org.semantichash.trainer.learning.SparseBatch;
import org.semantichash.trainer.learning.TopicDocuments;
import org.semantichash.trainer.learning.TrainingListener;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.report.RetrievalEvaluator;

class BmshTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(1200, 10, 1);

  private static TrainingOptions options(int hiddenLayers) {
    return new TrainingOptions(16, 32, hiddenLayers, 6, 6, 50, 0.01, 0.96, 0.9, 5, 7, 2);
  }

  private static double untrained(RetrievalEvaluator evaluator, HashNetwork network) {
    return precision(evaluator, network);
  }

  private static double precision(RetrievalEvaluator evaluator, HashNetwork network) {
    return evaluator
        .codes(
            network.encode(DOCUMENTS.vectors().subList(1000, 1200)),
            network.encode(DOCUMENTS.vectors().subList(0, 1000)))
        .precision();
  }

  @Test
  void documentsOfATopicGetNearCodes() {
    Dataset training =
        new Dataset(
            DOCUMENTS.vectors().subList(0, 1000),
            DOCUMENTS.labels().subList(0, 1000),
            DOCUMENTS.vocabularySize());
    RetrievalEvaluator evaluator =
        new RetrievalEvaluator(DOCUMENTS.labels().subList(1000, 1200), training.labels(), 50);
    for (String name : Methods.names()) {
      for (int layers = 1; layers <= 2; layers++) {
        Objective objective =
            Methods.named(name, new BmshOptions(5, 0.02, 20, true))
                .objective(training, options(layers));
        double before = untrained(evaluator, objective.network());
        HashNetwork network =
            new TrainingLoop(
                    options(layers),
                    n -> precision(evaluator, n),
                    TrainingListener.NONE,
                    () -> false)
                .train(objective, training);
        double after = precision(evaluator, network);
        assertTrue(after > 0.8, name + " with " + layers + " layers: " + after);
        assertTrue(after > before + 0.1, name + ": " + before + " to " + after);
      }
    }
  }

  /** What lies behind the sampled bits has true gradients; the bits themselves do not by design. */
  @Test
  void theWholeLossHasTheGradientsOfFiniteDifferences() {
    SparseBatch batch =
        new SparseBatch(DOCUMENTS.vectors().subList(0, 6), DOCUMENTS.vocabularySize());
    TrainingOptions small = new TrainingOptions(5, 4, 1, 1, 1, 6, 0.01, 1, 1, 0, 3, 1);
    Objective mixture = new Bmsh(new BmshOptions(3, 0.5, 0, true)).objective(DOCUMENTS, small);
    ObjectiveCheck.check(
        mixture,
        batch,
        List.of(
            "component_weights",
            "component_bias",
            "prior",
            "mixture",
            "log_variance",
            "word_bias"));
  }

  @Test
  void oneComponentIsNashsPrior() {
    BmshOptions one = new BmshOptions(1, 0.02, 10, true);
    List<HashNetwork> networks =
        List.of(
            trained(new Bmsh(one)),
            trained(Methods.named("nash", new BmshOptions(9, 0.02, 10, true))));
    assertArrayEquals(networks.get(0).first().weights(), networks.get(1).first().weights());
  }

  private static HashNetwork trained(HashingMethod method) {
    TrainingOptions options = options(1).withEpochs(1);
    return new TrainingLoop(options, n -> 0, TrainingListener.NONE, () -> false)
        .train(method.objective(DOCUMENTS, options), DOCUMENTS);
  }

  @Test
  void unknownMethodsAndBadOptionsAreNamed() {
    assertEquals(
        "[method] must be one of [bmsh, nash], got [magic]",
        assertThrows(
                IllegalArgumentException.class, () -> Methods.named("magic", BmshOptions.DEFAULTS))
            .getMessage());
    assertEquals(
        "[components] must be at least [1], got [0]",
        assertThrows(IllegalArgumentException.class, () -> new BmshOptions(0, 0.1, 0, false))
            .getMessage());
    assertEquals(
        "[kl_weight] must be in [0, 1], got [1.5]",
        assertThrows(IllegalArgumentException.class, () -> new BmshOptions(2, 1.5, 0, false))
            .getMessage());
  }
}
