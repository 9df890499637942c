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
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.SparseBatch;

/**
 * What a decoder has to tell of a document when its neighbours count too: (1 - w) times its own
 * term weights plus w times the mean of its neighbours', by their cosines. Made anew for each
 * batch, so that memory does not grow with the number of neighbours' terms.
 */
final class NeighbourTargets {

  private final Dataset documents;
  private final NeighbourGraph graph;
  private final float weight;

  NeighbourTargets(Dataset documents, NeighbourGraph graph, float weight) {
    this.documents = documents;
    this.graph = graph;
    this.weight = weight;
  }

  /** The targets of a batch, in its order. */
  SparseBatch of(Batch batch) {
    List<SparseVector> targets = new ArrayList<>(batch.size());
    float[] sums = new float[documents.vocabularySize()];
    for (int row = 0; row < batch.size(); row++) {
      targets.add(target(batch.document(row), sums));
    }
    return new SparseBatch(targets, documents.vocabularySize());
  }

  /** The target of a document; sums are zeros before and after. */
  private SparseVector target(int document, float[] sums) {
    SparseVector own = documents.vectors().get(document);
    int[] neighbours = graph.neighbours(document);
    if (neighbours.length == 0) {
      return own;
    }
    float total = 0;
    for (float similarity : graph.similarities(document)) {
      total += similarity;
    }
    int size = own.size();
    for (int neighbour : neighbours) {
      size += documents.vectors().get(neighbour).size();
    }
    int[] terms = new int[size];
    int count = add(own, 1 - weight, sums, terms, 0);
    for (int i = 0; i < neighbours.length; i++) {
      float share = weight * graph.similarities(document)[i] / total;
      count = add(documents.vectors().get(neighbours[i]), share, sums, terms, count);
    }
    return gather(Arrays.copyOf(terms, count), sums);
  }

  private static int add(SparseVector vector, float factor, float[] sums, int[] terms, int count) {
    int next = count;
    for (int i = 0; i < vector.size(); i++) {
      int term = vector.id(i);
      if (sums[term] == 0) {
        terms[next++] = term;
      }
      sums[term] += factor * vector.weight(i);
    }
    return next;
  }

  private static SparseVector gather(int[] terms, float[] sums) {
    Arrays.sort(terms);
    float[] weights = new float[terms.length];
    for (int i = 0; i < terms.length; i++) {
      weights[i] = sums[terms[i]];
      sums[terms[i]] = 0;
    }
    return SparseVector.of(terms, weights);
  }
}
