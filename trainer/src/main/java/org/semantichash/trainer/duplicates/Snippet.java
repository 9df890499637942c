// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.Arrays;
import java.util.List;

/**
 * The beginning of a text.
 *
 * @param words so many words of it, each of limited length
 * @param whole whether that is all of it
 */
record Snippet(List<String> words, boolean whole) {

  private static final int WORDS = 120;
  private static final int LETTERS = 60;
  private static final int LINE = 100;

  static Snippet of(String text) {
    String[] words = text.strip().split("\\s+", WORDS + 1);
    List<String> first = Arrays.stream(words).limit(WORDS).map(Snippet::shortened).toList();
    return new Snippet(text.isBlank() ? List.of() : first, words.length <= WORDS);
  }

  private static String shortened(String word) {
    return word.length() <= LETTERS ? word : word.substring(0, LETTERS) + "\u2026";
  }

  /** Adds the words. */
  void draw(Html html) {
    html.text(String.join(" ", words));
    drawEnd(html);
  }

  /** As one line of limited length. */
  String line() {
    String line = String.join(" ", words);
    if (line.length() <= LINE) {
      return whole ? line : line + "\u2026";
    }
    int end = Character.isHighSurrogate(line.charAt(LINE - 1)) ? LINE - 1 : LINE;
    return line.substring(0, end) + "\u2026";
  }

  /** Adds what says that there is more. */
  void drawEnd(Html html) {
    if (whole == false) {
      html.markup(" &hellip;");
    }
  }
}
