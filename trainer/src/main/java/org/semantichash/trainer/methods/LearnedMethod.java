// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.Preparation;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;

/** A method that is an objective, minimised by the one training loop. */
public interface LearnedMethod extends HashingMethod {

  /** The objective for these documents, with freshly initialised parameters. */
  Objective objective(Dataset documents, TrainingOptions options);

  /**
   * The same, telling how far it is where that takes long.
   *
   * @param preparation hears of the documents that were looked at
   */
  default Objective objective(Dataset documents, TrainingOptions options, Preparation preparation) {
    return objective(documents, options);
  }

  @Override
  default HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    return loop.train(objective(documents, options, loop::onPreparation), documents);
  }
}
