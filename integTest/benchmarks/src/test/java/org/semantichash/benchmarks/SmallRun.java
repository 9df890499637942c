// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.function.Executable;
import org.semantichash.benchmarks.harness.Options;

/** A benchmark of which some phases run, too small to measure anything. */
public final class SmallRun {

  /** The checkout. */
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  private SmallRun() {}

  /**
   * What the benchmark is told.
   *
   * @param phases by name, with commas between them
   * @param results the folder for what is written
   * @param sizes further properties
   */
  public static Options options(String phases, Path results, Map<String, String> sizes) {
    Properties properties = new Properties();
    properties.setProperty("phases", phases);
    properties.setProperty("results", results.toString());
    properties.putAll(sizes);
    return new Options(REPOSITORY, properties);
  }

  /** Asserts that a run of the phase [nothing] is refused. */
  public static void assertRefusesNothing(List<String> phases, Executable run) {
    String message = assertThrows(IllegalArgumentException.class, run).getMessage();
    assertEquals("[phases] must be of " + phases + ", got [nothing]", message);
  }
}
