// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.semantichash.trainer.calibration.PlantedSample;

/**
 * Texts of a corpus, all that are in it, and copies of a quarter of them, each edited in one of the
 * ways of {@link CopiesPhase#edits}, which take turns.
 *
 * @param texts the originals, then the copies
 * @param originals how many originals there are
 * @param original the text that each text is a copy of, itself for an original, [texts]
 */
@SuppressWarnings("ArrayRecordComponent") // of one measurement, never compared
record EditedCorpus(List<String> texts, int originals, int[] original) {

  private static final int MIN_WORDS = 20;
  private static final int MAX_WORDS = 1000;
  private static final int COPIED = 4; // one of so many texts has a copy

  /** Takes texts with some words at random, at most so many. */
  static EditedCorpus of(List<String> corpus, int most, long seed) {
    List<String> shuffled = new ArrayList<>(corpus);
    Collections.shuffle(shuffled, new Random(seed));
    List<String> some =
        shuffled.stream()
            .map(text -> Arrays.asList(text.strip().split("\\s+", -1)))
            .filter(words -> words.size() >= MIN_WORDS)
            .map(words -> String.join(" ", words.subList(0, Math.min(words.size(), MAX_WORDS))))
            .limit(most)
            .toList();
    PlantedSample sample = PlantedSample.of(some, seed);
    List<List<String>> edited = CopiesPhase.edits().stream().map(sample::edited).toList();
    int originals = sample.texts().size();
    List<String> texts = new ArrayList<>(sample.texts());
    int[] original = new int[originals + originals / COPIED];
    for (int i = 0; i < original.length; i++) {
      original[i] = i < originals ? i : i - originals;
      if (i >= originals) {
        texts.add(edited.get(i % edited.size()).get(original[i]));
      }
    }
    return new EditedCorpus(texts, originals, original);
  }
}
