// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Arrays;
import java.util.Objects;

/**
 * Weighs the counts of a text: (binary or sublinear) term frequency x inverse document frequency,
 * then the norm.
 *
 * <p>Logarithms are {@link StrictMath}'s and sums are taken in double precision in the order of the
 * ids, so that every machine gets the same bits. Safe for use by many threads.
 */
public final class TfIdfVectorizer {

  private final Vocabulary vocabulary;
  private final TfIdfOptions options;
  private final float[] idf;

  /** A vectorizer with the inverse document frequencies of the vocabulary. */
  public TfIdfVectorizer(Vocabulary vocabulary, TfIdfOptions options) {
    this(vocabulary, options, inverseDocumentFrequencies(vocabulary, options));
  }

  /**
   * A vectorizer with stored inverse document frequencies.
   *
   * @param idf one positive factor for each term; all 1 when the options do not use them
   * @throws IllegalArgumentException when their number differs from the vocabulary's size or one is
   *     not a positive finite number
   */
  public TfIdfVectorizer(Vocabulary vocabulary, TfIdfOptions options, float[] idf) {
    this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    this.options = Objects.requireNonNull(options, "options");
    this.idf = idf.clone();
    if (idf.length != vocabulary.size()) {
      throw new IllegalArgumentException(
          "[idf] must have ["
              + vocabulary.size()
              + "] values, one per term, got ["
              + idf.length
              + "]");
    }
    for (int id = 0; id < idf.length; id++) {
      if (idf[id] > 0 == false || Float.isInfinite(idf[id])) {
        throw new IllegalArgumentException(
            "[idf] of term ["
                + vocabulary.term(id)
                + "] must be positive and finite, got ["
                + idf[id]
                + "]");
      }
    }
  }

  private static float[] inverseDocumentFrequencies(Vocabulary vocabulary, TfIdfOptions options) {
    if (vocabulary.ngrams().isPresent() && options.useIdf()) {
      throw new IllegalArgumentException(
          "[use_idf] must be [false] for hashed n-grams, whose documents nobody counts");
    }
    float[] idf = new float[vocabulary.size()];
    if (options.useIdf() == false) {
      Arrays.fill(idf, 1);
      return idf;
    }
    double smoothing = options.smoothIdf() ? 1 : 0;
    for (int id = 0; id < idf.length; id++) {
      double documents = vocabulary.documentCount() + smoothing;
      double frequency = vocabulary.documentFrequency(id) + smoothing;
      idf[id] = (float) (StrictMath.log(documents / frequency) + 1);
    }
    return idf;
  }

  /** About the bytes on the Java heap, those of the vocabulary included. */
  public long heapBytes() {
    return vocabulary.heapBytes() + (long) Float.BYTES * idf.length;
  }

  /** The known terms. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** How counts are weighed. */
  public TfIdfOptions options() {
    return options;
  }

  /** The inverse document frequency of the term with this id. */
  public float idf(int id) {
    return idf[id];
  }

  /** A copy of all inverse document frequencies, by term id. */
  public float[] idf() {
    return idf.clone();
  }

  /** The vector of a text whose terms are in this bag; empty when none is known. */
  public SparseVector transform(BagOfWords bag) {
    BagOfWords.Counts counts = bag.counts();
    int[] ids = counts.ids();
    double[] weights = new double[ids.length];
    double squares = 0;
    for (int i = 0; i < ids.length; i++) {
      weights[i] = termFrequency(counts.counts()[i]) * idf[ids[i]];
      squares += weights[i] * weights[i];
    }
    double divisor = options.norm() == TfIdfOptions.Norm.L2 && squares > 0 ? Math.sqrt(squares) : 1;
    float[] normed = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      normed[i] = (float) (weights[i] / divisor);
      if (normed[i] == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "the weight of term [" + vocabulary.term(ids[i]) + "] must be finite");
      }
    }
    return SparseVector.ofOwned(ids, normed);
  }

  /** The vector of a text with these terms. */
  public SparseVector transform(Iterable<? extends CharSequence> terms) {
    BagOfWords bag = new BagOfWords(vocabulary);
    terms.forEach(bag);
    return transform(bag);
  }

  private double termFrequency(int count) {
    if (options.binary()) {
      return 1;
    }
    return options.sublinearTf() ? 1 + StrictMath.log(count) : count;
  }
}
