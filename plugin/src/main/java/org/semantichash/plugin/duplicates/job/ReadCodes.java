// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.Arrays;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.plugin.duplicates.shard.CodeBatch;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.search.columns.WordColumns;

/** Codes that were read, with the document of each in its shard. Their memory is accounted. */
final class ReadCodes {

  private static final int START = 1 << 10;

  private final int bits;
  private final int wordCount;
  private final BreakerMemory memory;
  private long[] words = new long[0];
  private int[] documents = new int[0];
  private int size;

  ReadCodes(int bits, BreakerMemory memory) {
    this.bits = bits;
    this.wordCount = WordColumns.wordCount(bits);
    this.memory = memory;
  }

  /** How many codes there is room for at most, as an array has only so many words. */
  private int most() {
    return (Integer.MAX_VALUE - Long.BYTES) / wordCount;
  }

  /** Makes room for exactly so many codes, or for more than there is room for. */
  void reserve(long codes) {
    if (codes > most()) {
      throw new JoinResources.MemoryRefusedException(
          "["
              + codes
              + "] codes of ["
              + bits
              + "] bits are more than the ["
              + most()
              + "] that can be compared: take fewer documents");
    }
    if (codes > documents.length) {
      memory.require(bytes((int) codes));
      long before = bytes(documents.length);
      words = Arrays.copyOf(words, (int) codes * wordCount);
      documents = Arrays.copyOf(documents, (int) codes);
      memory.release(before);
    }
  }

  private long bytes(int codes) {
    return (long) codes * (wordCount * Long.BYTES + Integer.BYTES);
  }

  void add(CodeBatch batch) {
    add(batch.words(), batch.documents(), batch.size());
  }

  void add(ReadCodes other) {
    add(other.words, other.documents, other.size);
  }

  private void add(long[] moreWords, int[] moreDocuments, int count) {
    long needed = (long) size + count;
    if (needed > documents.length) {
      long larger = Math.max(START, documents.length + (long) (documents.length >> 1));
      reserve(Math.max(needed, Math.min(larger, most())));
    }
    System.arraycopy(moreWords, 0, words, size * wordCount, count * wordCount);
    System.arraycopy(moreDocuments, 0, documents, size, count);
    size += count;
  }

  /** Gives the memory back. */
  void clear() {
    memory.release(bytes(documents.length));
    words = new long[0];
    documents = new int[0];
    size = 0;
  }

  int size() {
    return size;
  }

  /** The document of a code in its shard. */
  int document(int code) {
    return documents[code];
  }

  /** The codes, not copied. */
  CodeTable table() {
    return new CodeTable(bits, size, words);
  }
}
