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
