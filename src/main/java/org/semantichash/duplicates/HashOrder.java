// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/**
 * Some codes by their hashes, in partitions: an entry is the hash in the upper 32 bits and the
 * index of the code in the lower ones. The entries of a partition, once {@linkplain #sort sorted},
 * have equal hashes side by side, those of one hash by their index.
 */
final class HashOrder {

  /** The hash bits that are sorted in a partition: two digits. */
  private static final int SORTED_BITS = 22;

  private static final int MAX_PARTITION_BITS = Integer.SIZE - SORTED_BITS;
  private static final int ENTRIES_PER_PARTITION = 4096;
  private static final int BLOCK = 1 << 15;

  private final Workers workers;
  private final CodeTable.Subset codes;
  private final int partitionBits;
  private final long[] entries;
  private final int[][] places; // [ranges][partitions]
  private final int[] starts; // [partitions + 1]

  HashOrder(CodeTable.Subset codes, Workers workers) {
    this.workers = workers;
    this.codes = codes;
    this.partitionBits = partitionBits(codes.size());
    this.entries = new long[codes.size()];
    this.places = new int[workers.threads()][1 << partitionBits];
    this.starts = new int[(1 << partitionBits) + 1];
  }

  private static int partitionBits(int size) {
    int partitions = Math.max(1, size / ENTRIES_PER_PARTITION);
    return Math.min(MAX_PARTITION_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(partitions));
  }

  /** The bytes of an order of so many codes. */
  static long bytes(int size, int threads) {
    return (long) Long.BYTES * size
        + (((long) Integer.BYTES * (threads + 1)) << partitionBits(size));
  }

  /** How many partitions. */
  int partitions() {
    return 1 << partitionBits;
  }

  /** The entries of all partitions. */
  long[] entries() {
    return entries;
  }

  /** The first entry of a partition; the end of the one before. */
  int start(int partition) {
    return starts[partition];
  }

  /** Orders by another hash. */
  void fill(MaskedHash hash) {
    int ranges = places.length;
    workers.run(ranges, (worker, range) -> count(hash, range));
    int sum = 0;
    for (int partition = 0; partition < partitions(); partition++) {
      starts[partition] = sum;
      for (int[] range : places) {
        int count = range[partition];
        range[partition] = sum;
        sum += count;
      }
    }
    starts[partitions()] = sum;
    workers.run(ranges, (worker, range) -> scatter(hash, range));
  }

  private int edge(int range) {
    return (int) ((long) codes.size() * range / places.length);
  }

  private int partition(int hash) {
    return (int) ((hash & 0xffffffffL) >>> (Integer.SIZE - partitionBits));
  }

  private void count(MaskedHash hash, int range) {
    int[] counts = places[range];
    Arrays.fill(counts, 0);
    for (int from = edge(range); from < edge(range + 1); from += BLOCK) {
      workers.check();
      for (int place = from, to = Math.min(edge(range + 1), from + BLOCK); place < to; place++) {
        counts[partition(hash.of(codes.code(place)))]++;
      }
    }
  }

  private void scatter(MaskedHash hash, int range) {
    int[] next = places[range];
    for (int from = edge(range); from < edge(range + 1); from += BLOCK) {
      workers.check();
      for (int place = from, to = Math.min(edge(range + 1), from + BLOCK); place < to; place++) {
        int code = codes.code(place);
        int value = hash.of(code);
        entries[next[partition(value)]++] = (long) value << Integer.SIZE | code;
      }
    }
  }

  /** Sorts a partition. */
  void sort(int partition, EntrySort sort) {
    assert partition >= 0 && partition < partitions() : partition + " of " + partitions();
    int high = Long.SIZE - partitionBits;
    sort.sort(entries, starts[partition], starts[partition + 1], high - SORTED_BITS, high);
  }

  /** The end of the run of entries with the same hash. */
  int runEnd(int from, int partition) {
    assert from >= starts[partition] && from < starts[partition + 1] : from;
    int shift = Long.SIZE - partitionBits - SORTED_BITS;
    long hash = entries[from] >>> shift;
    int end = from + 1;
    while (end < starts[partition + 1] && entries[end] >>> shift == hash) {
      end++;
    }
    return end;
  }

  /** Hashes some bits of a code to 32 bits: equal bits have equal hashes. */
  static final class MaskedHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long MIXER = 0xD6E8FEB86659FD93L;

    private final CodeTable codes;
    private final long[] mask;

    /**
     * Of these codes.
     *
     * @param mask [words of a code] the bits that count
     */
    MaskedHash(CodeTable codes, long[] mask) {
      this.codes = codes;
      this.mask = mask;
    }

    /** All bits of a code count. */
    static MaskedHash ofAllBits(CodeTable codes) {
      long[] mask = new long[codes.wordCount()];
      Arrays.fill(mask, -1);
      return new MaskedHash(codes, mask);
    }

    /** The hash of one code, its upper bits as good as its lower ones. */
    int of(int code) {
      long hash = 0;
      for (int word = 0; word < mask.length; word++) {
        hash = (hash ^ (codes.word(code, word) & mask[word])) * MULTIPLIER;
        hash ^= hash >>> 32;
      }
      hash *= MIXER;
      return (int) (hash >>> 32);
    }
  }
}
