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

import java.util.List;
import org.apache.lucene.analysis.CharArrayMap;

/** The terms a model knows, each with its id and the number of training documents it occurs in. */
public final class Vocabulary {

  private static final int REFERENCE = 4;
  private static final int ARRAY_HEADER = 16;
  private static final int STRING = 24;
  private static final int ID = 16;

  private final List<String> terms;
  private final int[] documentFrequencies;
  private final int documentCount;
  private final CharArrayMap<Integer> ids;

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
    this.terms = List.copyOf(terms);
    this.documentFrequencies = documentFrequencies.clone();
    this.documentCount = documentCount;
    this.ids = new CharArrayMap<>(terms.size(), false);
    for (int id = 0; id < terms.size(); id++) {
      add(id);
    }
  }

  private void add(int id) {
    String term = terms.get(id);
    if (isStorable(term) == false) {
      throw new IllegalArgumentException(
          "a term must not be empty or hold white space, control characters or half a character,"
              + " got ["
              + term
              + "]");
    }
    int frequency = documentFrequencies[id];
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
    if (ids.put(term, id) != null) {
      throw new IllegalArgumentException("term [" + term + "] stands twice in the vocabulary");
    }
  }

  /** Whether a term can stand in a model file: a line of well-formed Unicode without blanks. */
  static boolean isStorable(String term) {
    return term.isEmpty() == false
        && term.codePoints().allMatch(c -> c > ' ' && Character.getType(c) != Character.SURROGATE);
  }

  /** The number of terms. */
  public int size() {
    return terms.size();
  }

  /** The id of a term, or -1 when it is unknown. */
  public int indexOf(CharSequence term) {
    Integer id = ids.get(term);
    return id == null ? -1 : id;
  }

  /** The term with an id. */
  public String term(int id) {
    return terms.get(id);
  }

  /** All terms, by id. */
  public List<String> terms() {
    return terms;
  }

  /** The number of training documents that hold the term with this id. */
  public int documentFrequency(int id) {
    return documentFrequencies[id];
  }

  /** The number of training documents. */
  public int documentCount() {
    return documentCount;
  }

  /** About the bytes on the Java heap, with compressed references: some 130 for each usual term. */
  public long heapBytes() {
    long bytes = (Integer.BYTES + REFERENCE) * (long) terms.size();
    for (String term : terms) {
      // The string and its bytes; for the look-up its characters and its id.
      int width = isLatin(term) ? 1 : 2;
      bytes += STRING + array((long) width * term.length());
      bytes += array(2L * term.length()) + ID;
    }
    return bytes + 2L * REFERENCE * slots(terms.size());
  }

  private static boolean isLatin(String term) {
    return term.chars().allMatch(c -> c < 256);
  }

  /** An array's header and its bytes, to a multiple of 8. */
  private static long array(long bytes) {
    return (ARRAY_HEADER + bytes + 7) & ~7L;
  }

  /** The size of a table with keys and values, as Lucene's map makes it for so many. */
  private static long slots(int terms) {
    long slots = 8;
    while (terms + (terms >> 2) > slots) {
      slots <<= 1;
    }
    return slots;
  }
}
