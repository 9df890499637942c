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
