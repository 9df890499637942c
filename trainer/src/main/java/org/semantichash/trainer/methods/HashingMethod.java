// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.OptionReader;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/** A method that makes a network of documents, with its options. */
public abstract class HashingMethod {

  private final String name;
  private final OptionReader options;

  /**
   * A method.
   *
   * @param options what it reads in its constructor, and returns afterwards
   */
  HashingMethod(String name, OptionReader options) {
    this.name = name;
    this.options = options;
  }

  /** Its name in options and model files. */
  public final String name() {
    return name;
  }

  /** Its own options by name, as the model file keeps them. */
  public final Map<String, String> toProperties() {
    return options.values();
  }

  /** The training options by name that it wants to differ from the defaults. */
  public Map<String, String> trainingDefaults() {
    return Map.of();
  }

  /** Whether it learns from labels, not from texts alone. */
  public boolean isSupervised() {
    return false;
  }

  /**
   * The network for these documents.
   *
   * @param loop trains what has an objective, with the same options
   * @throws IllegalArgumentException when the documents are not what the method needs
   */
  public abstract HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop);
}
