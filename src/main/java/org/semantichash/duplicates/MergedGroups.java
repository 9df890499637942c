// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/**
 * Groups of items that are merged pair by pair; see {@link Grouping.Linkage} for what they are. An
 * item is a code, or a text, with all documents that have it.
 */
final class MergedGroups {

  /** Whether two items of different groups allow that these are merged. */
  @FunctionalInterface
  interface Linked {

    /** Whether this pair does. */
    boolean test(int one, int other);
  }

  private final int maxSize;
  private final int[] group; // [items] the group of an item: the number of one of its items
  private final int[] next; // [items] the items of a group as a ring
  private final int[] itemCounts; // [groups]
  private final int[] sizes; // [groups] documents
  private final boolean[] capped; // [groups]

  /**
   * A group for each item.
   *
   * @param sizes how many documents each item has; the caller's no more
   * @param maxSize the documents up to which groups are merged
   */
  MergedGroups(int[] sizes, int maxSize) {
    int items = sizes.length;
    this.maxSize = maxSize;
    this.sizes = sizes;
    this.group = new int[items];
    this.next = new int[items];
    this.itemCounts = new int[items];
    this.capped = new boolean[items];
    for (int item = 0; item < items; item++) {
      group[item] = item;
      next[item] = item;
      itemCounts[item] = 1;
      capped[item] = sizes[item] > maxSize;
    }
  }

  /** The bytes that groups of so many items need. */
  static long bytes(int items) {
    return (4L * Integer.BYTES + 1) * items;
  }

  /**
   * Merges the groups of two items, where size and linkage allow it.
   *
   * @param linked what any two items must be; null for single linkage, which asks for nothing
   */
  void merge(int item, int otherItem, Linked linked) {
    int one = group[item];
    int other = group[otherItem];
    if (one == other) {
      return;
    }
    boolean fits = (long) sizes[one] + sizes[other] <= maxSize;
    if (fits == false && capped[one] && capped[other]) {
      return; // known
    }
    if (linked != null && allLinked(one, other, linked) == false) {
      return;
    }
    if (fits == false) {
      capped[one] = true;
      capped[other] = true;
    } else if (itemCounts[one] < itemCounts[other]) {
      join(other, one);
    } else {
      join(one, other);
    }
  }

  private boolean allLinked(int one, int other, Linked linked) {
    int a = one;
    do {
      int b = other;
      do {
        if (linked.test(a, b) == false) {
          return false;
        }
        b = next[b];
      } while (b != other);
      a = next[a];
    } while (a != one);
    return true;
  }

  private void join(int kept, int lost) {
    int item = lost;
    do {
      group[item] = kept;
      item = next[item];
    } while (item != lost);
    int swapped = next[kept];
    next[kept] = next[lost];
    next[lost] = swapped;
    itemCounts[kept] += itemCounts[lost];
    sizes[kept] += sizes[lost];
    capped[kept] |= capped[lost];
  }

  /** Whether this item stands for its group. */
  boolean isGroup(int item) {
    return group[item] == item;
  }

  /** The documents of a group. */
  int size(int one) {
    return sizes[one];
  }

  /** Whether a group was kept from growing over the largest size. */
  boolean capped(int one) {
    return capped[one];
  }

  /** The items of a group, ascending. */
  int[] items(int one) {
    int[] all = new int[itemCounts[one]];
    for (int i = 0, item = one; i < all.length; i++, item = next[item]) {
      all[i] = item;
    }
    Arrays.sort(all);
    return all;
  }
}
