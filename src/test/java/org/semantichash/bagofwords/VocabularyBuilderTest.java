// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyBuilderTest {

  /** Ten documents: "all" in 10, "half" in 5, "two" in 2 (9 times in each), "one" in 1. */
  private static Vocabulary.Builder tenDocuments() {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    for (int i = 0; i < 10; i++) {
      StringBuilder text = new StringBuilder("all");
      text.append(i < 5 ? " half" : "");
      text.append(i < 2 ? " two".repeat(9) : "");
      text.append(i < 1 ? " one" : "");
      builder.addDocument(List.of(text.toString().split(" ")));
    }
    return builder;
  }

  @Test
  void idsAreAlphabeticalAndDocumentsAreCountedOnce() {
    Vocabulary vocabulary = tenDocuments().build(1, 1.0, 100);
    assertEquals(List.of("all", "half", "one", "two"), vocabulary.terms());
    assertEquals(10, vocabulary.documentCount());
    assertEquals(10, vocabulary.documentFrequency(vocabulary.indexOf("all")));
    assertEquals(2, vocabulary.documentFrequency(vocabulary.indexOf("two")));
    assertEquals(-1, vocabulary.indexOf("none"));
    assertEquals(-1, vocabulary.indexOf("ALL"));
  }

  @Test
  void boundsAreCountsOrShares() {
    assertEquals(List.of("all", "half", "two"), tenDocuments().build(2, 1.0, 9).terms());
    assertEquals(List.of("all", "half", "two"), tenDocuments().build(0.2, 1.0, 9).terms());
    assertEquals(List.of("half", "one", "two"), tenDocuments().build(1, 0.5, 9).terms());
    assertEquals(List.of("one", "two"), tenDocuments().build(1, 4, 9).terms());
  }

  @Test
  void theMostFrequentTermsOfTheCorpusAreKept() {
    assertEquals(List.of("two"), tenDocuments().build(1, 1.0, 1).terms()); // 18 occurrences
    assertEquals(List.of("all", "two"), tenDocuments().build(1, 1.0, 2).terms());
  }

  @Test
  void termsThatNoFileCanHoldStayUnknown() {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    builder.addDocument(List.of("good", "\ud83d", "a\u0000b", "new\nline", "\ud83d\ude00"));
    assertEquals(List.of("good", "\ud83d\ude00"), builder.build(1, 1.0, 9).terms());
  }

  @Test
  void anEmptyVocabularyIsAnError() {
    assertError(
        "no term is left of [4] in [10] documents with [min_df] [11.0], [max_df] [1.0]",
        () -> tenDocuments().build(11, 1.0, 9));
    assertError(
        "no term is left of [0] in [0] documents with [min_df] [1.0], [max_df] [1.0]",
        () -> new Vocabulary.Builder().build(1, 1.0, 9));
    assertError(
        "[min_df] must not be negative, [max_df] and [max_features] must be positive, got [1.0],"
            + " [1.0] and [0]",
        () -> tenDocuments().build(1, 1.0, 0));
  }

  @Test
  void aVocabularyIsConsistent() {
    assertError(
        "term [a] stands twice in the vocabulary",
        () -> new Vocabulary(List.of("a", "a"), new int[] {1, 1}, 1));
    assertError(
        "the document frequency of term [a] must be between [1] and [3], got [4]",
        () -> new Vocabulary(List.of("a"), new int[] {4}, 3));
    assertError(
        "a vocabulary needs one document frequency per term, got [2] for [1] terms",
        () -> new Vocabulary(List.of("a"), new int[] {1, 1}, 3));
    assertError(
        "a term must not be empty or hold white space, control characters or half a character,"
            + " got [a b]",
        () -> new Vocabulary(List.of("a b"), new int[] {1}, 3));
  }

  /** A file made so that look-ups are slow is refused, not loaded and slow. */
  @Test
  void termsThatWereMadeToCollideAreRefused() {
    TermTable ofThatSize = new TermTable(IntStream.range(0, 300).mapToObj(i -> "t" + i).toList());
    List<String> colliding =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> String.format(Locale.ROOT, "%08x", i))
            .filter(
                term -> {
                  byte[] bytes = Arrays.copyOf(term.getBytes(StandardCharsets.UTF_8), 16);
                  return ofThatSize.firstSlot(TermTable.hash(TermTable.first(bytes, 0, 8), 0)) == 7;
                })
            .limit(300)
            .toList();
    int[] frequencies = new int[300];
    Arrays.fill(frequencies, 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Vocabulary(colliding, frequencies, 1));
    assertTrue(e.getMessage().contains("must have different hashes"), e.getMessage());
  }

  private static void assertError(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
