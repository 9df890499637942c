// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.AbstractList;
import java.util.List;

/** The terms a model knows, each with its id and the number of training documents it occurs in. */
public final class Vocabulary {

  private final TermTable table;
  private final int[] documentFrequencies;
  private final int documentCount;

  /**
   * A vocabulary whose ids are the positions in the list.
   *
   * @param terms the terms, without repeats, none empty or with white space, control characters or
   *     unpaired surrogates
   * @param documentFrequencies for each term the number of documents it occurs in, 1 to
   *     documentCount
   * @param documentCount the number of documents that were counted
   * @throws IllegalArgumentException when one of these does not hold
   */
  public Vocabulary(List<String> terms, int[] documentFrequencies, int documentCount) {
    if (terms.size() != documentFrequencies.length) {
      throw new IllegalArgumentException(
          "a vocabulary needs one document frequency a term, got ["
              + documentFrequencies.length
              + "] for ["
              + terms.size()
              + "] terms");
    }
    this.documentFrequencies = documentFrequencies.clone();
    this.documentCount = documentCount;
    for (int id = 0; id < documentFrequencies.length; id++) {
      check(terms.get(id), documentFrequencies[id]);
    }
    this.table = new TermTable(terms);
  }

  private void check(String term, int frequency) {
    if (isStorable(term) == false) {
      throw new IllegalArgumentException(
          "a term must not be empty or hold white space, control characters or half a character,"
              + " got ["
              + term
              + "]");
    }
    if (frequency < 1 || frequency > documentCount) {
      throw new IllegalArgumentException(
          "the document frequency of term ["
              + term
              + "] must be between [1] and ["
              + documentCount
              + "], got ["
              + frequency
              + "]");
    }
  }

  /** Whether a term can stand in a model file: a line of well-formed Unicode without blanks. */
  static boolean isStorable(String term) {
    for (int i = 0; i < term.length(); ) {
      int character = term.codePointAt(i);
      if (character <= ' ' || Character.getType(character) == Character.SURROGATE) {
        return false;
      }
      i += Character.charCount(character);
    }
    return term.isEmpty() == false;
  }

  /** The number of terms. */
  public int size() {
    return table.size();
  }

  /** The id of a term, or -1 when it is unknown. */
  public int indexOf(CharSequence term) {
    return table.find(term);
  }

  /** The terms and their ids, for those who walk through texts. */
  TermTable table() {
    return table;
  }

  /** The term with an id. */
  public String term(int id) {
    return table.term(id);
  }

  /** All terms, by id; each is made anew when it is asked for. */
  public List<String> terms() {
    return new AbstractList<>() {
      @Override
      public String get(int id) {
        return table.term(id);
      }

      @Override
      public int size() {
        return table.size();
      }
    };
  }

  /** The bytes that it takes on the heap. */
  public long heapBytes() {
    return table.heapBytes() + 4L * documentFrequencies.length;
  }

  /** The number of training documents that hold the term with this id. */
  public int documentFrequency(int id) {
    return documentFrequencies[id];
  }

  /** The number of training documents. */
  public int documentCount() {
    return documentCount;
  }
}
