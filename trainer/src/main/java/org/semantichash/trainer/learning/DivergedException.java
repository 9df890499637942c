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
