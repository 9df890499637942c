// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.common.util.concurrent.ThrottledIterator;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.TextVerification.TextSource;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.VerifyOptions;
import org.semantichash.plugin.duplicates.shard.ShardFields;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ShardCalls;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction.TextsRequest;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction.TextsResponse;
import org.semantichash.plugin.memory.BreakerMemory;

/** Reads the texts of documents from their shards, of some shards at the same time. */
final class ShardTexts implements TextSource {

  private static final int SHARDS = 4; // at the same time
  private static final int DOCUMENTS = 4096; // of one request

  private final ShardCodeTable table;
  private final BlockingCalls waiting;
  private final ShardCalls calls;
  private final DuplicatesTask task;
  private final DuplicatesOptions options;
  private final Map<String, ShardFields> fields;
  private final BreakerMemory memory;

  /**
   * Reads from the shards of a table.
   *
   * @param fields of the indices by name; documents of one without the field have no text
   */
  ShardTexts(
      ShardCodeTable table,
      BlockingCalls waiting,
      ShardCalls calls,
      DuplicatesTask task,
      DuplicatesOptions options,
      Map<String, ShardFields> fields,
      BreakerMemory memory) {
    this.table = table;
    this.waiting = waiting;
    this.calls = calls;
    this.task = task;
    this.options = options;
    this.fields = fields;
    this.memory = memory;
  }

  @Override
  public Texts read(int[] documents) {
    ReadTexts texts = new ReadTexts(documents);
    waiting.await(texts::readAll);
    return texts;
  }

  /** Texts of some documents, in their order. */
  private final class ReadTexts implements Texts {

    /** Documents of one shard, from a place on. */
    private record ShardRange(int shard, int from, int to) {}

    private static final int DOCUMENT_BYTES = 80; // its id, its score, references

    private final int[] documents;
    private final ShingledText[] texts;
    private final String[] ids;
    private final long[] scores;
    private long bytes;
    private volatile boolean failed;

    ReadTexts(int[] documents) {
      this.documents = documents;
      require((long) documents.length * DOCUMENT_BYTES);
      this.texts = new ShingledText[documents.length];
      this.ids = new String[documents.length];
      this.scores = new long[documents.length];
    }

    private synchronized void require(long more) {
      memory.require(more);
      bytes += more;
    }

    void readAll(ActionListener<Void> listener) {
      RefCountingListener all = new RefCountingListener(listener);
      ThrottledIterator.run(
          ranges().iterator(),
          (done, range) -> next(range, ActionListener.releaseAfter(all.acquire(), done)),
          SHARDS,
          all::close);
    }

    private List<ShardRange> ranges() {
      List<ShardRange> ranges = new ArrayList<>();
      for (int from = 0; from < documents.length; ) {
        int shard = table.shard(documents[from]);
        int found = Arrays.binarySearch(documents, from, documents.length, table.end(shard));
        int to = found < 0 ? -1 - found : found;
        if (fields.get(table.reader(shard).shard().getIndexName()).hasText()) {
          ranges.add(new ShardRange(shard, from, to));
        }
        from = to;
      }
      return ranges;
    }

    private void next(ShardRange range, ActionListener<Void> listener) {
      if (task.notifyIfCancelled(listener)) {
        return;
      }
      if (failed || range.from() == range.to()) {
        listener.onResponse(null); // a shard that failed has told the listener
        return;
      }
      ShardReader reader = table.reader(range.shard());
      VerifyOptions verify = options.verify();
      int end = Math.min(range.to(), range.from() + DOCUMENTS);
      TextsRequest request =
          new TextsRequest(
              reader,
              Arrays.stream(documents, range.from(), end).map(table.codes()::document).toArray(),
              options.keep(),
              verify.field(),
              verify.shingle(),
              verify.criterion().similarity().counts());
      calls.texts(
          reader,
          request,
          new ActionListener<>() {
            @Override
            public void onResponse(TextsResponse response) {
              ActionListener.run(listener, l -> add(range, response, l));
            }

            @Override
            public void onFailure(Exception e) {
              failed = true;
              listener.onFailure(e);
            }
          });
    }

    private void add(ShardRange range, TextsResponse response, ActionListener<Void> listener) {
      int count = response.texts().size();
      assert count > 0 : "no progress in " + range;
      long more = 0;
      for (int i = 0; i < count; i++) {
        int place = range.from() + i;
        texts[place] = response.texts().get(i);
        ids[place] = response.members().ids()[i];
        scores[place] = response.members().scores()[i];
        more += ids[place].length() + (texts[place] == null ? 0 : texts[place].bytes());
      }
      try {
        require(more);
      } catch (RuntimeException e) {
        failed = true;
        throw e;
      }
      next(new ShardRange(range.shard(), range.from() + count, range.to()), listener);
    }

    @Override
    public ShingledText text(int place) {
      return texts[place];
    }

    /** As groups are shown: the highest score first, then by id, then by index. */
    @Override
    public int compareKept(int place, int other) {
      int compared = Long.compare(scores[other], scores[place]);
      if (compared == 0) {
        compared = ids[place].compareTo(ids[other]);
      }
      return compared == 0
          ? table.index(documents[place]).compareTo(table.index(documents[other]))
          : compared;
    }

    @Override
    public synchronized void close() {
      memory.release(bytes);
      bytes = 0;
    }
  }
}
