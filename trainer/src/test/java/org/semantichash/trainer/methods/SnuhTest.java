// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.graph.SpanningTrees.TreeEdges;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingOptions;

class SnuhTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(200, 10, 1);
  private static final Batch BATCH = Batch.of(DOCUMENTS, IntStream.range(0, 50).toArray());

  /**
   * The divergence of an edge grows as rho / (1 - rho^2): a cosine would make it next to nothing.
   */
  @Test
  void edgesAreCorrelatedAlikeWhateverTheirCosines() {
    TreeEdges edges = TreeEdges.of(DOCUMENTS, 5, 3, new SplittableRandom(1), Preparation.NONE);
    int roots = 0;
    for (int tree = 0; tree < 3; tree++) {
      TreeEdges.Pairs pairs = edges.parents(BATCH, tree);
      float[] constant = pairs.correlations(0.9f, true);
      float[] cosines = pairs.correlations(1, false);
      for (int i = 0; i < constant.length; i++) {
        assertEquals(cosines[i] == 0 ? 0 : 0.9f, constant[i], 0);
        assertTrue(cosines[i] >= 0 && cosines[i] <= 1, "cosine " + cosines[i]);
        roots += cosines[i] == 0 ? 1 : 0;
      }
    }
    assertTrue(roots < 30, roots + " of 150 without a parent");
  }

  private static double loss(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(Map.of("kl_weight", "1", "kl_warmup", "0"));
    options.putAll(more);
    TrainingOptions training =
        TrainingOptions.DEFAULTS.with(Map.of("hidden_layers", "0", "bits", "16"));
    return ((VariationalMethod) HashingMethod.named("snuh", options))
        .objective(DOCUMENTS, training)
        .loss(TestTape.of(1), BATCH)
        .scalar();
  }

  /** The graph counts: by default each variant's divergence is clearly its own. */
  @Test
  void variantsAreIndependent() {
    double full = loss(Map.of("variant", "full"));
    double prior = loss(Map.of("variant", "prior"));
    double independent = loss(Map.of("variant", "independent"));
    assertTrue(Math.abs(prior - independent) > 3, prior + " and " + independent);
    assertNotEquals(full, prior, 0.01);
    assertTrue(Math.abs(full - independent) > 3, full + " and " + independent);
    double byCosine = loss(Map.of("variant", "prior", "edges", "cosine", "lambda", "0.99"));
    assertTrue(
        Math.abs(byCosine - independent) < Math.abs(prior - independent) / 3,
        byCosine + " by cosine, " + prior + " by default");
  }
}
