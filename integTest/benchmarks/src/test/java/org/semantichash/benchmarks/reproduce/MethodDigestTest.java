// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.HashingMethod.Preset;

class MethodDigestTest {

  private static boolean hasPaper(String name) {
    return HashingMethod.named(name, Map.of()).published().isPresent();
  }

  /** Of all methods with a paper in both presets, but for those where the presets are the same. */
  @Test
  void methodsAndPresetsHaveDigestsOfTheirOwn() {
    Map<String, String> names = new TreeMap<>();
    for (String name : HashingMethod.names()) {
      boolean supervised = HashingMethod.named(name, Map.of()).isSupervised();
      String tuned = MethodDigest.of(name, Preset.TUNED, supervised);
      String other = names.put(tuned, name);
      assertTrue(other == null, name + " and " + other);
      if (hasPaper(name)) {
        HashingMethod published = HashingMethod.named(name, Preset.PUBLISHED, Map.of());
        HashingMethod method = HashingMethod.named(name, Map.of());
        boolean alike =
            published.toProperties().equals(method.toProperties())
                && published.trainingDefaults().equals(method.trainingDefaults());
        String digest = MethodDigest.of(name, Preset.PUBLISHED, supervised);
        assertEquals(alike, digest.equals(tuned), name);
      }
    }
  }

  @Test
  void theSameCodeHasTheSameDigest() {
    for (String name : List.of("bmsh", "snuh", "auto")) {
      assertEquals(
          MethodDigest.of(name, Preset.TUNED, false), MethodDigest.of(name, Preset.TUNED, false));
    }
    assertNotEquals(
        MethodDigest.of("bmsh", Preset.TUNED, false), MethodDigest.of("bmsh", Preset.TUNED, true));
  }
}
