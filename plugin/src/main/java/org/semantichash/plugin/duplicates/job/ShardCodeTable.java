// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import static org.elasticsearch.core.Strings.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.util.FixedBitSet;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.common.util.concurrent.ThrottledIterator;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.duplicates.job.ShardCodeTable.CodeBuffer;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodeBatch;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ShardCalls;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.search.columns.WordColumns;

/**
 * The codes of all shards, in the order of the shards and of their documents.
 *
 * @param readers of the shards
 * @param starts the first code of each shard, [shards + 1]
 * @param codes the codes of all shards
 * @param counted how many documents count, with and without codes
 * @param withoutTerms how many of them were left out, as they have the code of texts without known
 *     terms
 */
@SuppressWarnings("ArrayRecordComponent") // many codes: shared, never compared
record ShardCodeTable(
    List<ShardReader> readers, int[] starts, CodeBuffer codes, long counted, long withoutTerms) {

  /** The place of the shard of a code. */
  int shard(int code) {
    assert code >= 0 && code < codes.size() : "no code [" + code + "]";
    int found = Arrays.binarySearch(starts, code);
    if (found < 0) {
      return -2 - found;
    }
    while (starts[found + 1] == code) {
      found++; // shards without codes
    }
    return found;
  }

  /** The first code behind the codes of a shard. */
  int end(int shard) {
    return starts[shard + 1];
  }

  ShardReader reader(int shard) {
    return readers.get(shard);
  }

  /** The name of the index that has a code. */
  String index(int code) {
    return reader(shard(code)).shard().getIndexName();
  }

  /** How many documents have no code. */
  long withoutCode() {
    return counted - withoutTerms - codes.size();
  }

  /**
   * The same shards with some of the codes.
   *
   * @param some ascending
   */
  ShardCodeTable only(int[] some, BreakerMemory memory) {
    if (some.length == codes.size()) {
      return this;
    }
    CodeBuffer kept = new CodeBuffer(codes.bits, memory);
    kept.add(codes, some);
    int[] ends = new int[starts.length];
    for (int shard = 1; shard < ends.length; shard++) {
      int found = Arrays.binarySearch(some, starts[shard]);
      ends[shard] = found < 0 ? -1 - found : found;
    }
    return new ShardCodeTable(readers, ends, kept, counted, withoutTerms);
  }

  /** Codes that were read, with the document of each in its shard. Their memory is accounted. */
  static final class CodeBuffer {

    private static final int START = 1 << 10;

    private final int bits;
    private final int wordCount;
    private final BreakerMemory memory;
    private long[] words = new long[0];
    private int[] documents = new int[0];
    private int[] newCodes = new int[0];
    private int newCount;
    private int size;

    CodeBuffer(int bits, BreakerMemory memory) {
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
            format(
                "[%s] codes of [%s] bits are more than the [%s] that can be compared: take"
                    + " fewer documents",
                codes, bits, most()));
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
      addNew(batch.newCodes(), batch.newCodes().length);
      add(batch.words(), batch.documents(), batch.size());
    }

    void add(CodeBuffer other) {
      addNew(other.newCodes, other.newCount);
      add(other.words, other.documents, other.size);
    }

    /** Adds some codes of another buffer. */
    private void add(CodeBuffer other, int[] some) {
      reserve(some.length);
      for (int code : some) {
        System.arraycopy(other.words, code * wordCount, words, size * wordCount, wordCount);
        documents[size++] = other.documents[code];
      }
    }

    /** The places of new codes among those that are added next. */
    private void addNew(int[] places, int count) {
      if (newCount + count > newCodes.length) {
        int larger = Math.max(newCount + count, newCodes.length + (newCodes.length >> 1));
        memory.require((long) Integer.BYTES * (larger - newCodes.length));
        newCodes = Arrays.copyOf(newCodes, larger);
      }
      for (int i = 0; i < count; i++) {
        newCodes[newCount++] = size + places[i];
      }
    }

    /** Which codes are of new documents, [codes]. Its memory is accounted. */
    FixedBitSet isNew() {
      memory.require((long) Long.BYTES * FixedBitSet.bits2words(size));
      FixedBitSet isNew = new FixedBitSet(size);
      for (int i = 0; i < newCount; i++) {
        isNew.set(newCodes[i]);
      }
      return isNew;
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
      memory.release(bytes(documents.length) + (long) Integer.BYTES * newCodes.length);
      words = new long[0];
      documents = new int[0];
      newCodes = new int[0];
      newCount = 0;
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

  /**
   * Reads the codes of all shards: batch after batch of a shard, of some shards at the same time.
   */
  static final class ShardCodeReader {

    private static final int CODES = 1 << 16; // of a batch, at most
    private static final int WORDS = 1 << 19; // of a batch, 4 MB
    private static final int SHARDS = 4; // at the same time

    private final ShardCalls calls;
    private final List<ShardReader> readers;
    private final Map<String, CodesRequest.CodesQuery> wanted;
    private final DuplicatesTask task;
    private final int bits;
    private final int limit;
    private final BreakerMemory memory;
    private final List<CodeBuffer> read = new ArrayList<>();
    private long counted;
    private long codes;
    private long withoutTerms;
    private volatile boolean failed;

    /**
     * Reads with the readers of a point in time.
     *
     * @param wanted the query for codes, by UUID of the index
     */
    ShardCodeReader(
        ShardCalls calls,
        List<ShardReader> readers,
        Map<String, CodesRequest.CodesQuery> wanted,
        int bits,
        DuplicatesTask task,
        BreakerMemory memory) {
      this.calls = calls;
      this.readers = readers;
      this.wanted = wanted;
      this.task = task;
      this.bits = bits;
      this.limit = Math.min(CODES, WORDS / WordColumns.wordCount(bits));
      this.memory = memory;
      readers.forEach(reader -> read.add(new CodeBuffer(bits, memory)));
    }

    /** Reads, and tells when everything is there. */
    void run(ActionListener<Void> listener) {
      RefCountingListener all = new RefCountingListener(listener);
      ThrottledIterator.run(
          IntStream.range(0, readers.size()).iterator(),
          (done, shard) -> next(shard, 0, ActionListener.releaseAfter(all.acquire(), done)),
          SHARDS,
          all::close);
    }

    private void next(int shard, int from, ActionListener<Void> listener) {
      if (task.notifyIfCancelled(listener)) {
        return;
      }
      if (failed) {
        listener.onResponse(null); // the shard that failed has told the listener
        return;
      }
      ShardReader reader = readers.get(shard);
      CodesRequest request =
          new CodesRequest(reader, wanted.get(reader.shard().getIndex().getUUID()), from, limit);
      calls.codes(
          reader,
          request,
          new ActionListener<>() {
            @Override
            public void onResponse(CodesResponse response) {
              ActionListener.run(listener, l -> added(shard, response.batch(), l));
            }

            @Override
            public void onFailure(Exception e) {
              failed = true;
              listener.onFailure(e);
            }
          });
    }

    private void added(int shard, CodeBatch batch, ActionListener<Void> listener) {
      try {
        read.get(shard).add(batch);
      } catch (RuntimeException e) {
        failed = true;
        throw e;
      }
      report(batch);
      if (batch.next() == CodeBatch.END) {
        listener.onResponse(null);
      } else {
        next(shard, batch.next(), listener);
      }
    }

    private synchronized void report(CodeBatch batch) {
      counted += batch.counted();
      codes += batch.size();
      withoutTerms += batch.withoutTerms();
      task.report(new DuplicatesStatus(DuplicatesStatus.Phase.READING, 0, counted, codes, 0));
    }

    /** All that was read, in the order of the shards. */
    ShardCodeTable table() {
      CodeBuffer all = new CodeBuffer(bits, memory);
      all.reserve(codes);
      int[] starts = new int[read.size() + 1];
      for (int shard = 0; shard < read.size(); shard++) {
        all.add(read.get(shard));
        read.get(shard).clear();
        starts[shard + 1] = all.size();
      }
      assert all.size() == codes
          : "[" + all.size() + "] codes of [" + codes + "] that were counted";
      return new ShardCodeTable(readers, starts, all, counted, withoutTerms);
    }
  }
}
