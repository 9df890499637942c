// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

/**
 * Which groups of a result are shown.
 *
 * @param from the first, from 0
 * @param size how many, at most
 */
public record Page(int from, int size) {

  private static final int MAX_SIZE = 10_000;

  /** Checks both. */
  public Page {
    if (from < 0) {
      throw new IllegalArgumentException("[from] must be at least [0], got [" + from + "]");
    }
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "[size] must be between [0] and [" + MAX_SIZE + "], got [" + size + "]");
    }
  }

  /** Whether all of so many groups are shown. */
  public boolean holds(int groups) {
    return from == 0 && groups <= size;
  }

  /** The group after the last. */
  public int end() {
    return Math.addExact(from, size);
  }
}
