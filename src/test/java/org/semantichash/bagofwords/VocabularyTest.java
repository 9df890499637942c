/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  private static final int TERMS = 500_000;

  /** What a node counts for a model must be what the model takes. */
  @ParameterizedTest
  @ValueSource(strings = {"word", "\u8a9e\u5f59"})
  void theHeapBytesAreThoseThatItTakes(String stem) {
    vocabulary(stem, 1000); // what is loaded and compiled is not the vocabulary's
    long before = usedBytes();
    Vocabulary vocabulary = vocabulary(stem, TERMS);
    long measured = usedBytes() - before;
    assertEquals(TERMS, vocabulary.size());
    System.out.println(
        "a vocabulary takes "
            + measured / TERMS
            + " bytes a term, "
            + vocabulary.heapBytes() / TERMS
            + " by its own count");
    assertTrue(
        Math.abs(measured - vocabulary.heapBytes()) < 0.15 * measured,
        () -> "measured [" + measured + "], counted [" + vocabulary.heapBytes() + "]");
  }

  private static Vocabulary vocabulary(String stem, int size) {
    SplittableRandom random = new SplittableRandom(1);
    int[] frequencies = new int[size];
    Arrays.fill(frequencies, 1);
    List<String> terms = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
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
