// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/**
 * The codes of a table that differ, and the documents of each. A document is the index of a code in
 * the table. The order of the codes' numbers depends on the codes alone, on their hashes and then
 * on their bits: a table with the same codes in another order has the same numbers, and in one with
 * more codes they are in the same order.
 */
public final class DistinctCodes {

  private static final int BLOCK = 1 << 16;
  private static final int FIRST = Integer.MIN_VALUE; // flags the first document of a code

  private final CodeTable codes;
  private final int[] starts; // [distinct codes + 1]
  private final int[] documents; // by distinct code, ascending

  private DistinctCodes(CodeTable codes, int[] starts, int[] documents) {
    this.codes = codes;
    this.starts = starts;
    this.documents = documents;
  }

  static DistinctCodes of(CodeTable table, Workers workers, Reservation memory) {
    int size = table.size();
    memory.reserve(2L * Integer.BYTES * (size + 1), "[" + size + "] documents");
    int[] documents = byCode(table, workers, memory);
    int[] starts = new int[size + 1];
    int distinct = starts(documents, starts, workers);
    return new DistinctCodes(
        copy(table, starts, documents, distinct, workers, memory), starts, documents);
  }

  /** The documents by the hash of their code, then by the code; each code's first is flagged. */
  private static int[] byCode(CodeTable table, Workers workers, Reservation memory) {
    int size = table.size();
    long bytes = HashOrder.bytes(size, workers.threads());
    memory.reserve(bytes, "[" + size + "] documents");
    int[] documents = new int[size];
    HashOrder order = new HashOrder(CodeTable.Subset.all(table), workers);
    order.fill(HashOrder.MaskedHash.ofAllBits(table));
    EntrySort[] sorts = new EntrySort[workers.threads()];
    Arrays.setAll(sorts, i -> new EntrySort(workers, memory));
    workers.run(
        order.partitions(),
        (worker, partition) -> {
          order.sort(partition, sorts[worker]);
          for (int from = order.start(partition); from < order.start(partition + 1); ) {
            int to = order.runEnd(from, partition);
            separate(table, order.entries(), from, to, documents, workers);
            from = to;
          }
          workers.advance(1.0 / order.partitions());
        });
    for (EntrySort sort : sorts) {
      sort.close();
    }
    memory.release(bytes);
    return documents;
  }

  /** Codes with the same hash, by code. */
  private static void separate(
      CodeTable table, long[] entries, int from, int to, int[] documents, Workers workers) {
    for (int start = from; start < to; ) {
      if (to - start > BLOCK) {
        workers.check();
      }
      int end = lowest(table, entries, start, to);
      for (int i = start; i < end; i++) {
        documents[i] = (int) entries[i];
      }
      documents[start] |= FIRST;
      start = end;
    }
  }

  /**
   * Moves the entries of the lowest code to the front, by document; gives their end. Almost always
   * codes with the same hash are equal, and all is as it should be. Codes of a run agree only in
   * the bits of their hashes that so many codes need, so the whole hashes come first: two codes
   * have the same order in every table.
   */
  private static int lowest(CodeTable table, long[] entries, int from, int to) {
    long lowestEntry = entries[from];
    boolean equal = true;
    for (int i = from + 1; i < to; i++) {
      int compared = Integer.compareUnsigned(hash(entries[i]), hash(lowestEntry));
      compared = compared == 0 ? table.compare((int) entries[i], (int) lowestEntry) : compared;
      equal &= compared == 0;
      lowestEntry = compared < 0 ? entries[i] : lowestEntry;
    }
    if (equal) {
      return to;
    }
    int end = from;
    for (int i = from; i < to; i++) {
      if (table.same((int) entries[i], (int) lowestEntry)) {
        long entry = entries[i];
        entries[i] = entries[end];
        entries[end++] = entry;
      }
    }
    Arrays.sort(entries, from, end);
    return end;
  }

  private static int hash(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  /** Where each code starts, instead of the flags; gives how many codes. */
  private static int starts(int[] documents, int[] starts, Workers workers) {
    int distinct = 0;
    for (int i = 0; i < documents.length; i++) {
      if (i % BLOCK == 0) {
        workers.check();
      }
      if (documents[i] < 0) {
        documents[i] ^= FIRST;
        starts[distinct++] = i;
      }
    }
    starts[distinct] = documents.length;
    return distinct;
  }

  private static CodeTable copy(
      CodeTable table,
      int[] starts,
      int[] documents,
      int distinct,
      Workers workers,
      Reservation memory) {
    int wordCount = table.wordCount();
    memory.reserve((long) Long.BYTES * distinct * wordCount, "[" + distinct + "] codes");
    long[] words = new long[distinct * wordCount];
    workers.run(
        (distinct + BLOCK - 1) / BLOCK,
        (worker, block) -> {
          workers.check();
          int end = (int) Math.min(distinct, (block + 1L) * BLOCK);
          for (int code = block * BLOCK; code < end; code++) {
            for (int word = 0; word < wordCount; word++) {
              words[code * wordCount + word] = table.word(documents[starts[code]], word);
            }
          }
        });
    return new CodeTable(table.bits(), distinct, words);
  }

  /** The codes, each once, by number. */
  public CodeTable codes() {
    return codes;
  }

  /** How many codes differ. */
  public int size() {
    return codes.size();
  }

  /** How many documents have a code. */
  public int count(int code) {
    return starts[code + 1] - starts[code];
  }

  /** One of the documents with a code, ascending. */
  public int document(int code, int index) {
    return documents[starts[code] + index];
  }
}
