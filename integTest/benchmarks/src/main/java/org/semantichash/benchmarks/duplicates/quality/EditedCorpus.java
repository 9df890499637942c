// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Texts of a corpus, and copies of some of them that were edited as copies are: words dropped,
 * swapped, inserted and replaced, ends cut off, headers and footers added, sentences in another
 * order, another case and punctuation. Each copied text has one copy; the edits take turns.
 *
 * @param texts the originals, then the copies
 * @param originals how many originals there are
 * @param original the text that each text is a copy of, itself for an original, [texts]
 */
@SuppressWarnings("ArrayRecordComponent") // of one measurement, never compared
record EditedCorpus(List<String> texts, int originals, int[] original) {

  private static final int MIN_WORDS = 20;
  private static final int COPIED = 4; // one of so many texts has a copy
  private static final int[] RATES = {5, 10, 20};

  private static final List<String> HEADERS =
      List.of(
          "Home News Sport Business Weather Archive Sign in Subscribe Follow us Share this page",
          "This article first appeared in our daily letter which you can have sent to you free",
          "For immediate release contact the press office by telephone during business hours");

  private static final List<String> FOOTERS =
      List.of(
          "Copyright by the publisher all rights reserved no part may be reproduced without leave",
          "Related stories Most read today Terms of use Privacy Advertise with us About Contact",
          "The views expressed here are those of the author and of nobody else in particular");

  /** A change of a text, given its words. */
  private interface WordEdit {
    List<String> apply(List<String> words, List<String> others, Random random);
  }

  /** Takes texts with some words at random, at most so many. */
  static EditedCorpus of(List<String> corpus, int most, Random random) {
    List<String> shuffled = new ArrayList<>(corpus);
    Collections.shuffle(shuffled, random);
    List<String> texts =
        new ArrayList<>(
            shuffled.stream()
                .filter(text -> words(text).size() >= MIN_WORDS)
                .limit(most)
                .toList());
    int originals = texts.size();
    int[] original = new int[originals + originals / COPIED];
    List<WordEdit> edits = edits();
    for (int i = 0; i < original.length; i++) {
      original[i] = i < originals ? i : i - originals;
      if (i >= originals) {
        List<String> others = words(texts.get(random.nextInt(originals)));
        WordEdit edit = edits.get(i % edits.size());
        List<String> edited = edit.apply(words(texts.get(i - originals)), others, random);
        texts.add(String.join(" ", edited));
      }
    }
    return new EditedCorpus(texts, originals, original);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.strip().split("\\s+", -1));
  }

  private static List<WordEdit> edits() {
    List<WordEdit> edits = new ArrayList<>();
    for (int rate : RATES) {
      edits.add((words, others, random) -> dropped(words, rate, random));
      edits.add((words, others, random) -> swapped(words, rate, random));
      edits.add((words, others, random) -> mixed(words, others, rate, true, random));
      edits.add((words, others, random) -> mixed(words, others, rate, false, random));
    }
    edits.add((words, others, random) -> words.subList(0, words.size() * 8 / 10));
    edits.add((words, others, random) -> words.subList(0, words.size() / 2));
    edits.add((words, others, random) -> joined(any(HEADERS, random), words, List.of()));
    edits.add((words, others, random) -> joined(List.of(), words, any(FOOTERS, random)));
    edits.add(
        (words, others, random) -> joined(any(HEADERS, random), words, any(FOOTERS, random)));
    edits.add((words, others, random) -> sentencesShuffled(words, random));
    edits.add((words, others, random) -> inCapitals(words));
    return edits;
  }

  private static List<String> any(List<String> lines, Random random) {
    return words(lines.get(random.nextInt(lines.size())));
  }

  private static List<String> joined(
      List<String> header, List<String> words, List<String> footer) {
    List<String> all = new ArrayList<>(header);
    all.addAll(words);
    all.addAll(footer);
    return all;
  }

  private static int count(List<String> words, int percent) {
    return Math.max(1, words.size() * percent / 100);
  }

  private static List<String> dropped(List<String> words, int percent, Random random) {
    List<String> edited = new ArrayList<>(words);
    for (int i = count(words, percent); i > 0; i--) {
      edited.remove(random.nextInt(edited.size()));
    }
    return edited;
  }

  private static List<String> swapped(List<String> words, int percent, Random random) {
    List<String> edited = new ArrayList<>(words);
    for (int i = count(words, percent); i > 0; i--) {
      int place = random.nextInt(edited.size() - 1);
      Collections.swap(edited, place, place + 1);
    }
    return edited;
  }

  /** Words of another text between those of this one, or in their places. */
  private static List<String> mixed(
      List<String> words, List<String> others, int percent, boolean inserted, Random random) {
    List<String> edited = new ArrayList<>(words);
    for (int i = count(words, percent); i > 0; i--) {
      String other = others.get(random.nextInt(others.size()));
      int place = random.nextInt(edited.size());
      if (inserted) {
        edited.add(place, other);
      } else {
        edited.set(place, other);
      }
    }
    return edited;
  }

  private static List<String> sentencesShuffled(List<String> words, Random random) {
    List<List<String>> sentences = new ArrayList<>(List.of(new ArrayList<>()));
    for (String word : words) {
      sentences.getLast().add(word);
      if (word.endsWith(".")) {
        sentences.add(new ArrayList<>());
      }
    }
    Collections.shuffle(sentences, random);
    return sentences.stream().flatMap(List::stream).toList();
  }

  private static List<String> inCapitals(List<String> words) {
    return words.stream()
        .map(word -> word.replaceAll("\\p{Punct}", "").toUpperCase(Locale.ROOT) + ",")
        .toList();
  }
}
