// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import org.apache.lucene.util.FixedBitSet;
import org.semantichash.search.columns.CodeScan;

/**
 * Marks the codes of a table that are near to one of some few codes, again and again. Either it
 * compares each with each, or it has sorted the codes by the value of each chunk of a {@link
 * LookupPlan}, and compares those with one value with those of the few whose values are within the
 * chunk's radius.
 */
final class CodeLookup {

  private static final int BLOCK = PairFinder.TileScan.BLOCK; // a multiple of the bits of a word
  private static final int ENTRIES = 1 << 22; // of the few in the buckets at once, at most: 16 MB
  private static final int TASKS = 64; // of a chunk
  private static final int COPIED = 8; // words of a code with all chunks: not much beside a join

  private final CodeTable codes;
  private final int maxDistance;
  private final int most;
  private final Workers workers;
  private final Reservation memory;
  private final Tile[] tiles; // [threads]
  private Buckets[] sorted; // [chunks] null where each is compared with each

  /**
   * A lookup.
   *
   * @param codes of which the near ones are marked
   * @param memory what it takes is the caller's to give back
   */
  CodeLookup(CodeTable codes, int maxDistance, Workers workers, Reservation memory) {
    this(codes, maxDistance, ENTRIES, workers, memory);
  }

  /**
   * With another limit than the usual.
   *
   * @param most entries of the few that are in the buckets at once, but those of one code
   */
  CodeLookup(CodeTable codes, int maxDistance, int most, Workers workers, Reservation memory) {
    this.codes = codes;
    this.maxDistance = maxDistance;
    this.most = most;
    this.workers = workers;
    this.memory = memory;
    memory.reserve(2L * workers.threads() * PairFinder.TileScan.bytes(codes), "blocks of codes");
    this.tiles = new Tile[workers.threads()];
    Arrays.setAll(tiles, worker -> new Tile());
  }

  /**
   * Marks in the cheapest way.
   *
   * @param few to which codes are near
   * @param known codes that are left out, [codes]
   * @param near gets the marks, [codes]
   */
  void mark(CodeTable few, FixedBitSet known, FixedBitSet near) {
    if (codes.size() == 0 || few.size() == 0) {
      return;
    }
    LookupPlan plan = sorted == null ? LookupPlan.cheapest(codes, few, maxDistance, workers) : null;
    if (plan != null && memory.tryReserve(bytes(plan))) {
      sort(plan);
    }
    Marks marks = new Marks(few, known, near);
    if (sorted != null) {
      for (Buckets each : sorted) {
        join(each, marks);
      }
    } else if (plan == null || joinOneByOne(plan, marks) == false) {
      scan(marks);
    }
  }

  /** Sorts for this call only, one chunk after the other; false where memory is short for that. */
  private boolean joinOneByOne(LookupPlan plan, Marks marks) {
    try (Reservation one = new Reservation(memory.account())) {
      for (LookupPlan.Chunk chunk : plan.chunks()) {
        long bytes = Buckets.bytes(chunk, codes.size());
        one.reserve(bytes, "sorted codes");
        join(Buckets.sorted(chunk, codes), marks);
        one.release(bytes);
      }
      return true;
    } catch (JoinResources.MemoryRefusedException e) {
      return false; // what has been marked is right
    }
  }

  private long bytes(LookupPlan plan) {
    long words = isCopied(plan) ? CodeTable.wordsFor(codes.bits(), codes.size()) : 0;
    return plan.chunks().stream()
        .mapToLong(chunk -> Buckets.bytes(chunk, codes.size()) + Long.BYTES * words)
        .sum();
  }

  private boolean isCopied(LookupPlan plan) {
    return plan.chunks().size() * codes.wordCount() <= COPIED;
  }

  /** Sorts the codes by this plan. */
  void sort(LookupPlan plan) {
    Buckets[] buckets = new Buckets[plan.chunks().size()];
    workers.run(
        buckets.length,
        (worker, task) -> {
          buckets[task] = Buckets.sorted(plan.chunks().get(task), codes);
          if (isCopied(plan)) {
            buckets[task].copy(codes);
          }
        });
    sorted = buckets;
  }

  private void join(Buckets all, Marks marks) {
    int[] differences = all.chunk.differences();
    int some = Math.min(marks.few.size(), Math.max(1, most / differences.length));
    try (Reservation own = new Reservation(memory.account())) {
      own.reserve(Buckets.bytes(all.chunk, some * differences.length), "[" + some + "] new codes");
      Buckets around = new Buckets(all.chunk, some * differences.length);
      for (int from = 0; from < marks.few.size(); from += some) {
        workers.check();
        around.fill(marks.few, from, Math.min(marks.few.size(), from + some), differences);
        join(all, around, marks);
      }
    }
  }

  private void join(Buckets all, Buckets around, Marks marks) {
    int values = all.starts.length - 1;
    int size = Math.ceilDiv(values, TASKS);
    workers.run(
        Math.ceilDiv(values, size),
        (worker, task) -> {
          int end = Math.min(values, (task + 1) * size);
          for (int value = task * size; value < end; value++) {
            if (around.size(value) > 0 && all.size(value) > 0) {
              tiles[worker].join(all, around, value, marks);
            }
          }
        });
  }

  private void scan(Marks marks) {
    workers.run(
        Math.ceilDiv(codes.size(), BLOCK),
        (worker, block) -> {
          int from = block * BLOCK;
          tiles[worker].scan(from, Math.min(codes.size(), from + BLOCK), marks);
        });
  }

