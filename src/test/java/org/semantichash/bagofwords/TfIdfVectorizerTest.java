// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.CharBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.TfIdfOptions.Norm;

class TfIdfVectorizerTest {

  // Three documents: "a" in all, "b" in two, "c" in one.
  private static final Vocabulary ABC =
      new Vocabulary(List.of("a", "b", "c"), new int[] {3, 2, 1}, 3);

  private static float[] weights(TfIdfOptions options, String... terms) {
    return new TfIdfVectorizer(ABC, options).transform(List.of(terms)).weights();
  }

  @Test
  void theDefaultIsScikitLearnsDefault() {
    // TfidfVectorizer on counts (a 1, c 2): idf ln(4/4)+1 = 1 and ln(4/2)+1 = 1.6931472,
    // weights 1 and 3.3862944, divided by their length 3.5308657.
    assertArrayEquals(
        new float[] {0.2832167f, 0.959055f},
        weights(TfIdfOptions.DEFAULT, "c", "a", "x", "c"),
        1e-6f);
  }

  @Test
  void everyOptionChangesTheWeightsAsItsFormulaSays() {
    double c = Math.log1p(2) + 1; // ln(3 / 1) + 1
    assertArrayEquals(
        new float[] {1, (float) (2 * c)},
        weights(new TfIdfOptions(false, true, false, false, Norm.NONE), "a", "c", "c"),
        1e-6f);
    assertArrayEquals(
        new float[] {1, 2},
        weights(new TfIdfOptions(false, false, true, false, Norm.NONE), "a", "c", "c"));
    assertArrayEquals(
        new float[] {1, 1},
        weights(new TfIdfOptions(true, false, true, true, Norm.NONE), "a", "c", "c"));
    assertArrayEquals(
        new float[] {1, 1.6931472f},
        weights(new TfIdfOptions(false, false, true, true, Norm.NONE), "a", "c", "c"),
        1e-6f);
    assertArrayEquals(
        new float[] {0.6f, 0.8f},
        weights(new TfIdfOptions(false, false, true, false, Norm.L2), "aaabbbb".split("")),
        1e-6f);
  }

  @Test
  void aTextWithoutAKnownTermIsTheEmptyVector() {
    TfIdfVectorizer vectorizer = new TfIdfVectorizer(ABC, TfIdfOptions.DEFAULT);
    assertEquals(SparseVector.EMPTY, vectorizer.transform(List.of("x", "y")));
    assertEquals(SparseVector.EMPTY, vectorizer.transform(List.of()));
  }

  @Test
  void aBagTellsTermsFromKnownTerms() {
    BagOfWords bag = new BagOfWords(ABC);
    for (int i = 0; i < 100; i++) {
      bag.accept("c");
      bag.accept("unknown");
    }
    bag.accept(CharBuffer.wrap("a"));
    assertEquals(201, bag.terms());
    assertArrayEquals(new int[] {0, 2}, bag.counts().ids());
    assertArrayEquals(new int[] {1, 100}, bag.counts().counts());
  }

  @Test
  void storedFrequenciesMustFit() {
    assertError(
        "[idf] must have [3] values, one per term, got [2]",
        () -> new TfIdfVectorizer(ABC, TfIdfOptions.DEFAULT, new float[2]));
    assertError(
        "[idf] of term [b] must be positive and finite, got [NaN]",
        () -> new TfIdfVectorizer(ABC, TfIdfOptions.DEFAULT, new float[] {1, Float.NaN, 1}));
  }

  @Test
  void optionsComeBackFromTheirProperties() {
    for (int mask = 0; mask < 32; mask++) {
      TfIdfOptions options =
          new TfIdfOptions(
              (mask & 1) == 0,
              (mask & 2) == 0,
              (mask & 4) == 0,
              (mask & 8) == 0,
              (mask & 16) == 0 ? Norm.L2 : Norm.NONE);
      assertEquals(options, TfIdfOptions.fromProperties(options.toProperties()));
    }
  }

  @Test
  void sparseVectorsAreAscendingAndFinite() {
    assertError(
        "ids must be ascending from [0], got [1] after [1]",
        () -> SparseVector.of(new int[] {1, 1}, new float[2]));
    assertError(
        "ids must be ascending from [0], got [-1] after [-1]",
        () -> SparseVector.of(new int[] {-1}, new float[1]));
    assertError(
        "the weight of id [4] must be finite, got [Infinity]",
        () -> SparseVector.of(new int[] {4}, new float[] {Float.POSITIVE_INFINITY}));
    assertError(
        "a sparse vector needs one weight per id, got [1] for [2] ids",
        () -> SparseVector.of(new int[] {1, 2}, new float[1]));
  }

  private static void assertError(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
