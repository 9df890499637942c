// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import com.carrotsearch.randomizedtesting.generators.RandomPicks;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.lucene.tests.util.LuceneTestCase;

/** Which codes have clusters, and that their bounds hold. */
public class ClusterBuilderTests extends LuceneTestCase {

  private static final int CODES = 40_000;

  private final Random random = new Random(random().nextLong());
  private final int bits = RandomPicks.randomFrom(random, List.of(32, 64, 100, 128, 256, 1024));
  private final int wordCount = WordColumns.wordCount(bits);

  private WordColumns columns(int size, IntFunction<long[]> codes) {
    long[][] words = new long[wordCount][size];
    for (int ordinal = 0; ordinal < size; ordinal++) {
      long[] code = codes.apply(ordinal);
      for (int word = 0; word < wordCount; word++) {
        words[word][ordinal] = code[word];
      }
    }
    return new WordColumns(bits, words, size, null);
  }

  private long[] uniform() {
    long[] code = random.longs(wordCount).toArray();
    if (bits % Long.SIZE != 0) {
      code[wordCount - 1] &= -1L << (Long.SIZE - bits % Long.SIZE);
    }
    return code;
  }

  /** A copy with a number of bits flipped, some of them twice. */
  private long[] near(long[] code, int flips) {
    long[] copy = code.clone();
    for (int i = 0; i < flips; i++) {
      int bit = random.nextInt(bits);
      copy[bit / Long.SIZE] ^= Long.MIN_VALUE >>> bit % Long.SIZE;
    }
    return copy;
  }

  private long[][] centres(int count) {
    long[][] centres = new long[count][];
    for (int centre = 0; centre < count; centre++) {
      centres[centre] = uniform();
    }
    return centres;
  }

  private static CodeClusters build(WordColumns columns) {
    ClusterBuilder builder = new ClusterBuilder(columns, ColumnSource.NO_TIMEOUT);
    CodeClusters clusters = builder.build();
    assertFalse(builder.isStopped());
    return clusters;
  }

  private static void assertBoundsHold(WordColumns columns, CodeClusters clusters, long[] query) {
    CodeClusters.Bounds bounds = clusters.bounds(query);
    boolean[] seen = new boolean[columns.size()];
    int[] within = new int[columns.bits() + 1];
    for (int cluster = 0; cluster < clusters.size(); cluster++) {
      int previous = -1;
      for (int at = clusters.start(cluster); at < clusters.start(cluster + 1); at++) {
        int ordinal = clusters.ordinal(at);
        assertTrue("ascending", ordinal > previous);
        assertFalse("once", seen[ordinal]);
        assertTrue("bound", bounds.of(cluster) <= columns.distance(query, ordinal));
        seen[ordinal] = true;
        previous = ordinal;
      }
      within[bounds.of(cluster)] += clusters.start(cluster + 1) - clusters.start(cluster);
    }
    assertEquals(columns.size(), clusters.start(clusters.size()));
    int codes = 0;
    for (int distance = 0; distance <= columns.bits(); distance++) {
      codes += within[distance];
      assertEquals(codes, bounds.codesWithin(distance));
    }
  }

  /** One in a hundred codes is near no other. */
  public void testCodesInClusters() {
    long[][] centres = centres(400);
    WordColumns columns =
        columns(
            CODES,
            i ->
                i % 100 == 7
                    ? uniform()
                    : near(RandomPicks.randomFrom(random, centres), bits / 20));
    CodeClusters clusters = build(columns);
    assertNotNull(clusters);
    for (int i = 0; i < 20; i++) {
      assertBoundsHold(columns, clusters, i % 2 == 0 ? near(centres[i], bits / 16) : uniform());
    }
    assertTrue(clusters.ramBytesUsed() <= ClusterBuilder.bytes(columns));
    if (bits >= 64) {
      // Few codes have to be read for the neighbours in one cluster.
      CodeClusters.Bounds bounds = clusters.bounds(near(centres[0], bits / 20));
      int read = bounds.codesWithin(bits / 16);
      assertTrue("must read [" + read + "] of [" + CODES + "]", read < CODES / 50);
    }
  }

  public void testNoClustersOfUniformCodes() {
    assertNull(build(columns(CODES, i -> uniform())));
  }

  public void testNoClustersOfFewDistinctCodes() {
    long[][] codes = centres(1 + random.nextInt(16));
    assertNull(build(columns(CODES, i -> RandomPicks.randomFrom(random, codes))));
  }

  public void testNoClustersWhereManyCodesAreNearNone() {
    long[][] centres = centres(400);
    assertNull(
        build(
            columns(
                CODES,
                i ->
                    i % 10 == 7 && bits > 32
                        ? uniform()
                        : bits > 32
                            ? near(RandomPicks.randomFrom(random, centres), 1)
                            : uniform())));
  }

  public void testNoClustersOfNarrowCodes() {
    WordColumns narrow = new WordColumns(8, new long[1][CODES], CODES, null);
    assertNull(build(narrow));
  }

  public void testFewCodes() {
    for (int size = 0; size < 200; size += 1 + size / 4) {
      WordColumns columns = columns(size, i -> near(centres(1)[0], 1));
      CodeClusters clusters = build(columns);
      if (clusters != null) {
        assertBoundsHold(columns, clusters, uniform());
      }
    }
  }

  public void testEndsInTime() {
    long[][] centres = centres(1000);
    WordColumns columns = columns(200_000, i -> near(centres[i % 1000], 1));
    int[] questions = {0};
    ClusterBuilder builder = new ClusterBuilder(columns, () -> ++questions[0] > 0);
    assertNull(builder.build());
    assertEquals(builder.isStopped() ? 1 : 0, questions[0]);
    assertTrue(bits == 32 || builder.isStopped()); // 1000 clusters of 32 bits may be too near
  }

  public void testSortsPlacesByTheirGroups() {
    int count = 1 + random().nextInt(20);
    int[] groups = random().ints(random().nextInt(300), 0, count).toArray();
    int[] places = groups.clone();
    int[] starts = ClusterBuilder.sort(places, count);
    int at = 0;
    for (int group = 0; group < count; group++) {
      assertEquals(at, starts[group]);
      for (int place = 0; place < groups.length; place++) {
        if (groups[place] == group) {
          assertEquals(place, places[at++]);
        }
      }
    }
    assertEquals(at, starts[count]);
  }
}
