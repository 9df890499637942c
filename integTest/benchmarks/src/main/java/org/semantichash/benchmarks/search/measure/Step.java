// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A part of the measurement that is done as a whole or not at all.
 *
 * @param phase it belongs to
 * @param definition what is measured, with every parameter: the same text, the same step
 * @param seconds it will take, roughly, to foretell the end
 * @param work measures and gives the rows, each with the values of one contestant
 */
public record Step(String phase, String definition, double seconds, Work work) {

  /** Measures. */
  public interface Work {
    /** The rows, columns by name. */
    List<Map<String, Object>> run() throws IOException;
  }
}
