// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

import java.util.Optional;

/** The loss is no number any more; what was good before is kept. */
public final class DivergedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient HashNetwork lastGood;

  DivergedException(long step, float loss, double learningRate, HashNetwork lastGood) {
    super(
        "the loss of step ["
            + step
            + "] must be a number, got ["
            + loss
            + "]; try a [learning_rate] below ["
            + learningRate
            + "] or a [gradient_clip]");
    this.lastGood = lastGood;
  }

  /** The best network of the epochs before, if there was one. */
  public Optional<HashNetwork> lastGood() {
    return Optional.ofNullable(lastGood);
  }
}
