// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.ingest.Passages.Passage;

class PassagesTest {

  private static List<String> cut(int size, int overlap, String text) {
    return new Passages(size, overlap)
        .of(text).stream().map(passage -> text.substring(passage.start(), passage.end())).toList();
  }

  @Test
  void aShortTextIsOnePassageAndATextWithoutWordsNone() {
    assertEquals(List.of("One two, three"), cut(3, 1, " One two, three."));
    assertEquals(List.of("One"), cut(3, 2, "One"));
    assertEquals(List.of(), cut(3, 1, ""));
    assertEquals(List.of(), cut(3, 1, " ... \n\t !"));
  }

  @Test
  void passagesOverlap() {
    assertEquals(List.of("a b c", "d e f", "g"), cut(3, 0, "a b c d e f g"));
    assertEquals(List.of("a b c", "c d e", "e f g"), cut(3, 1, "a b c d e f g"));
    assertEquals(List.of("a b c", "b c d"), cut(3, 2, "a b c d"));
  }

  @Test
  void aCharacterOfChineseOrJapaneseIsAWord() {
    assertEquals(List.of("日本語", "語の文", "文章"), cut(3, 1, "日本語の文章"));
  }

  /** Against the definition, on words that are told apart. */
  @Test
  void everyWordIsInAPassageOfTheRightPlace() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      int size = random.nextInt(1, 20);
      int overlap = random.nextInt(size);
      int words = random.nextInt(1, 200);
      String text =
          IntStream.range(0, words)
              .mapToObj(word -> "w" + word)
              .collect(Collectors.joining(random.nextBoolean() ? " " : ",\n(- "));
      List<Passage> passages = new Passages(size, overlap).of(text);
      int step = size - overlap;
      int expected = words <= size ? 1 : 1 + Math.ceilDiv(words - size, step);
      assertEquals(expected, passages.size(), "seed " + seed);
      for (int at = 0; at < passages.size(); at++) {
        String passage = text.substring(passages.get(at).start(), passages.get(at).end());
        int last = Math.min(at * step + size, words) - 1;
        assertTrue(passage.startsWith("w" + at * step), "seed " + seed);
        assertTrue(passage.endsWith("w" + last), "seed " + seed);
      }
    }
  }

  @Test
  void tooManyPassagesAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Passages(1, 0).of("a ".repeat(Passages.MOST + 1)));
    assertEquals(
        "the text must have at most [10000] passages, got more: it has [10001] words and [chunk]"
            + " is Passages[size=1, overlap=0]",
        e.getMessage());
    assertEquals(Passages.MOST, new Passages(1, 0).of("a ".repeat(Passages.MOST)).size());
  }

  @Test
  void sizeAndOverlapHaveDefaults() {
    assertEquals(new Passages(200, 20), Passages.of(Map.of()));
    assertEquals(new Passages(10, 9), Passages.of(new HashMap<>(Map.of("size", 10))));
    assertEquals(new Passages(200, 0), Passages.of(Map.of("overlap", 0)));
  }
}
