// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

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
