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
        edited.addAll(cycle(boilerplate, 0, count));
        return edited;
      }
    },

    /** Words that are the same for all texts are added at the beginning, as a header is. */
    PREPEND {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(cycle(boilerplate, boilerplate.size() / 2, count));
        edited.addAll(words);
        return edited;
      }
    },

    /** A header and a footer, each of half as many words. */
    SURROUND {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        int before = count / 2;
        return APPEND.apply(
            PREPEND.apply(words, before, boilerplate, random), count - before, boilerplate, random);
      }
    },

    /** Words of other texts are put in at random places. */
    INSERT {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < count; i++) {
          edited.add(random.nextInt(edited.size() + 1), any(boilerplate, random));
        }
        return edited;
      }
    },

    /** Words at random places become words of other texts. */
    REPLACE {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < count && words.isEmpty() == false; i++) {
          edited.set(random.nextInt(edited.size()), any(boilerplate, random));
        }
        return edited;
      }
    },

    /** Sentences come in another order, all of them; a text of one sentence is cut in two. */
    REORDER {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<List<String>> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= words.size(); i++) {
          if (i == words.size() || words.get(i - 1).matches(".*[.!?]")) {
            sentences.add(words.subList(start, i));
            start = i;
          }
        }
        if (sentences.size() == 1) {
          sentences.add(0, words.subList(words.size() / 2, words.size()));
          sentences.set(1, words.subList(0, words.size() / 2));
          return sentences.stream().flatMap(List::stream).toList();
        }
        for (int i = sentences.size() - 1; i > 0; i--) {
          Collections.swap(sentences, i, random.nextInt(i + 1));
        }
        return sentences.stream().flatMap(List::stream).toList();
      }
    },

    /** So many words, the first ones, lose their capitals and all that is no letter or digit. */
    PLAIN {
      @Override
      List<String> apply(
          List<String> words, int count, List<String> boilerplate, SplittableRandom random) {
        List<String> edited = new ArrayList<>(words);
        for (int i = 0; i < Math.min(count, words.size()); i++) {
          String plain = words.get(i).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
          edited.set(i, plain.isEmpty() ? words.get(i) : plain);
        }
        return edited;
      }
    };

    /** So many words of the boilerplate, from one on, again from its beginning behind its end. */
    private static List<String> cycle(List<String> boilerplate, int from, int count) {
      List<String> words = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        words.add(boilerplate.get((from + i) % boilerplate.size()));
      }
      return words;
    }

    private static String any(List<String> boilerplate, SplittableRandom random) {
      return boilerplate.get(random.nextInt(boilerplate.size()));
    }

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
