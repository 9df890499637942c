// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.SparseBatch;

/**
 * Documents to learn from.
 *
 * @param vectors the weights of the terms of each document
 * @param labels for each document its label ids, ascending; empty when it has none
 * @param vocabularySize the number of terms; every term id is below it
 */
public record Dataset(List<SparseVector> vectors, List<int[]> labels, int vocabularySize) {

  /** Checks that there is a list of labels for each document. */
  public Dataset {
    vectors = List.copyOf(vectors);
    labels = List.copyOf(labels);
    if (vectors.size() != labels.size()) {
      throw new IllegalArgumentException(
          "[labels] must have ["
              + vectors.size()
              + "] entries, one per document, got ["
              + labels.size()
              + "]");
    }
  }

  /** The number of documents. */
  public int size() {
    return vectors.size();
  }

  /** Whether any document has a label. */
  public boolean isLabelled() {
    return labels.stream().anyMatch(l -> l.length > 0);
  }

  /**
   * The same documents with those terms only that most of them have, of terms in as many the first;
   * ids are the terms' places among those kept.
   *
   * @param most terms that are kept; with as many or more than there are this is returned
   */
  public Dataset withFrequentTerms(int most) {
    if (most >= vocabularySize) {
      return this;
    }
    int[] frequencies = new int[vocabularySize];
    for (SparseVector vector : vectors) {
      for (int i = 0; i < vector.size(); i++) {
        frequencies[vector.id(i)]++;
      }
    }
    int[] kept =
        IntStream.range(0, vocabularySize)
            .boxed()
            .sorted(Comparator.comparingInt(term -> -frequencies[term]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return new Dataset(
        vectors.stream().map(vector -> restricted(vector, kept)).toList(), labels, most);
  }

  private static SparseVector restricted(SparseVector vector, int[] kept) {
    int[] ids = new int[vector.size()];
    float[] weights = new float[vector.size()];
    int n = 0;
    for (int i = 0; i < vector.size(); i++) {
      int place = Arrays.binarySearch(kept, vector.id(i));
      if (place >= 0) {
        ids[n] = place;
        weights[n++] = vector.weight(i);
      }
    }
    return SparseVector.of(Arrays.copyOf(ids, n), Arrays.copyOf(weights, n));
  }

  /** The documents of one step: which they are, and their vectors. */
  public static final class Batch {

    private final int[] documents;
    private final SparseBatch vectors;

    private Batch(int[] documents, SparseBatch vectors) {
      this.documents = documents;
      this.vectors = vectors;
    }

    /**
     * A batch.
     *
     * @param dataset what the documents are of
     * @param documents indices into it, in the order of the rows; one may occur more than once
     */
    public static Batch of(Dataset dataset, int... documents) {
      List<SparseVector> vectors = new ArrayList<>(documents.length);
      for (int document : documents) {
        vectors.add(dataset.vectors().get(document));
      }
      return new Batch(documents.clone(), new SparseBatch(vectors, dataset.vocabularySize()));
    }

    /** The number of documents, B. */
    public int size() {
      return documents.length;
    }

    /** The index of the document of a row in the dataset. */
    public int document(int row) {
      return documents[row];
    }

    /** The vectors [B, vocabulary]. */
    public SparseBatch vectors() {
      return vectors;
    }

    /** The documents of the same indices in another dataset. */
    public Batch of(Dataset other) {
      return of(other, documents);
    }
  }
}