  /**
   * What one call marks.
   *
   * @param few to which codes are near
   * @param known codes that are left out
   */
  private record Marks(CodeTable few, FixedBitSet known, FixedBitSet near) {

    void set(int code) {
      if (known.get(code) == false) {
        synchronized (near) { // seldom
          near.set(code);
        }
      }
    }
  }

  /** Codes by the value of a chunk. */
  private static final class Buckets {

    private final LookupPlan.Chunk chunk;
    private final int[] starts; // [values + 1] the first entry of each value
    private final int[] entries; // codes
    private long[][] columns; // [words of a code][entries] null where they are not copied

    Buckets(LookupPlan.Chunk chunk, int most) {
      this.chunk = chunk;
      this.starts = new int[(1 << chunk.bits()) + 1];
      this.entries = new int[most];
    }

    static Buckets sorted(LookupPlan.Chunk chunk, CodeTable codes) {
      Buckets buckets = new Buckets(chunk, codes.size());
      buckets.fill(codes, 0, codes.size(), new int[1]);
      return buckets;
    }

    static long bytes(LookupPlan.Chunk chunk, int most) {
      return Integer.BYTES * ((1L << chunk.bits()) + 1 + most);
    }

    int size(int value) {
      return starts[value + 1] - starts[value];
    }

    /** Enters codes under all values that differ from theirs by one of these differences. */
    void fill(CodeTable table, int from, int to, int[] differences) {
      Arrays.fill(starts, 0);
      for (int code = from; code < to; code++) {
        int value = chunk.of(table, code);
        for (int difference : differences) {
          starts[value ^ difference]++;
        }
      }
      for (int value = 1; value < starts.length; value++) {
        starts[value] += starts[value - 1];
      }
      for (int code = to - 1; code >= from; code--) {
        int value = chunk.of(table, code);
        for (int difference : differences) {
          entries[--starts[value ^ difference]] = code;
        }
      }
    }

    /** Copies the words of all entries. */
    void copy(CodeTable table) {
      columns = new long[table.wordCount()][entries.length];
      for (int entry = 0; entry < entries.length; entry++) {
        for (int word = 0; word < columns.length; word++) {
          columns[word][entry] = table.word(entries[entry], word);
        }
      }
    }
  }

  /** Compares a code with some at once. Of one thread. */
  private final class Tile {

    private static final CodeScan SCAN = CodeScan.fastest();

    private final long[][] columns = new long[codes.wordCount()][BLOCK];
    private final long[] query = new long[codes.wordCount()];
    private final int[] ordinals = new int[BLOCK];
    private final int[] distances = new int[BLOCK];
    private long steps;

    /** Compares a block of codes with all of the few. */
    void scan(int from, int to, Marks marks) {
      for (int code = from; code < to; code++) {
        fill(code - from, codes, code);
      }
      for (int one = 0; one < marks.few.size(); one++) {
        int count = near(columns, 0, to - from, marks.few, one);
        for (int i = 0; i < count; i++) {
          marks.set(from + ordinals[i]);
        }
      }
    }

    /** Compares the codes with a value with those of the few around it, the more at once. */
    void join(Buckets all, Buckets around, int value, Marks marks) {
      if (all.size(value) > around.size(value)) {
        joinCodes(all, around, value, marks);
      } else {
        joinFew(all, around, value, marks);
      }
    }

    private void joinCodes(Buckets all, Buckets around, int value, Marks marks) {
      int end = all.starts[value + 1];
      for (int from = all.starts[value]; from < end; from += BLOCK) {
        int to = Math.min(end, from + BLOCK);
        int base = all.columns == null ? from : 0; // of the entries in the columns
        if (all.columns == null) {
          for (int entry = from; entry < to; entry++) {
            fill(entry - from, codes, all.entries[entry]);
          }
        }
        long[][] some = all.columns == null ? columns : all.columns;
        for (int one = around.starts[value]; one < around.starts[value + 1]; one++) {
          int count = near(some, from - base, to - base, marks.few, around.entries[one]);
          for (int i = 0; i < count; i++) {
            marks.set(all.entries[base + ordinals[i]]);
          }
        }
      }
    }

    private void joinFew(Buckets all, Buckets around, int value, Marks marks) {
      int end = around.starts[value + 1];
      for (int from = around.starts[value]; from < end; from += BLOCK) {
        int to = Math.min(end, from + BLOCK);
        for (int entry = from; entry < to; entry++) {
          fill(entry - from, marks.few, around.entries[entry]);
        }
        for (int entry = all.starts[value]; entry < all.starts[value + 1]; entry++) {
          if (near(columns, 0, to - from, codes, all.entries[entry]) > 0) {
            marks.set(all.entries[entry]);
          }
        }
      }
    }

    private void fill(int place, CodeTable table, int code) {
      for (int word = 0; word < query.length; word++) {
        columns[word][place] = table.word(code, word);
      }
    }

    /** How many of a range are near to a code, their ordinals in the columns. */
    private int near(long[][] some, int from, int to, CodeTable table, int code) {
      for (int word = 0; word < query.length; word++) {
        query[word] = table.word(code, word);
      }
      steps += (long) (to - from) * query.length;
      if (steps >= Workers.STEPS) {
        steps = 0;
        workers.check();
      }
      return SCAN.scan(some, query, from, to, maxDistance, ordinals, distances);
    }
  }
}
