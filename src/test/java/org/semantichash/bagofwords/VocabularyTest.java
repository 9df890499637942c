// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  private static final int TERMS =
      2000; // few enough that no array takes a whole region of the heap
  private static final int VOCABULARIES = 250;

  /** What a node counts for a model must be what the model takes. */
  @ParameterizedTest
  @ValueSource(strings = {"word", "\u8a9e\u5f59"})
  void theHeapBytesAreThoseThatItTakes(String stem) {
    vocabulary(stem); // what is loaded and compiled is not the vocabulary's
    Vocabulary[] vocabularies = new Vocabulary[VOCABULARIES];
    long before = usedBytes();
    Arrays.setAll(vocabularies, i -> vocabulary(stem));
    double measured = (double) (usedBytes() - before) / VOCABULARIES;
    long counted = vocabularies[0].heapBytes();
    System.out.printf(
        Locale.ROOT,
        "a vocabulary takes %.1f bytes per term, %.1f by its own count%n",
        measured / TERMS,
        (double) counted / TERMS);
    assertTrue(
        Math.abs(measured - counted) < 0.15 * measured,
        () -> "measured [" + measured + "], counted [" + counted + "]");
  }

  private static Vocabulary vocabulary(String stem) {
    SplittableRandom random = new SplittableRandom(1);
    int[] frequencies = new int[TERMS];
    Arrays.fill(frequencies, 1);
    List<String> terms = new ArrayList<>(TERMS);
    for (int i = 0; i < TERMS; i++) {
      terms.add(stem + i + "x".repeat(random.nextInt(6)));
    }
    return new Vocabulary(terms, frequencies, 1);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
