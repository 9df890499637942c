// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A part of the measurement that is done as a whole or not at all.
 *
 * @param phase it belongs to
 * @param definition what is measured, with every parameter: the same text, the same step
 * @param seconds it will take, roughly, to foretell the end
 * @param measurement measures and gives the rows, each with the values of one contestant
 */
public record BenchmarkStep(
    String phase, String definition, double seconds, Measurement measurement) {

  /** Measures. */
  public interface Measurement {
    /** The rows, columns by name. */
    List<Map<String, Object>> run() throws IOException;
  }

  /** The same step, before which other work is stopped. */
  public BenchmarkStep after(AutoCloseable... stopped) {
    return new BenchmarkStep(
        phase,
        definition,
        seconds,
        () -> {
          for (AutoCloseable other : stopped) {
            close(other);
          }
          return measurement.run();
        });
  }

  private static void close(AutoCloseable other) throws IOException {
    try {
      other.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("[" + other + "] cannot be stopped", e);
    }
  }
}
