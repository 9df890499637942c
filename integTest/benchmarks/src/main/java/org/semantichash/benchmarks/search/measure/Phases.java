// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

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
