// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/**
 * What groups are wanted.
 *
 * @param linkage when groups are merged
 * @param minSize the documents that a group must have, 2 or more
 * @param maxSize the documents up to which groups are merged, minSize or more
 */
public record Grouping(Linkage linkage, int minSize, int maxSize) {

  /** Checks the sizes. */
  public Grouping {
    if (minSize < 2) {
      throw new IllegalArgumentException(
          "[min_group_size] must be at least [2], got [" + minSize + "]");
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
}
