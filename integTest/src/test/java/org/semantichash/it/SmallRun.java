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
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.function.Executable;

/** A benchmark of which some phases run, too small to measure anything. */
public final class SmallRun {

  /** The checkout. */
  public static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private SmallRun() {}

  /**
   * What the benchmark is told.
   *
   * @param phases by name, with commas between them
   * @param results the folder for what is written
   * @param sizes further properties
   */
  public static Properties properties(String phases, Path results, Map<String, String> sizes) {
    Properties properties = new Properties();
    properties.setProperty("phases", phases);
    properties.setProperty("results", results.toString());
    properties.putAll(sizes);
    return properties;
  }

  /** Asserts that a run of the phase [nothing] is refused. */
  public static void assertRefusesNothing(List<String> phases, Executable run) {
    String message = assertThrows(IllegalArgumentException.class, run).getMessage();
    assertEquals("[phases] must be of " + phases + ", got [nothing]", message);
  }
}
