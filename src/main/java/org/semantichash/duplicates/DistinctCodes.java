/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.duplicates;

import java.util.Arrays;

/**
 * The codes of a table that differ, numbered by the first document that has them, and the documents
 * of each. A document is the index of a code in the table.
 */
public final class DistinctCodes {

  private static final int BLOCK = 1 << 16;

  private final CodeTable codes;
  private final int[] starts; // [distinct codes + 1]
  private final int[] documents; // by distinct code, ascending

  private DistinctCodes(CodeTable codes, int[] starts, int[] documents) {
    this.codes = codes;
    this.starts = starts;
    this.documents = documents;
  }

  static DistinctCodes of(CodeTable table, Workers workers, Work work, Reservation memory) {
    int size = table.size();
    memory.reserve(3L * Integer.BYTES * (size + 1), "[" + size + "] documents");
    int[] firsts = firsts(table, workers, work, memory);
    int[] starts = new int[size + 1];
    int distinct = number(firsts, starts, work);
    int[] documents = new int[size];
    for (int document = 0; document < size; document++) {
      if (document % BLOCK == 0) {
        work.check();
      }
      documents[starts[firsts[document]]++] = document;
    }
    System.arraycopy(starts, 0, starts, 1, distinct);
    starts[0] = 0;
    CodeTable codes = distinct == size ? table : copy(table, starts, documents, distinct, memory);
    memory.release((long) Integer.BYTES * (size + 1));
    return new DistinctCodes(codes, starts, documents);
  }

  /** The first document with the same code, for each. */
  private static int[] firsts(CodeTable table, Workers workers, Work work, Reservation memory) {
    int size = table.size();
    long bytes = HashOrder.bytes(size, workers.threads());
    memory.reserve(bytes, "[" + size + "] documents");
    int[] firsts = new int[size];
    HashOrder order = new HashOrder(Subset.all(table), workers, work);
    order.fill(MaskedHash.ofAllBits(table));
    EntrySort[] sorts = new EntrySort[workers.threads()];
    Arrays.setAll(sorts, i -> new EntrySort(work, memory));
    workers.run(
        order.partitions(),
        (worker, partition) -> {
          order.sort(partition, sorts[worker]);
          for (int from = order.start(partition); from < order.start(partition + 1); ) {
            int to = order.runEnd(from, partition);
            separate(table, order.entries(), from, to, firsts);
            from = to;
          }
          work.advance(1.0 / order.partitions());
        });
    for (EntrySort sort : sorts) {
      sort.close();
    }
    memory.release(bytes);
    return firsts;
  }

  /** Codes with the same hash: almost always they are equal. */
  private static void separate(CodeTable table, long[] entries, int from, int to, int[] firsts) {
    int end = to;
    for (int start = from; start < end; ) {
      int first = (int) entries[start];
      int others = start;
      for (int i = start; i < end; i++) {
        int document = (int) entries[i];
        if (table.same(first, document)) {
          firsts[document] = first;
        } else {
          entries[others++] = entries[i];
        }
      }
      end = others;
    }
  }

  /** Replaces first documents by numbers of codes, counts to starts; gives how many codes. */
  private static int number(int[] firsts, int[] starts, Work work) {
    int distinct = 0;
    for (int document = 0; document < firsts.length; document++) {
      if (document % BLOCK == 0) {
        work.check();
      }
      int first = firsts[document];
      int code = first == document ? distinct++ : firsts[first];
      firsts[document] = code;
      starts[code]++;
    }
    int sum = 0;
    for (int code = 0; code < distinct; code++) {
      int count = starts[code];
      starts[code] = sum;
      sum += count;
    }
    return distinct;
  }

  private static CodeTable copy(
      CodeTable table, int[] starts, int[] documents, int distinct, Reservation memory) {
    int wordCount = table.wordCount();
    memory.reserve((long) Long.BYTES * distinct * wordCount, "[" + distinct + "] codes");
    long[] words = new long[distinct * wordCount];
    for (int code = 0; code < distinct; code++) {
      for (int word = 0; word < wordCount; word++) {
        words[code * wordCount + word] = table.word(documents[starts[code]], word);
      }
    }
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
