// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.page.Html;

class SnippetTest {

  private static String drawn(String kept, String other) {
    Html html = new Html();
    Snippet.of(other).drawDifference(Snippet.of(kept), html);
    return html.toString();
  }

  private static String words(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(4))).append(' ');
    }
    return text.toString().strip();
  }

  private static String without(String element, String other, String html) {
    return html.replaceAll("<" + element + ">[^<]*</" + element + "> ", "")
        .replaceAll("</?" + other + ">", "")
        .strip();
  }

  /** Without what is inserted it is the kept text, without what is deleted the other. */
  @Test
  void bothTextsCanBeReadFromTheDifference() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      String kept = words(random);
      String other = words(random);
      String html = drawn(kept, other);
      assertEquals(kept, without("ins", "del", html), html);
      assertEquals(other, without("del", "ins", html), html);
    }
  }

  @Test
  void equalTextsHaveNoMarks() {
    assertEquals("a b c ", drawn("a b  c", " a\nb c"));
  }

  @Test
  void longTextsEndWithAMark() {
    String html = drawn("word ".repeat(500), "word ".repeat(500) + "x".repeat(10_000));
    assertTrue(html.endsWith("&hellip;"), html);
    assertTrue(html.length() < 1000, html);
  }
}
