// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.List;

/**
 * What a text has more and less than the kept one, word by word, by the shortest edit script
 * (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Words are what blanks
 * separate.
 */
final class WordDifference {

  private final Snippet kept;
  private final Snippet other;

  WordDifference(Snippet kept, Snippet other) {
    this.kept = kept;
    this.other = other;
  }

  /** Adds the other text, words that it lacks marked as deleted, further ones as inserted. */
  void draw(Html html) {
    List<String> words = other.words();
    int next = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(kept.words(), words).getDeltas()) {
      int from = delta.getTarget().getPosition();
      words(html, words.subList(next, from));
      marked(html, "del", delta.getSource().getLines());
      marked(html, "ins", delta.getTarget().getLines());
      next = from + delta.getTarget().size();
    }
    words(html, words.subList(next, words.size()));
    other.drawEnd(html);
  }

  private static void marked(Html html, String element, List<String> words) {
    if (words.isEmpty() == false) {
      html.element(element, String.join(" ", words)).markup(" ");
    }
  }

  private static void words(Html html, List<String> words) {
    if (words.isEmpty() == false) {
      html.text(String.join(" ", words)).markup(" ");
    }
  }
}
