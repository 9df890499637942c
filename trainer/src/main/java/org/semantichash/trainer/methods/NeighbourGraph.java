// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.NeighbourSearch;
import org.semantichash.trainer.learning.NeighbourSearch.Neighbours;
import org.semantichash.trainer.learning.Preparation;

/**
 * The nearest neighbours of each document by the scalar product of its TF-IDF vector, which is the
 * cosine, found through an inverted index on all processors; no product of all with all is kept.
 * Among more than {@value IndexedSample#ALL} documents neighbours are looked for in an evenly
 * spread sample, see {@link IndexedSample}, so that memory and time grow with the number of
 * documents only.
 */
final class NeighbourGraph {

  /** How alike two documents are. */
  interface Similarity {
    float of(int first, int second);
  }

  /** Documents after which progress is told. */
  private static final int STEP = 256;

  private final Neighbours[] neighbours;

  private NeighbourGraph(Neighbours[] neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * A graph.
   *
   * @param k the most neighbours of a document; only such as share a term with it
   * @param preparation hears of every few hundred documents
   */
  static NeighbourGraph of(Dataset documents, int k, Preparation preparation) {
    IndexedSample sample = IndexedSample.of(documents.vectors());
    ThreadLocal<NeighbourSearch> searches =
        ThreadLocal.withInitial(() -> new NeighbourSearch(sample.index(), NeighbourSearch.BUDGET));
    AtomicInteger done = new AtomicInteger();
    return new NeighbourGraph(
        IntStream.range(0, documents.size())
            .parallel()
            .mapToObj(
                d -> {
                  int count = done.incrementAndGet();
                  if (count % STEP == 0) {
                    preparation.onDocuments(count, documents.size());
                  }
                  return sample.nearest(searches.get(), documents.vectors().get(d), k, d);
                })
            .toArray(Neighbours[]::new));
  }

  /**
   * The graph of the same neighbours in another order, the first k of which remain: by (1 - share)
   * times what they have now plus share times another similarity. Those below 0 are left out.
   */
  NeighbourGraph blended(Similarity other, float share, int k) {
    return new NeighbourGraph(
        IntStream.range(0, size())
            .parallel()
            .mapToObj(d -> blended(d, other, share, k))
            .toArray(Neighbours[]::new));
  }

  private Neighbours blended(int document, Similarity other, float share, int k) {
    int[] candidates = neighbours[document].documents();
    float[] similarities = neighbours[document].similarities().clone();
    for (int i = 0; i < candidates.length; i++) {
      similarities[i] = (1 - share) * similarities[i] + share * other.of(document, candidates[i]);
    }
    int[] best =
        IntStream.range(0, candidates.length)
            .filter(i -> similarities[i] > 0)
            .boxed()
            .sorted((i, j) -> Float.compare(similarities[j], similarities[i]))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    float[] values = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      values[i] = similarities[best[i]];
    }
    return new Neighbours(Arrays.stream(best).map(i -> candidates[i]).toArray(), values);
  }

  /** The number of documents. */
  int size() {
    return neighbours.length;
  }

  /** The neighbours of a document, the nearest first. */
  int[] neighbours(int document) {
    return neighbours[document].documents();
  }

  /** How alike they are: their cosines, or what they were blended to. */
  float[] similarities(int document) {
    return neighbours[document].similarities();
  }

  /** For each document whom it is a neighbour of or who is one of its own, without doubles. */
  int[][] undirected() {
    int[] degrees = new int[size()];
    for (Neighbours list : neighbours) {
      for (int other : list.documents()) {
        degrees[other]++;
      }
    }
    int[][] edges = new int[size()][];
    for (int d = 0; d < edges.length; d++) {
      int own = neighbours(d).length;
      edges[d] = Arrays.copyOf(neighbours(d), own + degrees[d]);
      degrees[d] = own;
    }
    for (int d = 0; d < edges.length; d++) {
      for (int other : neighbours(d)) {
        edges[other][degrees[other]++] = d;
      }
    }
    for (int d = 0; d < edges.length; d++) {
      edges[d] = Arrays.stream(edges[d]).sorted().distinct().toArray();
    }
    return edges;
  }
}
