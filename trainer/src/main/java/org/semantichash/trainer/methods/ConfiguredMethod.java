// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import org.semantichash.trainer.learning.OptionReader;

/** A method with its name and the options that it read. */
abstract class ConfiguredMethod implements HashingMethod {

  private final String name;
  private final OptionReader options;

  /**
   * A method.
   *
   * @param options what it reads in its constructor, and tells afterwards
   */
  ConfiguredMethod(String name, OptionReader options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Map<String, String> toProperties() {
    return options.values();
  }
}
