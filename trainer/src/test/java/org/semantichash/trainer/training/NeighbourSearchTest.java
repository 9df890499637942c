// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;
import org.semantichash.trainer.training.NeighbourSearch.Neighbours;

class NeighbourSearchTest {

  private final SplittableRandom random = new SplittableRandom(5);

  private SparseVector vector(int most, int vocabulary) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      ids.add(random.nextInt(vocabulary));
    }
    float[] weights = new float[ids.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + random.nextInt(3);
    }
    return SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights);
  }

  private static float product(SparseVector a, SparseVector b) {
    float sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        sum += a.id(i) == b.id(j) ? a.weight(i) * b.weight(j) : 0;
      }
    }
    return sum;
  }

  /** Small whole weights make many ties, and sums that do not depend on their order. */
  @Test
  void findsWhatSortingAllProductsFinds() {
    for (int round = 0; round < 40; round++) {
      List<SparseVector> documents = new ArrayList<>();
      int size = random.nextInt(1, 60);
      for (int d = 0; d < size; d++) {
        documents.add(vector(8, 20));
      }
      NeighbourSearch search = new NeighbourSearch(new InvertedIndex(documents), Long.MAX_VALUE);
      for (int query = 0; query < size; query++) {
        SparseVector x = documents.get(query);
        int except = random.nextBoolean() ? query : -1;
        int n = random.nextInt(1, 12);
        int[] expected =
            IntStream.range(0, size)
                .filter(d -> d != except && product(x, documents.get(d)) > 0)
                .boxed()
                .sorted(
                    (a, b) ->
                        Float.compare(product(x, documents.get(b)), product(x, documents.get(a))))
                .limit(n)
                .mapToInt(Integer::intValue)
                .toArray();
        Neighbours found = search.nearest(x, n, except);
        assertArrayEquals(expected, found.documents());
        for (int i = 0; i < expected.length; i++) {
          assertEquals(product(x, documents.get(expected[i])), found.similarities()[i]);
        }
      }
    }
  }

  /** Term 0 is in all documents, term 1 in two: a small budget is spent on the rare one. */
  @Test
  void whatIsLeftOutAreTheFrequentTerms() {
    List<SparseVector> documents = new ArrayList<>();
    for (int d = 0; d < 10; d++) {
      documents.add(
          d < 2
              ? SparseVector.of(new int[] {0, 1}, new float[] {9, 1})
              : SparseVector.of(new int[] {0}, new float[] {9}));
    }
    NeighbourSearch search = new NeighbourSearch(new InvertedIndex(documents), 11);
    assertArrayEquals(new int[] {1}, search.nearest(documents.get(0), 5, 0).documents());
    assertFalse(search.isExact(documents.get(0)));
    assertTrue(search.isExact(documents.get(5)));
    assertArrayEquals(new int[] {0, 1, 2}, search.nearest(documents.get(5), 3, -1).documents());
  }

  @Test
  void aTermThatNoDocumentHasFindsNothing() {
    List<SparseVector> documents = List.of(SparseVector.EMPTY, SparseVector.EMPTY);
    NeighbourSearch search = new NeighbourSearch(new InvertedIndex(documents), 10);
    SparseVector unknown = SparseVector.of(new int[] {7}, new float[] {1});
    assertEquals(0, search.nearest(unknown, 3, -1).documents().length);
    assertEquals(0, search.nearest(SparseVector.EMPTY, 3, -1).documents().length);
  }
}
