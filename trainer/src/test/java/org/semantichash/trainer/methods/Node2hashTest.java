// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;

class Node2hashTest {

  /** A path 0 - 1 - 2 - 3 - 4 with 5 on 1, and 6 alone. */
  private static final int[][] EDGES = {{1}, {0, 2, 5}, {1, 3}, {2, 4}, {3}, {1}, {}};

  @Test
  void nearAreTheFirstByBreadth() {
    List<SparseVector> targets = Node2hash.targets(EDGES, 3, 100);
    assertArrayEquals(new int[] {1, 2, 5}, targets.get(0).ids());
    assertArrayEquals(new int[] {0, 2, 5}, targets.get(1).ids());
    assertArrayEquals(new int[] {1, 2, 3}, targets.get(4).ids());
    assertEquals(0, targets.get(6).size());
    for (int i = 0; i < 3; i++) {
      assertEquals(1f / 3, targets.get(0).weight(i));
    }
  }

  @Test
  void fewerAreNearWhereThereAreNoMore() {
    assertArrayEquals(new int[] {1, 2, 3, 4, 5}, Node2hash.targets(EDGES, 20, 100).get(0).ids());
  }

  @Test
  void manyDocumentsShareTheirPlaces() {
    List<SparseVector> targets = Node2hash.targets(EDGES, 3, 4);
    // places of 7 documents among 4: 0 0 1 1 2 2 3
    assertArrayEquals(new int[] {0, 1, 2}, targets.get(0).ids());
    assertArrayEquals(new int[] {0, 1}, targets.get(4).ids());
  }
}
