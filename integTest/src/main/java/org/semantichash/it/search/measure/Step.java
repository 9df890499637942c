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
