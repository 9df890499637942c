// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

class Doc2hashTest {

  private static Doc2hash method(Map<String, String> options) {
    return new Doc2hash(new OptionReader("doc2hash", options));
  }

  /** From 1 by the same factor in each step, to the last temperature, where it stays. */
  @Test
  void theTemperatureFallsGeometrically() {
    Doc2hash method = method(Map.of("temperature", "0.25", "temperature_steps", "200"));
    assertEquals(1, method.temperatureAt(0), 0);
    assertEquals(Math.sqrt(0.5), method.temperatureAt(50), 1e-6);
    assertEquals(0.5, method.temperatureAt(100), 1e-6);
    assertEquals(0.25, method.temperatureAt(200), 1e-6);
    assertEquals(0.25, method.temperatureAt(1_000_000), 1e-6);
  }

  @Test
  void withoutStepsItIsTheLastFromTheStart() {
    Doc2hash method = method(Map.of("temperature", "0.25", "temperature_steps", "0"));
    assertEquals(0.25, method.temperatureAt(0), 1e-6);
  }
}
