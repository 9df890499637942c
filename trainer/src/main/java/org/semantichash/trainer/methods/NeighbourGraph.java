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

import java.util.Arrays;
import java.util.stream.IntStream;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.InvertedIndex;

/**
 * The nearest neighbours of each document by the scalar product of its TF-IDF vector, which is the
 * cosine, found through an inverted index on all processors; no product of all with all is kept.
 */
final class NeighbourGraph {

  private final int[][] neighbours;
  private final float[][] similarities;

  private NeighbourGraph(int[][] neighbours, float[][] similarities) {
    this.neighbours = neighbours;
    this.similarities = similarities;
  }

  /**
   * A graph.
   *
   * @param k the most neighbours of a document; only such as share a term with it
   */
  static NeighbourGraph of(Dataset documents, int k) {
    InvertedIndex index = new InvertedIndex(documents.vectors());
    int[][] neighbours = new int[documents.size()][];
    float[][] similarities = new float[documents.size()][];
    IntStream.range(0, documents.size())
        .parallel()
        .forEach(
            document -> {
              float[] scores = index.scores(documents.vectors().get(document));
              scores[document] = 0;
              neighbours[document] = InvertedIndex.largest(scores, k);
              similarities[document] = new float[neighbours[document].length];
              for (int i = 0; i < neighbours[document].length; i++) {
                similarities[document][i] = scores[neighbours[document][i]];
              }
            });
    return new NeighbourGraph(neighbours, similarities);
  }

  /** The number of documents. */
  int size() {
    return neighbours.length;
  }

  /** The neighbours of a document, the nearest first. */
  int[] neighbours(int document) {
    return neighbours[document];
  }

  /** Their cosines. */
  float[] similarities(int document) {
    return similarities[document];
  }

  /** For each document whom it is a neighbour of or who is one of its own, without doubles. */
  int[][] undirected() {
    int[][] edges = new int[size()][];
    int[] degrees = new int[size()];
    for (int[] list : neighbours) {
      for (int other : list) {
        degrees[other]++;
      }
    }
    for (int d = 0; d < edges.length; d++) {
      edges[d] = Arrays.copyOf(neighbours[d], neighbours[d].length + degrees[d]);
      degrees[d] = neighbours[d].length;
    }
    for (int d = 0; d < edges.length; d++) {
      for (int other : neighbours[d]) {
        edges[other][degrees[other]++] = d;
      }
    }
    for (int d = 0; d < edges.length; d++) {
      edges[d] = Arrays.stream(edges[d]).sorted().distinct().toArray();
    }
    return edges;
  }
}
