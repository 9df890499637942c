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
package org.semantichash.trainer.report;

import java.util.List;
import org.semantichash.bagofwords.SparseVector;

/** Documents by term, to multiply a sparse query with all of them without a dense matrix. */
final class InvertedIndex {

  private final int documents;
  private final int[] starts;
  private final int[] documentOf;
  private final float[] weightOf;

  InvertedIndex(List<SparseVector> vectors) {
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
  float[] scores(SparseVector query) {
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

  /** The documents with the largest scalar products first, n of them. */
  CosineRanking ranking(SparseVector query, int n) {
    return new CosineRanking(scores(query), n);
  }

  /** The documents with the largest scalar products above 0, at most n. */
  int[] nearest(SparseVector query, int n) {
    return ranking(query, n).above0(n);
  }
}
