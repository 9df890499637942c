// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Counts the terms of one text by their ids; a sink for an analyzer. Not safe for several threads.
 */
public final class BagOfWords implements Consumer<CharSequence> {

  private final Vocabulary vocabulary;

  /** Ids of known terms, one per occurrence; in no order that anybody relies on. */
  private int[] occurrences = new int[128];

  /** What terms are looked up in, none before the first. */
  private byte[] buffer = {};

  private int known;
  private int terms;

  /** An empty bag. */
  public BagOfWords(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void accept(CharSequence term) {
    int needed = TermTable.lookupBytes(term.length());
    if (buffer.length < needed) {
      buffer = new byte[Math.max(needed, 128)];
    }
    add(vocabulary.indexOf(term, buffer));
  }

  /** Counts a term by its id, or one that is not known by -1. */
  void add(int id) {
    terms++;
    if (id < 0) {
      return;
    }
    if (known == occurrences.length) {
      occurrences = Arrays.copyOf(occurrences, known * 2);
    }
    occurrences[known++] = id;
  }

  /** The number of terms seen, known or not, with repeats. */
  public int terms() {
    return terms;
  }

  /** Term ids, ascending and without repeats, with the number of times each was seen. */
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
        ids[size++] = occurrences[i];
      }
      counts[size - 1]++;
    }
    return new Counts(ids, counts);
  }

  /** Whether a sorted id is not the one before. */
  private boolean isFirst(int i) {
    return i == 0 || occurrences[i] != occurrences[i - 1];
  }

  // Arrays are never shared outside this package, so no equality by value is needed.
  @SuppressWarnings("ArrayRecordComponent")
  record Counts(int[] ids, int[] counts) {}
}
