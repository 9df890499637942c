// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.duplicates.StoredDocuments.StoredDocument;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.page.Html;

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

  /**
   * Reads the beginnings of texts; deleted documents and those without text are missing.
   *
   * @param codeField the field with the codes
   * @param field the field with the text, a path with dots
   */
  static Map<GroupMember, Snippet> read(
      Rest cluster, String codeField, String field, List<GroupMember> members) {
    StoredDocuments.Lookup found =
        new StoredDocuments(cluster, codeField, List.of(field)).read(members);
    Map<GroupMember, Snippet> snippets = new HashMap<>();
    for (GroupMember member : members) {
      StoredDocument document = found.get(member);
      if (document != null) {
        String text = String.join("\n", new FieldPath(field).texts(document.document().source()));
        if (text.isBlank() == false) {
          snippets.put(member, Snippet.of(text));
        }
      }
    }
    return snippets;
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

  /** Adds the words. */
  void draw(Html html) {
    html.text(String.join(" ", words));
    drawEnd(html);
  }

  /**
   * Adds the words, with what they have more and less than the kept text: by the shortest edit
   * script (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986), words that are
   * missing marked as deleted, further ones as inserted.
   */
  void drawDifference(Snippet kept, Html html) {
    int next = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(kept.words, words).getDeltas()) {
      int from = delta.getTarget().getPosition();
      draw(html, words.subList(next, from), null);
      draw(html, delta.getSource().getLines(), "del");
      draw(html, delta.getTarget().getLines(), "ins");
      next = from + delta.getTarget().size();
    }
    draw(html, words.subList(next, words.size()), null);
    drawEnd(html);
  }

  private static void draw(Html html, List<String> words, String element) {
    if (words.isEmpty()) {
      return;
    }
    String text = String.join(" ", words);
    (element == null ? html.text(text) : html.element(element, text)).markup(" ");
  }

  private void drawEnd(Html html) {
    if (whole == false) {
      html.markup(" &hellip;");
    }
  }
}
