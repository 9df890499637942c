// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.Locale;

/** Which settings a method has where none are given. */
public enum Preset {
  /** What was best on validation documents of the collections measured. */
  TUNED,
  /** What the method's paper and its authors' code have, see {@link PublishedSettings}. */
  PUBLISHED;

  /**
   * By its name.
   *
   * @throws IllegalArgumentException for another one
   */
  public static Preset named(String name) {
    return Arrays.stream(values())
        .filter(preset -> preset.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[preset] must be one of "
                        + Arrays.toString(values())
                        + ", got ["
                        + name
                        + "]"));
  }

  /** As options and files have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
