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
public final class NeighbourGraph {

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
  public static NeighbourGraph of(Dataset documents, int k, Preparation preparation) {
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
   * The graph of the documents with the nearest codes of 64 bits: of equally near ones the next by
   * number, as of a ring. How alike two are is 1 - distance / 64, or a little above 0.
   *
   * @param taking whether a document takes part; the others get no neighbours
   */
  public static NeighbourGraph ofCodes(
      long[] codes, boolean[] taking, int k, Preparation preparation) {
    int n = codes.length;
    int[] members = IntStream.range(0, n).filter(d -> taking[d]).toArray();
    // among so many as an index has of as many documents
    int step = Math.max(1, members.length / Math.max(1, IndexedSample.size(members.length)));
    AtomicInteger done = new AtomicInteger();
    Neighbours[] neighbours = new Neighbours[n];
    Arrays.fill(neighbours, new Neighbours(new int[0], new float[0]));
    IntStream.range(0, members.length)
        .parallel()
        .forEach(
            place -> {
              int count = done.incrementAndGet();
              if (count % STEP == 0) {
                preparation.onDocuments(count, members.length);
              }
              neighbours[members[place]] = nearest(codes, members, place, step, k);
            });
    return new NeighbourGraph(neighbours);
  }

  private static Neighbours nearest(long[] codes, int[] members, int place, int step, int k) {
    int[][] byDistance = new int[Long.SIZE + 1][];
    int[] sizes = new int[Long.SIZE + 1];
    int farthest = Long.SIZE;
    int within = 0;
    for (int i = step; i < members.length; i += step) {
      int other = members[(place + i) % members.length];
      int distance = Long.bitCount(codes[members[place]] ^ codes[other]);
      if (distance <= farthest && sizes[distance] < k) {
        byDistance[distance] = byDistance[distance] == null ? new int[k] : byDistance[distance];
        byDistance[distance][sizes[distance]++] = other;
        within++;
        while (within - sizes[farthest] >= k) {
          within -= sizes[farthest--];
        }
      }
    }
    int[] documents = new int[Math.min(k, within)];
    float[] similarities = new float[documents.length];
    int next = 0;
    for (int distance = 0; distance <= farthest && next < documents.length; distance++) {
      for (int i = 0; i < sizes[distance] && next < documents.length; i++) {
        documents[next] = byDistance[distance][i];
        similarities[next++] = Math.max(1e-3f, 1 - (float) distance / Long.SIZE);
      }
    }
    return new Neighbours(documents, similarities);
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
  public int size() {
    return neighbours.length;
  }

  /** The neighbours of a document, the nearest first. */
  public int[] neighbours(int document) {
    return neighbours[document].documents();
  }

  /** How alike they are: their cosines, or what they were blended to. */
  public float[] similarities(int document) {
    return neighbours[document].similarities();
  }

  /** How alike a document and a neighbour are, or one that it is a neighbour of; else 0. */
  public float similarity(int document, int other) {
    float similarity = listed(document, other);
    return similarity > 0 ? similarity : listed(other, document);
  }

  private float listed(int document, int other) {
    int[] list = neighbours(document);
    for (int i = 0; i < list.length; i++) {
      if (list[i] == other) {
        return similarities(document)[i];
      }
    }
    return 0;
  }

  /** For each document whom it is a neighbour of or who is one of its own, without doubles. */
  public int[][] undirected() {
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
      return new IndexedSample(vectors, size(n, all, least));
    }

    private static int size(int n, int all, int least) {
      return (int) (n <= all ? n : Math.max(Math.min(least, n), (long) all * all / n));
    }

    /** How many of so many documents are indexed. */
    static int size(int documents) {
      return size(documents, ALL, LEAST);
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
