// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.HashedNgrams;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.IntegerNetwork.Layer;

class BitWordsTest {

  /** Four bits over five terms: rows are terms in the order of the vocabulary. */
  private static IntegerNetwork network(byte[] weights) {
    Layer layer = new Layer(weights, 0, 5, new int[] {0, 0, 0, 1}, 0);
    return new IntegerNetwork(List.of(layer), 100, TfIdfOptions.Norm.L2);
  }

  @Test
  void wordsOfBothSidesTheStrongestFirst() {
    Vocabulary vocabulary =
        new Vocabulary(List.of("ant", "bee", "cow", "dog", "eel"), new int[] {5, 4, 3, 2, 1}, 9);
    byte[] weights = {
      9, -1, 0, 0, // ant
      -3, -2, 0, 0, // bee
      7, -3, 0, 0, // cow
      -8, -4, 0, 0, // dog
      0, -5, 0, 0 // eel
    };
    List<BitWords> words =
        BitWords.of(network(weights), new TfIdfVectorizer(vocabulary, TfIdfOptions.DEFAULT));
    assertEquals(
        new BitWords(0, List.of("ant", "cow"), List.of("dog", "bee", "eel")), words.get(0));
    assertEquals(List.of(), words.get(1).on());
    assertEquals(List.of("eel", "dog", "cow", "bee", "ant"), words.get(1).off());
    assertEquals(List.of(), words.get(2).on()); // 0 is not above 0
    assertEquals(5, words.get(3).on().size()); // by its bias alone
    assertEquals(4, words.size());
  }

  @Test
  void rareWordsAreLeftOutAndAtMostEightAreShown() {
    List<String> terms = new ArrayList<>();
    int[] frequencies = new int[4000];
    byte[] weights = new byte[4 * 4000];
    for (int i = 0; i < 4000; i++) {
      terms.add("t" + (1000 + i));
      frequencies[i] = i < 1000 ? 1 : 100;
      weights[4 * i] = (byte) (i < 1000 ? 100 : i % 50);
    }
    Layer layer = new Layer(weights, 0, 4000, new int[4], 0);
    List<BitWords> words =
        BitWords.of(
            new IntegerNetwork(List.of(layer), 100, TfIdfOptions.Norm.L2),
            new TfIdfVectorizer(new Vocabulary(terms, frequencies, 9000), TfIdfOptions.DEFAULT));
    assertEquals(8, words.getFirst().on().size());
    assertEquals("t2049", words.getFirst().on().getFirst()); // 1049 % 50 is the largest, 49
  }

  @Test
  void hashedNgramsHaveNoWords() {
    Vocabulary ngrams = new Vocabulary(new HashedNgrams(8, 4, List.of(1)));
    assertEquals(
        List.of(),
        BitWords.of(
            network(new byte[20]),
            new TfIdfVectorizer(
                ngrams, new TfIdfOptions(false, false, false, false, TfIdfOptions.Norm.L2))));
  }
}
