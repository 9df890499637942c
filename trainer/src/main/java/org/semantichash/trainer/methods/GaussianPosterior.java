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

import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * Independent normal variables for the bits of documents.
 *
 * @param mean [B, bits]
 * @param logVariance [B, bits]
 */
record GaussianPosterior(Variable mean, Variable logVariance) {

  /** The standard deviations [B, bits]. */
  Variable deviation(Tape tape) {
    return tape.exp(tape.affine(logVariance, 0.5f, 0));
  }

  /** The expected squares, mean^2 + variance [B, bits]. */
  Variable squares(Tape tape) {
    return tape.add(tape.product(mean, mean), tape.exp(logVariance));
  }

  /** A sample [B, bits]. */
  Variable sample(Tape tape) {
    return tape.addNoise(mean, logVariance);
  }

  /** Some rows. */
  GaussianPosterior rows(Tape tape, int from, int to) {
    return new GaussianPosterior(tape.rows(mean, from, to), tape.rows(logVariance, from, to));
  }
}
