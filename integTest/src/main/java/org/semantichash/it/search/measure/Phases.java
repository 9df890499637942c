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
package org.semantichash.it.search.measure;

import java.util.List;

/**
 * The phases of a benchmark.
 *
 * @param known all that there are, in their order
 */
public record Phases(List<String> known) {

  /** Those that [phases] names, or all. */
  public List<String> wanted(Settings settings) {
    return List.of(settings.text("phases", String.join(",", known)).split(","));
  }

  /**
   * Checks that there are such phases.
   *
   * @throws IllegalArgumentException when one is not known
   */
  public void check(List<String> wanted) {
    for (String phase : wanted) {
      if (known.contains(phase) == false) {
        throw new IllegalArgumentException(
            "[phases] must be of " + known + ", got [" + phase + "]");
      }
    }
  }
}
