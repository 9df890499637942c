// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.ArrayList;
import java.util.Collections;
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

  public Edit {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(
          "[rates] must be between [1] and [100], got [" + percent + "]");
    }
  }

  /** Changes a text; its words come back with single blanks between them. */
  String apply(String text, List<String> boilerplate, SplittableRandom random) {
    List<String> words = WordSplitter.of(text);
    int count = Math.max(1, Math.round(words.size() * percent / 100f));
    return String.join(" ", kind.apply(words, count, boilerplate, random));
  }

  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name() + " " + percent + " %";
  }

  /** Ways to make a near-duplicate of a text; each changes a number of words. */
  public enum EditKind {
    /** Words at random places are left out. */
    DROP {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < Math.min(count, words.size() - 1); i++) {
          edited.remove(random.nextInt(edited.size()));
        }
        return edited;
      }
    },

    /** Two neighbouring words at a random place change places, so many times. */
    SWAP {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < count && words.size() > 1; i++) {
          int place = random.nextInt(edited.size() - 1);
          Collections.swap(edited, place, place + 1);
        }
        return edited;
      }
    },

    /** The last words are left out. */
    TRUNCATE {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        return words.subList(0, Math.max(Math.min(1, words.size()), words.size() - count));
      }
    },

    /** Words that are the same for all texts are added at the end, as a footer is. */
    APPEND {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < count; i++) {
          edited.add(boilerplate.get(i % boilerplate.size()));
        }
        return edited;
      }
    };

    /** Changes so many words; at least one of a text's words stays. */
    abstract List<String> apply(
        List<String> words, int count, List<String> boilerplate, SplittableRandom random);
  }

  /** What blanks separate in a text; the same words for every method that is compared. */
  static final class WordSplitter {

    private WordSplitter() {}

    static List<String> of(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
  }
}
