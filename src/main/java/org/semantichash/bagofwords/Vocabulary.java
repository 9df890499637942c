// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.bagofwords;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The terms a model knows, each with its id and the number of training documents it occurs in; or,
 * without terms, the buckets of {@link HashedNgrams}.
 */
public final class Vocabulary {

  private final TermTable table;
  private final int[] documentFrequencies;
  private final int documentCount;
  private final Optional<HashedNgrams> ngrams;

  /** Buckets of n-grams, in which every term is known. */
  public Vocabulary(HashedNgrams ngrams) {
    this.table = new TermTable(List.of());
    this.documentFrequencies = new int[0];
    this.documentCount = 0;
    this.ngrams = Optional.of(ngrams);
  }

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
          "a vocabulary needs one document frequency per term, got ["
              + documentFrequencies.length
              + "] for ["
              + terms.size()
              + "] terms");
    }
    this.documentFrequencies = documentFrequencies.clone();
    this.documentCount = documentCount;
    this.ngrams = Optional.empty();
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

  /** How texts become features where there are no terms. */
  public Optional<HashedNgrams> ngrams() {
    return ngrams;
  }

  /** The number of terms or buckets. */
  public int size() {
    return ngrams.map(HashedNgrams::buckets).orElseGet(table::size);
  }

  /** The id of a term, or -1 when it is unknown. */
  public int indexOf(CharSequence term) {
    return indexOf(term, new byte[TermTable.lookupBytes(term.length())]);
  }

  /** As {@link #indexOf(CharSequence)}, in an array of {@link TermTable#lookupBytes}. */
  int indexOf(CharSequence term, byte[] buffer) {
    return table.find(term, buffer);
  }

  /** The terms and their ids, for a scan of a text. */
  TermTable table() {
    return table;
  }

  /** The term with an id; the number of a bucket behind a sign that no term has. */
  public String term(int id) {
    return ngrams.isPresent() ? "#" + id : table.term(id);
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

  /**
   * Counts the terms of a corpus and picks those that a model shall know. Not safe for several
   * threads.
   */
  public static final class Builder {

    private static final class Count {
      int documents;
      long occurrences;
    }

    private final Map<String, Count> counts = new HashMap<>();
    private int documentCount;

    /**
     * Counts one document. Terms that no model file can hold (with control characters or unpaired
     * surrogates) stay unknown.
     */
    public void addDocument(Iterable<? extends CharSequence> terms) {
      Set<String> seen = new HashSet<>();
      for (CharSequence view : terms) {
        String term = view.toString();
        if (Vocabulary.isStorable(term) == false) {
          continue;
        }
        Count count = counts.computeIfAbsent(term, unused -> new Count());
        count.occurrences++;
        if (seen.add(term)) {
          count.documents++;
        }
      }
      documentCount++;
    }

    /**
     * The vocabulary of the documents counted so far.
     *
     * @param minDf a term must occur in at least this many documents; below 1 it is a share of the
     *     documents (scikit-learn's min_df)
     * @param maxDf a term must occur in at most this many documents; up to 1 it is a share of the
     *     documents (scikit-learn's max_df)
     * @param maxFeatures at most this many terms, those with the most occurrences in the corpus,
     *     ties by the alphabet (scikit-learn's max_features)
     * @return the terms with ids in alphabetical order (of their UTF-16 units)
     * @throws IllegalArgumentException when no term is left or a bound is not positive
     */
    public Vocabulary build(double minDf, double maxDf, int maxFeatures) {
      List<Map.Entry<String, Count>> kept = select(minDf, maxDf, maxFeatures);
      if (kept.isEmpty()) {
        throw new IllegalArgumentException(
            "no term is left of ["
                + counts.size()
                + "] in ["
                + documentCount
                + "] documents with [min_df] ["
                + minDf
                + "], [max_df] ["
                + maxDf
                + "]");
      }
      kept.sort(Map.Entry.comparingByKey());
      List<String> terms = new ArrayList<>(kept.size());
      int[] frequencies = new int[kept.size()];
      for (Map.Entry<String, Count> entry : kept) {
        frequencies[terms.size()] = entry.getValue().documents;
        terms.add(entry.getKey());
      }
      return new Vocabulary(terms, frequencies, documentCount);
    }

    private List<Map.Entry<String, Count>> select(double minDf, double maxDf, int maxFeatures) {
      if (minDf < 0 || maxDf <= 0 || maxFeatures < 1) {
        throw new IllegalArgumentException(
            "[min_df] must not be negative, [max_df] and [max_features] must be positive, got ["
                + minDf
                + "], ["
                + maxDf
                + "] and ["
                + maxFeatures
                + "]");
      }
      double least = minDf < 1 ? minDf * documentCount : minDf;
      double most = maxDf <= 1 ? maxDf * documentCount : maxDf;
      List<Map.Entry<String, Count>> kept = new ArrayList<>();
      for (Map.Entry<String, Count> entry : counts.entrySet()) {
        int documents = entry.getValue().documents;
        if (documents >= least && documents <= most) {
          kept.add(entry);
        }
      }
      if (kept.size() <= maxFeatures) {
        return kept;
      }
      kept.sort(
          Comparator.<Map.Entry<String, Count>>comparingLong(e -> -e.getValue().occurrences)
              .thenComparing(Map.Entry::getKey));
      return new ArrayList<>(kept.subList(0, maxFeatures));
    }
  }
}
