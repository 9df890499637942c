// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.methods.graph.NeighbourGraph.IndexedSample;
import org.semantichash.trainer.training.NeighbourSearch;

/** The sample in which the neighbours of a large collection are looked for. */
class IndexedSampleTest {

  private static final SparseVector ONE_TERM = SparseVector.of(new int[] {3}, new float[] {1});

  private static IndexedSample sample(int documents, int all, int least) {
    return IndexedSample.of(new ArrayList<>(Collections.nCopies(documents, ONE_TERM)), all, least);
  }

  private static Set<Integer> neighbours(IndexedSample sample, int document, int k) {
    var search = new NeighbourSearch(sample.index(), Long.MAX_VALUE);
    TreeSet<Integer> found = new TreeSet<>();
    for (int other : sample.nearest(search, ONE_TERM, k, document).documents()) {
      found.add(other);
    }
    return found;
  }

  @RepeatedTest(50)
  void sampledDocumentsAreDistinctAndNeverTheirOwnNeighbours(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int documents = 1 + random.nextInt(300);
    int all = 1 + random.nextInt(100);
    int least = 1 + random.nextInt(all);
    IndexedSample sample = sample(documents, all, least);
    int indexed = sample.index().frequency(3);
    // As many searches as documents: their product does not exceed that of all, but for the least.
    int expected =
        documents <= all ? documents : Math.max(Math.min(least, documents), all * all / documents);
    assertEquals(expected, indexed);
    // A document that is not in the sample sees all of it, one that is sees the others.
    TreeSet<Integer> union = new TreeSet<>();
    int inside = 0;
    for (int document = 0; document < documents; document++) {
      Set<Integer> others = neighbours(sample, document, documents);
      assertEquals(false, others.contains(document));
      inside += others.size() == indexed ? 0 : 1;
      union.addAll(others);
    }
    assertEquals(indexed, inside);
    assertEquals(indexed == 1 ? documents > 1 ? 1 : 0 : indexed, union.size());
  }

  @Test
  void theSampleIsSpreadEvenly() {
    IndexedSample sample = sample(10, 4, 1);
    assertEquals(1, sample.index().frequency(3));
    IndexedSample half = sample(8, 6, 1);
    assertArrayEquals(new Integer[] {0, 2, 4, 6}, neighbours(half, 7, 8).toArray(Integer[]::new));
  }

  @Test
  void termsThatTheSampleLacksAreNoError() {
    List<SparseVector> vectors = new ArrayList<>(Collections.nCopies(8, ONE_TERM));
    SparseVector odd = SparseVector.of(new int[] {3, 90}, new float[] {.5f, .5f});
    vectors.set(7, odd);
    IndexedSample half = IndexedSample.of(vectors, 6, 1);
    var search = new NeighbourSearch(half.index(), Long.MAX_VALUE);
    assertEquals(4, half.nearest(search, odd, 8, 7).documents().length);
  }
}
