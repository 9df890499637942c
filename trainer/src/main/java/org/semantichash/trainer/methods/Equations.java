// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
