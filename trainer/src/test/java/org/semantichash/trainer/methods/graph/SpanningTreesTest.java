// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SpanningTreesTest {

  /** The neighbours of each node, with edges of a given probability. */
  private static int[][] graph(int nodes, double probability, SplittableRandom random) {
    TreeSet<Long> edges = new TreeSet<>();
    for (int a = 0; a < nodes; a++) {
      for (int b = 0; b < a; b++) {
        if (random.nextDouble() < probability) {
          edges.add((long) a << 32 | b);
          edges.add((long) b << 32 | a);
        }
      }
    }
    int[][] neighbours = new int[nodes][];
    for (int node = 0; node < nodes; node++) {
      long from = (long) node << 32;
      neighbours[node] =
          edges.subSet(from, from + (1L << 32)).stream().mapToInt(Long::intValue).toArray();
    }
    return neighbours;
  }

  /** For each node the smallest of its connected part, by repeated relaxation. */
  private static int[] parts(int[][] edges) {
    int[] part = IntStream.range(0, edges.length).toArray();
    for (int round = 0; round < edges.length; round++) {
      for (int node = 0; node < edges.length; node++) {
        for (int other : edges[node]) {
          part[node] = Math.min(part[node], part[other]);
        }
      }
    }
    return part;
  }

  /** Follows the parents to a root; a cycle would take more steps than there are nodes. */
  private static int root(SpanningTrees trees, int tree, int node, int nodes) {
    int at = node;
    for (int steps = 0; trees.parent(tree, at) >= 0; steps++) {
      assertTrue(steps < nodes, "a cycle from node " + node);
      at = trees.parent(tree, at);
    }
    return at;
  }

  private static void assertSpanningForest(int[][] edges, SpanningTrees trees, int tree) {
    int[] part = parts(edges);
    int[] rootOfPart = new int[edges.length];
    Arrays.fill(rootOfPart, -1);
    for (int node = 0; node < edges.length; node++) {
      int parent = trees.parent(tree, node);
      assertTrue(parent < 0 || Arrays.binarySearch(edges[node], parent) >= 0, "not an edge");
      int root = root(trees, tree, node, edges.length);
      if (rootOfPart[part[node]] == -1) {
        rootOfPart[part[node]] = root;
      }
      assertEquals(rootOfPart[part[node]], root, "a second root in the part of " + node);
    }
  }

  @RepeatedTest(30)
  void treesSpanEachPartFromOneRootAlongEdges(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int nodes = random.nextInt(2, 50);
    int[][] edges = graph(nodes, random.nextDouble(0, 4.0 / nodes), random);
    SpanningTrees trees = SpanningTrees.of(edges, 5, random);
    assertEquals(5, trees.size());
    for (int tree = 0; tree < trees.size(); tree++) {
      assertSpanningForest(edges, trees, tree);
    }
  }

  @Test
  void aGraphWithMoreOpenEdgesThanTheBagStartsWith() {
    int[][] edges = graph(80, 1, new SplittableRandom(1));
    assertSpanningForest(edges, SpanningTrees.of(edges, 1, new SplittableRandom(2)), 0);
  }

  @Test
  void aSingleNodeAndNodesWithoutEdgesAreRoots() {
    assertEquals(-1, SpanningTrees.of(new int[1][0], 1, new SplittableRandom(1)).parent(0, 0));
    SpanningTrees trees = SpanningTrees.of(new int[4][0], 1, new SplittableRandom(1));
    for (int node = 0; node < 4; node++) {
      assertEquals(-1, trees.parent(0, node));
    }
  }

  @Test
  void treesDifferFromEachOther() {
    int[][] edges = graph(30, 0.5, new SplittableRandom(1));
    SpanningTrees trees = SpanningTrees.of(edges, 2, new SplittableRandom(2));
    assertNotEquals(
        IntStream.range(0, 30).map(node -> trees.parent(0, node)).boxed().toList(),
        IntStream.range(0, 30).map(node -> trees.parent(1, node)).boxed().toList());
  }
}
