// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.OptionReader;

/**
 * The weight of the divergence from the prior, which grows from 0: options [kl_weight] and
 * [kl_warmup], in steps. The papers count words, whose number a document is tens to hundreds;
 * L2-normed TF-IDF weights sum to about 7, so a weight of 1 would drown the reconstruction.
 *
 * @param weight once it is warmed up
 * @param warmup steps over which it grows
 */
record KlWeight(double weight, int warmup) {

  static KlWeight read(OptionReader options, double weight, int warmup) {
    return new KlWeight(
        options.number("kl_weight", weight, 0, 1), options.integer("kl_warmup", warmup, 0));
  }

  float at(long step) {
    return (float) (step >= warmup ? weight : weight * step / warmup);
  }
}
