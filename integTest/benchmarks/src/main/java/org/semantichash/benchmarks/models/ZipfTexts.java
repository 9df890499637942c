// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;

/** Texts of WordNet's words, each word as often as its rank says: the n-th 1/n times the first. */
final class ZipfTexts {

  private final List<String> words;
  private final double[] upTo;

  /** Of these words, the commonest first. */
  private ZipfTexts(List<String> words) {
    this.words = words;
    this.upTo = new double[words.size()];
    double sum = 0;
    for (int rank = 0; rank < upTo.length; rank++) {
      sum += 1.0 / (rank + 1);
      upTo[rank] = sum;
    }
  }

  /** Of the words of all noun glosses that have at least three letters. */
  static ZipfTexts ofWordNet() {
    Map<String, Integer> counts = new HashMap<>();
    for (Gloss gloss : WordNet.nouns()) {
      for (String word : (gloss.words() + " " + gloss.text()).split("[^A-Za-z]+", -1)) {
        if (word.length() > 2) {
          counts.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
      }
    }
    List<String> words = new ArrayList<>(counts.keySet());
    words.sort(Comparator.<String>comparingInt(counts::get).reversed().thenComparing(w -> w));
    return new ZipfTexts(words);
  }

  List<String> words() {
    return words;
  }

  /** A text of so many different words; the common ones occur more than once. */
  String text(SplittableRandom random, int different) {
    Set<String> drawn = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    while (drawn.size() < different) {
      String word = word(random);
      drawn.add(word);
      text.append(word).append(' ');
    }
    return text.toString();
  }

  private String word(SplittableRandom random) {
    double at = random.nextDouble(upTo[upTo.length - 1]);
    int found = Arrays.binarySearch(upTo, at);
    return words.get(Math.min(words.size() - 1, found < 0 ? -found - 1 : found));
  }
}
