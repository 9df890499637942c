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

import java.util.List;

/** All methods by name. */
public final class Methods {

  private Methods() {}

  /** The names, in alphabetical order. */
  public static List<String> names() {
    return List.of(Bmsh.NAME, Nash.NAME);
  }

  /**
   * A method.
   *
   * @param name one of {@link #names}
   * @param options what methods with a mixture prior are given
   * @throws IllegalArgumentException for another name
   */
  public static HashingMethod named(String name, BmshOptions options) {
    return switch (name) {
      case Bmsh.NAME -> new Bmsh(options);
      case Nash.NAME -> Nash.with(options);
      default ->
          throw new IllegalArgumentException(
              "[method] must be one of " + names() + ", got [" + name + "]");
    };
  }
}
