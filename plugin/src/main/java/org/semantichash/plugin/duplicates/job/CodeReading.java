// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.common.util.concurrent.ThrottledIterator;
import org.semantichash.plugin.duplicates.DuplicatesStatus;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.shard.CodeBatch;
import org.semantichash.plugin.duplicates.shard.CodesRequest;
import org.semantichash.plugin.duplicates.shard.CodesResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.search.columns.WordColumns;

/** Reads the codes of all shards: batch after batch of a shard, of some shards at the same time. */
final class CodeReading {

  private static final int CODES = 1 << 16; // of a batch, at most
  private static final int WORDS = 1 << 19; // of a batch, 4 MB
  private static final int SHARDS = 4; // at the same time

  private final ShardCalls calls;
  private final List<ShardReader> readers;
  private final Map<String, CodesRequest.Wanted> wanted;
  private final DuplicatesTask task;
  private final int bits;
  private final int limit;
  private final BreakerMemory memory;
  private final List<ReadCodes> read = new ArrayList<>();
  private long counted;
  private long codes;
  private long withoutTerms;
  private volatile boolean failed;

  /**
   * A reading.
   *
   * @param wanted what is asked, by UUID of the index
   */
  CodeReading(
      ShardCalls calls,
      List<ShardReader> readers,
      Map<String, CodesRequest.Wanted> wanted,
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
    readers.forEach(reader -> read.add(new ReadCodes(bits, memory)));
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
      listener.onResponse(null); // who failed has said so
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
  Corpus corpus() {
    ReadCodes all = new ReadCodes(bits, memory);
    all.reserve(codes);
    int[] starts = new int[read.size() + 1];
    for (int shard = 0; shard < read.size(); shard++) {
      all.add(read.get(shard));
      read.get(shard).clear();
      starts[shard + 1] = all.size();
    }
    return new Corpus(readers, starts, all, counted, withoutTerms);
  }
}
