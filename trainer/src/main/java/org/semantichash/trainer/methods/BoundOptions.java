// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.OptionReader;

/**
 * The options that the methods with a lower bound share.
 *
 * @param klWeight of the divergence
 * @param target the words to be told
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

  /** For a method that tells TF-IDF weights only. */
  static BoundOptions withoutTarget(OptionReader options, double klWeight) {
    return new BoundOptions(
        KlWeight.read(options, klWeight, WARMUP),
        WordDecoder.Target.TF_IDF,
        LabelHead.Options.read(options));
  }
}
