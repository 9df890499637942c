// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.Encoder;

/**
 * What a bit means: the words that switch it on and off. A word is judged by the activation of the
 * text that is this word alone, which every network has, however many layers it has. WISH (Ye, Mao,
 * Cheng and others, "Unsupervised Few-Bits Semantic Hashing with Implicit Topics Modeling") reads
 * its topics off the decoder instead, which a model file does not hold.
 *
 * @param bit from 0, the first of the code
 * @param on the strongest of those whose text has the bit at 1, the strongest first
 * @param off the strongest of those whose text has it at 0, the strongest first
 */
public record BitWords(int bit, List<String> on, List<String> off) {

  /** Rare words stand at the ends of every ranking, and tell little. */
  private static final int FREQUENT = 3_000;

  private static final int WORDS = 8;

  /**
   * The words of every bit, out of the 3,000 that most documents have.
   *
   * @param encoder with activations, and a bit at 1 where its activation is above 0
   * @return nothing for a vocabulary of hashed n-grams, which has no words
   */
  public static List<BitWords> of(Encoder encoder, TfIdfVectorizer vectorizer) {
    Vocabulary vocabulary = vectorizer.vocabulary();
    if (vocabulary.ngrams().isPresent()) {
      return List.of();
    }
    int[] frequent =
        IntStream.range(0, vocabulary.size())
            .boxed()
            .sorted(Comparator.comparingInt(id -> -vocabulary.documentFrequency(id)))
            .limit(FREQUENT)
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] activations = new float[frequent.length][];
    for (int i = 0; i < frequent.length; i++) {
      activations[i] =
          encoder.activations(vectorizer.transform(List.of(vocabulary.term(frequent[i]))));
    }
    List<BitWords> all = new ArrayList<>();
    for (int bit = 0; bit < encoder.bits(); bit++) {
      all.add(of(bit, vocabulary, frequent, activations));
    }
    return all;
  }

  private static BitWords of(int bit, Vocabulary vocabulary, int[] terms, float[][] activations) {
    List<Integer> ranked =
        IntStream.range(0, terms.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -activations[i][bit]))
            .toList();
    List<String> on =
        ranked.stream()
            .filter(i -> activations[i][bit] > 0)
            .limit(WORDS)
            .map(i -> vocabulary.term(terms[i]))
            .toList();
    List<String> off =
        ranked.reversed().stream()
            .filter(i -> activations[i][bit] <= 0)
            .limit(WORDS)
            .map(i -> vocabulary.term(terms[i]))
            .toList();
    return new BitWords(bit, on, off);
  }
}
