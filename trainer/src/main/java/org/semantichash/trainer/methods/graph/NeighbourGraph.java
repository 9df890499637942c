// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.NeighbourSearch;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;
import org.semantichash.trainer.training.NeighbourSearch.Neighbours;
import org.semantichash.trainer.training.TrainingListener.Preparation;

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

  /** Documents between two reports of progress. */
  private static final int STEP = 256;

  private final Neighbours[] neighbours;

  private NeighbourGraph(Neighbours[] neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * A graph.
   *
   * @param k the most neighbours of a document; only such as share a term with it
   * @param preparation gets the progress every few hundred documents
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

  /**
   * The documents among which neighbours are looked for: all of them, or of a large collection an
   * evenly spread sample. The time of a search grows with the documents that are indexed, and there
   * are as many searches as documents.
   */
  static final class IndexedSample {

    /** The most documents that are all indexed. */
    static final int ALL = 100_000;

    /** However many documents there are, so many are indexed. */
    private static final int LEAST = 25_000;

    private final int documents;
    private final int size;
    private final InvertedIndex index;

    private IndexedSample(List<SparseVector> vectors, int size) {
      this.documents = vectors.size();
      this.size = size;
      this.index =
          new InvertedIndex(
              size == documents
                  ? vectors
                  : IntStream.range(0, size).mapToObj(i -> vectors.get(document(i))).toList());
    }

    /** Indexes these documents. */
    static IndexedSample of(List<SparseVector> vectors) {
      return of(vectors, ALL, LEAST);
    }

    static IndexedSample of(List<SparseVector> vectors, int all, int least) {
      int n = vectors.size();
      long size = n <= all ? n : Math.max(Math.min(least, n), (long) all * all / n);
      return new IndexedSample(vectors, (int) size);
    }

    InvertedIndex index() {
      return index;
    }

    /** The document at a place of the index; they rise with it. */
    private int document(int place) {
      return (int) ((long) place * documents / size);
    }

    /** The place of a document in the index, or -1. */
    private int place(int document) {
      int place = (int) (((long) document * size + documents - 1) / documents);
      return place < size && document(place) == document ? place : -1;
    }

    /** The nearest indexed documents of a document, itself left out, by their own numbers. */
    Neighbours nearest(NeighbourSearch search, SparseVector vector, int k, int document) {
      Neighbours found = search.nearest(vector, k, place(document));
      int[] documents = found.documents();
      for (int i = 0; i < documents.length; i++) {
        documents[i] = document(documents[i]);
      }
      return found;
    }
  }
}
