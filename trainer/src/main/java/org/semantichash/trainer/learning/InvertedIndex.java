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
package org.semantichash.trainer.learning;

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

  /** The documents with the largest scalar products above 0, at most n. */
  public int[] nearest(SparseVector query, int n) {
    return largest(scores(query), n);
  }

  /** The places of the n largest scores above 0, the largest first, of equal ones the first. */
  public static int[] largest(float[] scores, int n) {
    long[] heap = new long[Math.min(n, scores.length)]; // a sorted list: n is small
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > 0) {
        // bits of positive floats are in their order; of equal ones the first document wins
        long key = ((long) Float.floatToIntBits(scores[i]) << 32) | (Integer.MAX_VALUE - i);
        if (size < heap.length || key > heap[size - 1]) {
          int place = size < heap.length ? size++ : size - 1;
          while (place > 0 && heap[place - 1] < key) {
            heap[place] = heap[place - 1];
            place--;
          }
          heap[place] = key;
        }
      }
    }
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = Integer.MAX_VALUE - (int) heap[i];
    }
    return places;
  }
}
