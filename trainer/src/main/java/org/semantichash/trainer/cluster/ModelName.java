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
package org.semantichash.trainer.cluster;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a model in a cluster, by the plugin's rule.
 *
 * @param value 1 to 200 lower-case letters, digits, [-], [_] and [.], beginning with a letter or a
 *     digit
 */
public record ModelName(String value) {

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}");
  private static final String EXTENSION = ".onnx";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it breaks the rule
   */
  public ModelName {
    if (VALID.matcher(value).matches() == false) {
      throw new IllegalArgumentException(
          "[id] must be 1 to [200] lower-case letters, digits, [-], [_] and [.], beginning with a"
              + " letter or a digit, got ["
              + value
              + "]");
    }
  }

  /** The name of a file without its extension. */
  public static ModelName of(Path file) {
    String name = file.getFileName().toString();
    return new ModelName(
        name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name);
  }

  @Override
  public String toString() {
    return value;
  }
}
