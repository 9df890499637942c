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

import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/** What is a method's own in its objective. */
@FunctionalInterface
interface Equations {

  /** The loss of a batch, as {@link Objective#loss} has it. */
  Variable loss(Tape tape, Batch batch);

  /** Called after each epoch, see {@link Objective#onEpoch}. */
  default void onEpoch(int epoch) {}
}
