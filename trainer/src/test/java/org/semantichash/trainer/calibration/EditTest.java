// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.Edit.WordSplitter;

class EditTest {

  private static final List<String> BOILERPLATE = List.of("all", "rights");

  private static List<String> applied(EditKind kind, int percent, List<String> words) {
    String edited =
        new Edit(kind, percent)
            .apply(String.join("  ", words), BOILERPLATE, new SplittableRandom(percent));
    return WordSplitter.of(edited);
  }

  private static List<String> words(int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + i);
    }
    return words;
  }

  @Test
  void asManyWordsChangeAsTheRateSaysAndAtLeastOne() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      List<String> words = words(random.nextInt(5, 200));
      int percent = random.nextInt(1, 31);
      int count = Math.max(1, Math.round(words.size() * percent / 100f));
      List<String> dropped = applied(EditKind.DROP, percent, words);
      assertEquals(words.size() - count, dropped.size());
      assertTrue(isSubsequence(dropped, words));
      assertEquals(
          words.subList(0, words.size() - count), applied(EditKind.TRUNCATE, percent, words));
      List<String> appended = applied(EditKind.APPEND, percent, words);
      assertEquals(words, appended.subList(0, words.size()));
      assertEquals(words.size() + count, appended.size());
      List<String> swapped = applied(EditKind.SWAP, percent, words);
      assertEquals(words.stream().sorted().toList(), swapped.stream().sorted().toList());
    }
  }

  @Test
  void wordsOfOtherTextsComeInAndTheOwnOnesKeepTheirOrder() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 200; round++) {
      List<String> words = words(random.nextInt(5, 200));
      int percent = random.nextInt(1, 31);
      int count = Math.max(1, Math.round(words.size() * percent / 100f));
      for (EditKind kind : List.of(EditKind.PREPEND, EditKind.SURROUND, EditKind.INSERT)) {
        List<String> edited = applied(kind, percent, words);
        assertEquals(words.size() + count, edited.size(), kind.name());
        assertTrue(isSubsequence(words, edited), kind.name());
      }
      List<String> prepended = applied(EditKind.PREPEND, percent, words);
      assertEquals(words, prepended.subList(count, prepended.size()));
      List<String> surrounded = applied(EditKind.SURROUND, percent, words);
      assertEquals(words, surrounded.subList(count / 2, count / 2 + words.size()));
      List<String> replaced = applied(EditKind.REPLACE, percent, words);
      assertEquals(words.size(), replaced.size());
      long foreign = replaced.stream().filter(BOILERPLATE::contains).count();
      assertTrue(foreign >= 1 && foreign <= count, replaced::toString);
    }
  }

  @Test
  void sentencesComeInAnotherOrderAndPlainWordsLoseTheirMarks() {
    List<String> words = List.of("One", "two.", "Three!", "Four", "(five),", "six?");
    List<String> reordered = applied(EditKind.REORDER, 100, words);
    assertEquals(words.stream().sorted().toList(), reordered.stream().sorted().toList());
    assertTrue(reordered.indexOf("two.") == reordered.indexOf("One") + 1);
    assertTrue(reordered.indexOf("six?") == reordered.indexOf("Four") + 2);
    assertEquals(
        List.of("c", "d", "a", "b"), applied(EditKind.REORDER, 1, List.of("a", "b", "c", "d")));
    assertEquals(
        List.of("one", "two", "three", "four", "five", "six"), applied(EditKind.PLAIN, 100, words));
    assertEquals(List.of("-"), applied(EditKind.PLAIN, 100, List.of("-")), "a word stays");
  }

  private static boolean isSubsequence(List<String> part, List<String> whole) {
    Iterator<String> rest = whole.iterator();
    return part.stream()
        .allMatch(
            word -> {
              while (rest.hasNext()) {
                if (rest.next().equals(word)) {
                  return true;
                }
              }
              return false;
            });
  }

  @Test
  void oneSwapMovesTwoNeighbours() {
    List<String> words = words(40);
    List<String> swapped = applied(EditKind.SWAP, 1, words);
    List<Integer> moved = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(swapped.get(i)) == false) {
        moved.add(i);
      }
    }
    assertEquals(2, moved.size());
    assertEquals(moved.get(0) + 1, moved.get(1));
  }

  @Test
  void aWordAlwaysStays() {
    for (EditKind kind : EditKind.values()) {
      assertFalse(applied(kind, 100, words(5)).isEmpty());
    }
  }

  @Test
  void theSeedDecides() {
    List<String> texts = List.of(String.join(" ", words(50)), String.join(" ", words(60)));
    Edit edit = new Edit(EditKind.DROP, 20);
    List<String> edited = PlantedSample.of(texts, 1).edited(edit);
    assertEquals(edited, PlantedSample.of(texts, 1).edited(edit));
    assertNotEquals(edited, PlantedSample.of(texts, 2).edited(edit));
  }

  @Test
  void ratesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new Edit(EditKind.DROP, 0));
    assertThrows(IllegalArgumentException.class, () -> new Edit(EditKind.DROP, 101));
  }
}
