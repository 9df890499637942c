// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.RamUsageEstimator;

/**
 * The codes of a segment in clusters, each with a centre and a radius, the largest distance of one
 * of its codes to the centre. By the triangle inequality no code of a cluster is nearer to a query
 * than the centre's distance less the radius: clusters whose bound is too large need not be read,
 * and what is found is exact.
 *
 * <p>Source: the bound of metric trees, Uhlmann, "Satisfying general proximity/similarity queries
 * with metric trees", Information Processing Letters 40(4), 1991; here one level of it.
 */
public final class CodeClusters implements Accountable {

  private final int bits;
  private final long[][] centres;
  private final int[] radii;
  private final int[] starts;
  private final int[] ordinals;

  /**
   * Clusters that are kept, not copied.
   *
   * @param bits the width of the codes
   * @param centres [words of a code][at least clusters] their centres
   * @param radii [clusters] the largest distance of a code to the centre, in bits
   * @param starts [clusters + 1] where the ordinals of a cluster start; those of the next end them
   * @param ordinals [codes] all ordinals by cluster, ascending in each
   */
  CodeClusters(int bits, long[][] centres, int[] radii, int[] starts, int[] ordinals) {
    this.bits = bits;
    this.centres = centres;
    this.radii = radii;
    this.starts = starts;
    this.ordinals = ordinals;
  }

  /** How many clusters. */
  public int size() {
    return radii.length;
  }

  /** Where the codes of a cluster start; those of the size end all. */
  public int start(int cluster) {
    return starts[cluster];
  }

  /** The ordinal of a code at a place from the start of its cluster to that of the next. */
  public int ordinal(int place) {
    return ordinals[place];
  }

  /** How near the clusters may be to a query. */
  public Bounds bounds(long[] query) {
    return new Bounds(query);
  }

  @Override
  public long ramBytesUsed() {
    long bytes = 0;
    for (long[] centre : centres) {
      bytes += RamUsageEstimator.sizeOf(centre);
    }
    for (int[] array : new int[][] {radii, starts, ordinals}) {
      bytes += RamUsageEstimator.sizeOf(array);
    }
    return bytes;
  }

  /** For each cluster a distance to one query that none of its codes falls below. */
  public final class Bounds {

    private final int[] bounds;
    private final int[] clustersWithin; // [distance] how many have at most this bound
    private final int[] codesWithin; // [distance] the codes of these

    private Bounds(long[] query) {
      bounds = new int[size()];
      for (int word = 0; word < query.length; word++) {
        addDistances(centres[word], query[word]);
      }
      for (int cluster = 0; cluster < bounds.length; cluster++) {
        bounds[cluster] = Math.max(0, bounds[cluster] - radii[cluster]);
      }
      clustersWithin = new int[bits + 1];
      codesWithin = new int[bits + 1];
      for (int cluster = 0; cluster < bounds.length; cluster++) {
        clustersWithin[bounds[cluster]]++;
        codesWithin[bounds[cluster]] += start(cluster + 1) - start(cluster);
      }
      for (int distance = 1; distance <= bits; distance++) {
        clustersWithin[distance] += clustersWithin[distance - 1];
        codesWithin[distance] += codesWithin[distance - 1];
      }
    }

    // A loop that the compiler turns into vector instructions.
    private void addDistances(long[] centre, long query) {
      for (int cluster = 0; cluster < bounds.length; cluster++) {
        bounds[cluster] += Long.bitCount(centre[cluster] ^ query);
      }
    }

    /** The distance that no code of the cluster falls below. */
    public int of(int cluster) {
      return bounds[cluster];
    }

    /** How many codes the clusters have that may hold a code within a distance of 0 to bits. */
    public int codesWithin(int distance) {
      return codesWithin[distance];
    }

    /** The smallest distance within which clusters have a number of codes; bits if too few. */
    public int reaching(int codes) {
      int distance = 0;
      while (distance < bits && codesWithin[distance] < codes) {
        distance++;
      }
      return distance;
    }

    /**
     * The clusters in the order of their bounds.
     *
     * @param above only those with a larger bound, -1 to bits
     * @param to the largest bound, 0 to bits
     */
    public int[] between(int above, int to) {
      int before = above < 0 ? 0 : clustersWithin[above];
      int[] places = new int[Math.max(0, to - above)]; // [bound - above - 1] of the next with it
      for (int i = 1; i < places.length; i++) {
        places[i] = clustersWithin[above + i] - before;
      }
      int[] sorted = new int[Math.max(0, clustersWithin[to] - before)];
      for (int cluster = 0; cluster < bounds.length; cluster++) {
        int bound = bounds[cluster];
        if (bound > above && bound <= to) {
          sorted[places[bound - above - 1]++] = cluster;
        }
      }
      return sorted;
    }
  }
}
