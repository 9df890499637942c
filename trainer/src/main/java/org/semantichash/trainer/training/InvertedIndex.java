// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.List;
import org.semantichash.bagofwords.SparseVector;

/** Documents by term, to multiply a sparse query with all of them without a dense matrix. */
public final class InvertedIndex {

  private final int documents;
  private final int[] starts;
  private final int[] documentOf;
  private final float[] weightOf;

  /** An index of these vectors. */
  public InvertedIndex(List<SparseVector> vectors) {
    documents = vectors.size();
    int terms = 0;
    int entries = 0;
    for (SparseVector vector : vectors) {
      entries += vector.size();
      terms = vector.size() == 0 ? terms : Math.max(terms, vector.id(vector.size() - 1) + 1);
    }
    starts = new int[terms + 1];
    documentOf = new int[entries];
    weightOf = new float[entries];
    fill(vectors);
  }

  private void fill(List<SparseVector> vectors) {
    for (SparseVector vector : vectors) {
      for (int i = 0; i < vector.size(); i++) {
        starts[vector.id(i) + 1]++;
      }
    }
    for (int term = 1; term < starts.length; term++) {
      starts[term] += starts[term - 1];
    }
    int[] next = starts.clone();
    for (int document = 0; document < documents; document++) {
      SparseVector vector = vectors.get(document);
      for (int i = 0; i < vector.size(); i++) {
        int entry = next[vector.id(i)]++;
        documentOf[entry] = document;
        weightOf[entry] = vector.weight(i);
      }
    }
  }

  /** The scalar product of a query with each document. */
  public float[] scores(SparseVector query) {
    float[] scores = new float[documents];
    for (int i = 0; i < query.size() && query.id(i) < starts.length - 1; i++) {
      int term = query.id(i);
      float weight = query.weight(i);
      for (int entry = starts[term]; entry < starts[term + 1]; entry++) {
        scores[documentOf[entry]] += weight * weightOf[entry];
      }
    }
    return scores;
  }

  /** The number of documents. */
  int size() {
    return documents;
  }

  /** The number of documents with a term. */
  public int frequency(int term) {
    return term < starts.length - 1 ? starts[term + 1] - starts[term] : 0;
  }

  /**
   * Adds weight times each document's weight of a term to the document's score.
   *
   * @param touched the documents whose scores are not 0, as many as count
   * @return the new count
   */
  int add(int term, float weight, float[] scores, int[] touched, int count) {
    assert scores.length == documents && touched.length == documents;
    int next = count;
    int from = term < starts.length - 1 ? starts[term] : 0;
    int to = from + frequency(term);
    for (int entry = from; entry < to; entry++) {
      int document = documentOf[entry];
      float product = weight * weightOf[entry];
      if (scores[document] == 0 && product != 0) {
        touched[next++] = document;
      }
      scores[document] += product;
    }
    return next;
  }
}
