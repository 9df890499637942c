// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/**
 * When two groups of documents are one.
 *
 * <p>Groups are defined by a procedure. At first the documents with equal codes are one group,
 * however many. Then all pairs (i, j), i &lt; j, of different codes within the largest distance are
 * taken in ascending order of their distance, then of i, then of j, their numbers in {@link
 * DistinctCodes}. When i and j are in different groups and the linkage {@linkplain #COMPLETE
 * allows} to merge these, they are merged if together they have no more documents than the largest
 * size of a group; else both groups are flagged as capped and stay apart. A group that is larger by
 * equal codes alone is flagged too. A merged group is flagged if one of its parts was. At the end
 * groups below the smallest size are dropped.
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
