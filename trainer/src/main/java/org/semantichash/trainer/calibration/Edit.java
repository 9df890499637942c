// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A change of a text.
 *
 * @param kind which
 * @param percent how many of its words, 1 to 100; never less than one word
 */
public record Edit(EditKind kind, int percent) {

  /** Checks the rate. */
  public Edit {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(
          "[rates] must be between [1] and [100], got [" + percent + "]");
    }
  }

  /** Changes a text; its words come back with single blanks between them. */
  String apply(String text, List<String> boilerplate, SplittableRandom random) {
    List<String> words = Words.of(text);
    int count = Math.max(1, Math.round(words.size() * percent / 100f));
    return String.join(" ", kind.apply(words, count, boilerplate, random));
  }

  /** Its name, as on the command line. */
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name() + " " + percent + " %";
  }
}
