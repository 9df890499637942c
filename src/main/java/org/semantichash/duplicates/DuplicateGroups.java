// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/**
 * The groups that were found: the largest first, among equals that with the lowest document; where
 * texts were compared, in any order.
 */
public final class DuplicateGroups {

  private final int[] starts; // [groups + 1]
  private final int[] documents;
  private final short[] diameters; // [groups]
  private final boolean[] capped; // [groups]
  private final float[] similarities; // [documents]; null where no text was compared

  private DuplicateGroups(
      int[] starts, int[] documents, short[] diameters, boolean[] capped, float[] similarities) {
    this.starts = starts;
    this.documents = documents;
    this.diameters = diameters;
    this.capped = capped;
    this.similarities = similarities;
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
    DuplicateGroups result =
        new DuplicateGroups(
            new int[groups + 1], new int[documents], new short[groups], new boolean[groups], null);
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

  /** Whether the texts of the documents were compared. */
  public boolean hasSimilarities() {
    return similarities != null;
  }

  /**
   * How similar a document's text is to that of the kept document of its group, 0 to 1.
   *
   * @param document of the group
   */
  public float similarity(int group, int document) {
    int place = Arrays.binarySearch(documents, starts[group], starts[group + 1], document);
    assert place >= 0 : "document [" + document + "] is not in group [" + group + "]";
    return similarities[place];
  }

  /** Takes groups whose texts were compared, document by document, in any order. */
  static final class Collector {

    private static final int DOCUMENT_BYTES = Integer.BYTES + Float.BYTES;
    private static final int GROUP_BYTES = Integer.BYTES + Short.BYTES + 1;

    private final Reservation memory;
    private int[] starts = new int[1];
    private int[] documents = new int[0];
    private float[] similarities = new float[0];
    private short[] diameters = new short[0];
    private boolean[] capped = new boolean[0];
    private int groupCount;
    private int documentCount;

    Collector(Reservation memory) {
      this.memory = memory;
    }

    /** Adds a document to the group that is open. */
    void add(int document, float similarity) {
      if (documentCount == documents.length) {
        int larger = larger(documentCount, DOCUMENT_BYTES, "documents in groups");
        documents = Arrays.copyOf(documents, larger);
        similarities = Arrays.copyOf(similarities, larger);
      }
      documents[documentCount] = document;
      similarities[documentCount++] = similarity;
    }

    /** Ends the group that is open. */
    void end(int diameter, boolean isCapped) {
      if (groupCount == diameters.length) {
        int larger = larger(groupCount, GROUP_BYTES, "groups");
        diameters = Arrays.copyOf(diameters, larger);
        capped = Arrays.copyOf(capped, larger);
        starts = Arrays.copyOf(starts, larger + 1);
      }
      sort(starts[groupCount], documentCount);
      diameters[groupCount] = (short) diameter;
      capped[groupCount] = isCapped;
      starts[++groupCount] = documentCount;
    }

    private void sort(int from, int to) {
      long[] entries = new long[to - from];
      Arrays.setAll(
          entries,
          i ->
              (long) documents[from + i] << Integer.SIZE
                  | Float.floatToIntBits(similarities[from + i]));
      Arrays.sort(entries);
      for (int i = 0; i < entries.length; i++) {
        documents[from + i] = (int) (entries[i] >>> Integer.SIZE);
        similarities[from + i] = Float.intBitsToFloat((int) entries[i]);
      }
    }

    private int larger(int size, int bytes, String what) {
      int larger = Math.max(64, Math.addExact(size, size >> 1));
      memory.reserve((long) bytes * (larger - size), "[" + larger + "] " + what);
      return larger;
    }

    DuplicateGroups finish() {
      return new DuplicateGroups(
          Arrays.copyOf(starts, groupCount + 1),
          Arrays.copyOf(documents, documentCount),
          Arrays.copyOf(diameters, groupCount),
          Arrays.copyOf(capped, groupCount),
          Arrays.copyOf(similarities, documentCount));
    }
  }
}
