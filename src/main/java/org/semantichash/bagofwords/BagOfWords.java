// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.lucene.util.UnicodeUtil;

/**
 * Counts the terms of one text by their ids; a sink for an analyzer. Not safe for several threads.
 */
public final class BagOfWords implements Consumer<CharSequence> {

  private final Vocabulary vocabulary;

  /** Ids of known terms, one per occurrence; in no order that anybody relies on. */
  private int[] occurrences = new int[128];

  /** What terms are looked up in, none before the first. */
  private byte[] buffer = {};

  /** How many of the lower bits of an occurrence are a weight; none where each counts once. */
  private final int weightBits;

  private final HashedNgrams.Reader ngrams; // null where terms are known by a list

  private int known;
  private int terms;

  /** An empty bag. */
  public BagOfWords(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.ngrams = vocabulary.ngrams().map(all -> all.new Reader(this)).orElse(null);
    this.weightBits = ngrams == null ? 0 : HashedNgrams.WEIGHT_BITS;
  }

  @Override
  public void accept(CharSequence term) {
    int needed = TermTable.lookupBytes(term.length());
    if (buffer.length < needed) {
      buffer = new byte[Math.max(needed, 128)];
    }
    if (ngrams == null) {
      add(vocabulary.indexOf(term, buffer));
      return;
    }
    int length = UnicodeUtil.UTF16toUTF8(term, 0, term.length(), buffer);
    long first = TermTable.first(buffer, 0, length);
    addNgrams(first, TermTable.second(buffer, 0, length), buffer, 0, length);
  }

  /** Whether its features are n-grams of all terms. */
  boolean isOfNgrams() {
    return ngrams != null;
  }

  /** Counts a term, and the n-grams that end with it, as {@link HashedNgrams.Reader#read} does. */
  void addNgrams(long first, long second, byte[] text, int from, int to) {
    terms++;
    ngrams.read(first, second, text, from, to);
  }

  /** Adds to the weight of a bucket. */
  void add(int bucket, int weight) {
    assert weight >= 0 && weight < 1 << weightBits : weight;
    append(bucket << weightBits | weight);
  }

  /** Counts a term by its id, or one that is not known by -1. */
  void add(int id) {
    terms++;
    if (id >= 0) {
      append(id);
    }
  }

  private void append(int occurrence) {
    if (known == occurrences.length) {
      occurrences = Arrays.copyOf(occurrences, known * 2);
    }
    occurrences[known++] = occurrence;
  }

  /** The number of terms seen, known or not, with repeats. */
  public int terms() {
    return terms;
  }

  /**
   * Term ids, ascending and without repeats, with the number of times each was seen, or the sum of
   * its weights, which ends at the largest int.
   */
  Counts counts() {
    Arrays.sort(occurrences, 0, known);
    int different = 0;
    for (int i = 0; i < known; i++) {
      different += isFirst(i) ? 1 : 0;
    }
    int[] ids = new int[different];
    int[] counts = new int[different];
    int size = 0;
    for (int i = 0; i < known; i++) {
      if (isFirst(i)) {
        ids[size++] = occurrences[i] >>> weightBits;
      }
      counts[size - 1] = sum(counts[size - 1], occurrences[i]);
    }
    return new Counts(ids, counts);
  }

  private int sum(int count, int occurrence) {
    int weight = weightBits == 0 ? 1 : occurrence & ((1 << weightBits) - 1);
    return count > Integer.MAX_VALUE - weight ? Integer.MAX_VALUE : count + weight;
  }

  /** Whether a sorted id is not the one before. */
  private boolean isFirst(int i) {
    return i == 0 || occurrences[i] >>> weightBits != occurrences[i - 1] >>> weightBits;
  }

  // Arrays are never shared outside this package, so no equality by value is needed.
  @SuppressWarnings("ArrayRecordComponent")
  record Counts(int[] ids, int[] counts) {}
}
