// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.List;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.Variable;

/** The loss that a method minimises, and the network that results. */
public interface Objective {

  /** Everything that is learned, always in the same order. */
  List<Parameter> parameters();

  /**
   * The mean loss of a batch.
   *
   * @return [1, 1], in nats per document
   */
  Variable loss(Tape tape, Batch batch);

  /**
   * Called after each epoch, before the next: a method may choose anew what it learns from.
   *
   * @param epoch from 1
   */
  default void onEpoch(int epoch) {}

  /** The encoder as it is now, copied. */
  HashNetwork network();
}
