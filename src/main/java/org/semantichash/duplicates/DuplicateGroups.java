// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/** The groups that were found: the largest first, among equals that with the lowest document. */
public final class DuplicateGroups {

  private final int[] starts; // [groups + 1]
  private final int[] documents;
  private final short[] diameters; // [groups]
  private final boolean[] capped; // [groups]

  private DuplicateGroups(int groups, int documents) {
    this.starts = new int[groups + 1];
    this.documents = new int[documents];
    this.diameters = new short[groups];
    this.capped = new boolean[groups];
  }

  static DuplicateGroups of(CodeGroups codes, int codeCount, int minSize, Reservation memory) {
    int groups = 0;
    int documents = 0;
    for (int code = 0; code < codeCount; code++) {
      if (codes.isGroup(code) && codes.size(code) >= minSize) {
        groups++;
        documents += codes.size(code);
      }
    }
    long orderBytes = 3L * Long.BYTES * groups;
    memory.reserve(
        orderBytes + (Integer.BYTES + 3L) * (groups + 1) + (long) Integer.BYTES * documents,
        "[" + groups + "] groups");
    DuplicateGroups result = new DuplicateGroups(groups, documents);
    result.fill(codes, order(codes, codeCount, groups, minSize));
    memory.release(orderBytes);
    return result;
  }

  /** The groups as they are shown. */
  private static int[] order(CodeGroups codes, int codeCount, int groups, int minSize) {
    long[] byDocument = new long[groups];
    for (int code = 0, i = 0; code < codeCount; code++) {
      if (codes.isGroup(code) && codes.size(code) >= minSize) {
        byDocument[i++] = (long) codes.lowestDocument(code) << Integer.SIZE | code;
      }
    }
    Arrays.sort(byDocument);
    long[] bySize = new long[groups];
    Arrays.setAll(bySize, i -> (long) -codes.size((int) byDocument[i]) << Integer.SIZE | i);
    Arrays.sort(bySize);
    int[] order = new int[groups];
    Arrays.setAll(order, i -> (int) byDocument[(int) bySize[i]]);
    return order;
  }

  private void fill(CodeGroups codes, int[] order) {
    for (int i = 0; i < order.length; i++) {
      int[] some = codes.codes(order[i]);
      codes.documents(some, documents, starts[i]);
      starts[i + 1] = starts[i] + codes.size(order[i]);
      diameters[i] = (short) codes.diameter(some);
      capped[i] = codes.capped(order[i]);
    }
  }

  /** How many groups. */
  public int count() {
    return diameters.length;
  }

  /** How many documents are in a group. */
  public int documentCount() {
    return documents.length;
  }

  /** How many documents a group has. */
  public int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The documents of a group, ascending. */
  public int[] documents(int group) {
    return Arrays.copyOfRange(documents, starts[group], starts[group + 1]);
  }

  /** The largest distance between two documents of a group, in bits. */
  public int diameter(int group) {
    return diameters[group];
  }

  /** Whether a group was kept from growing over the largest size, or is over it. */
  public boolean capped(int group) {
    return capped[group];
  }
}
