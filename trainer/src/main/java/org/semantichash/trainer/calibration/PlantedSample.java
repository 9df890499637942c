// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.semantichash.trainer.calibration.Edit.WordSplitter;

/**
 * Texts to plant near-duplicates of.
 *
 * @param texts no two equal, each of at least [5] words
 * @param equal how many texts were left out because an earlier one has the same words
 * @param tooShort how many were left out because they have fewer words
 * @param seed of all that is random
 */
public record PlantedSample(List<String> texts, int equal, int tooShort, long seed) {

  private static final int MIN_WORDS = 5;
  private static final int BOILERPLATE = 200;

  public PlantedSample {
    texts = List.copyOf(texts);
    if (texts.size() < 2) {
      throw new IllegalArgumentException(
          "[corpus] must have at least [2] different texts of at least [5] words, got ["
              + texts.size()
              + "]");
    }
  }

  /** Leaves out texts that are equal word by word, and short ones. */
  public static PlantedSample of(List<String> all, long seed) {
    Set<String> texts = new LinkedHashSet<>();
    int equal = 0;
    int tooShort = 0;
    for (String text : all) {
      List<String> words = WordSplitter.of(text);
      if (words.size() < MIN_WORDS) {
        tooShort++;
      } else if (texts.add(String.join(" ", words)) == false) {
        equal++;
      }
    }
    return new PlantedSample(List.copyOf(texts), equal, tooShort, seed);
  }

  /** The texts changed by this edit, in their order; the same ones each time. */
  public List<String> edited(Edit edit) {
    List<String> boilerplate = boilerplate();
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + edit.toString().hashCode());
    List<String> edited = new ArrayList<>(texts.size());
    for (String text : texts) {
      edited.add(edit.apply(text, boilerplate, random));
    }
    return edited;
  }

  /** Words of the corpus, as often as they are there, so that models know some of them. */
  private List<String> boilerplate() {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> boilerplate = new ArrayList<>();
    while (boilerplate.size() < BOILERPLATE) {
      List<String> words = WordSplitter.of(texts.get(random.nextInt(texts.size())));
      boilerplate.add(words.get(random.nextInt(words.size())));
    }
    return boilerplate;
  }
}
