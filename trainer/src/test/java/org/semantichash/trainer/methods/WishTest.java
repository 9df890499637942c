// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingOptions;

class WishTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(50, 5, 1);

  @Test
  void theAverageIsOverTheBitsThatAreSet() {
    Matrix z = new Matrix(3, 4);
    z.set(0, 1, 1);
    z.set(0, 2, 1);
    for (int bit = 0; bit < 4; bit++) {
      z.set(1, bit, 1);
    }
    assertArrayEquals(new float[] {0.5f, 0.25f, 1}, Wish.shares(z));
  }

  private static float loss(String integration, String sampling) {
    TrainingOptions options = new TrainingOptions(12, 8, 1, 1, 1, 6, 0.01, 1, 1, 0, 3, 1);
    Map<String, String> wish = Map.of("integration", integration, "sampling", sampling);
    return ((VariationalMethod) HashingMethod.named("wish", wish))
        .objective(DOCUMENTS, options)
        .loss(TestTape.of(1), Batch.of(DOCUMENTS, 0, 1, 2, 3, 4, 5))
        .scalar();
  }

  @Test
  void integrationAndSamplingChangeTheLoss() {
    assertNotEquals(loss("sum", "stochastic"), loss("average", "stochastic"));
    assertNotEquals(loss("sum", "stochastic"), loss("sum", "deterministic"));
    assertEquals(loss("sum", "stochastic"), loss("sum", "stochastic"));
  }
}
