// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/**
 * What groups are wanted.
 *
 * @param linkage when groups are merged
 * @param minSize the documents that a group must have; 1 to be told those in no group too
 * @param maxSize the documents up to which groups are merged, minSize or more
 */
public record Grouping(Linkage linkage, int minSize, int maxSize) {

  /** Checks the sizes. */
  public Grouping {
    if (minSize < 1) {
      throw new IllegalArgumentException(
          "[min_group_size] must be at least [1], got [" + minSize + "]");
    }
    if (maxSize < minSize) {
      throw new IllegalArgumentException(
          "[max_group_size] must be at least [min_group_size], which is ["
              + minSize
              + "], got ["
              + maxSize
              + "]");
    }
  }

  /**
   * When two groups of documents are one.
   *
   * <p>Groups are defined by a procedure. At first the documents with equal codes are one group,
   * however many. Then all pairs (i, j), i &lt; j, of different codes within the largest distance
   * are taken in ascending order of their distance, then of i, then of j, their numbers in {@link
   * DistinctCodes}. When i and j are in different groups and the linkage {@linkplain #COMPLETE
   * allows} to merge these, they are merged if together they have no more documents than the
   * largest size of a group; else both groups are flagged as capped and stay apart. A group that is
   * larger by equal codes alone is flagged too. A merged group is flagged if one of its parts was.
   * At the end groups below the smallest size are dropped.
   *
   * <p>The numbers depend on the codes alone, so the same codes make the same groups, in whatever
   * order and on whatever shards their documents are.
   */
  public enum Linkage {

    /** Any two documents within the distance join their groups: a chain can grow far. */
    SINGLE,

    /**
     * Two groups join when every document of one is within the distance of every document of the
     * other, so that no group has a diameter above the distance.
     */
    COMPLETE
  }
}
