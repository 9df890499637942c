// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.training.OptionReader;

/**
 * The options that the methods with a lower bound share.
 *
 * @param klWeight of the divergence
 * @param target the words to be predicted
 * @param labels whether and how much they count
 */
record BoundOptions(KlWeight klWeight, WordDecoder.Target target, LabelHead.Options labels) {

  private static final int WARMUP = 1000;

  /** Reads all of them. */
  static BoundOptions read(OptionReader options, double klWeight) {
    return new BoundOptions(
        KlWeight.read(options, klWeight, WARMUP),
        WordDecoder.Target.read(options, "tf_idf"),
        LabelHead.Options.read(options));
  }

  /** For a method that cannot learn from labels. */
  static BoundOptions withoutLabels(OptionReader options, double klWeight) {
    return new BoundOptions(
        KlWeight.read(options, klWeight, WARMUP),
        WordDecoder.Target.read(options, "tf_idf"),
        LabelHead.Options.NONE);
  }

  /** For a method that predicts TF-IDF weights only. */
  static BoundOptions withoutTarget(OptionReader options, double klWeight) {
    return new BoundOptions(
        KlWeight.read(options, klWeight, WARMUP),
        WordDecoder.Target.TF_IDF,
        LabelHead.Options.read(options));
  }

  /**
   * The weight of the divergence from the prior, which grows from 0: options [kl_weight] and
   * [kl_warmup], in steps. The papers count words, whose number per document is tens to hundreds;
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
}
