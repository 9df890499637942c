// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;

/** A way to get from documents to a network that tells their codes. */
public interface HashingMethod {

  /** Its name in options and model files. */
  String name();

  /** Its own options by name, as the model file keeps them. */
  Map<String, String> toProperties();

  /** The training options by name that it wants to differ from the defaults. */
  default Map<String, String> trainingDefaults() {
    return Map.of();
  }

  /** Whether it learns from labels, not from texts alone. */
  default boolean isSupervised() {
    return false;
  }

  /**
   * The network for these documents.
   *
   * @param loop trains what has an objective, with the same options
   * @throws IllegalArgumentException when the documents are not what the method needs
   */
  HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop);
}
