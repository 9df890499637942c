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
package org.semantichash.trainer.reproduce;

import java.util.List;

/** The checks that the parts of an experiment share. */
final class SpecCheck {

  private SpecCheck() {}

  static void require(boolean condition, String name, String rule, Object value) {
    if (condition == false) {
      throw new IllegalArgumentException("[" + name + "] must " + rule + ", got [" + value + "]");
    }
  }

  static void requirePresent(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("[" + name + "] is missing");
    }
  }

  /** A copy of a list that must hold something. */
  static <T> List<T> requireFilled(String name, List<T> list) {
    requirePresent(name, list);
    require(list.isEmpty() == false, name, "hold at least one entry", 0);
    return List.copyOf(list);
  }
}
