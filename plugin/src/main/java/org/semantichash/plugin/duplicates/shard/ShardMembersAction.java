// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.mapper.IdLoader;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ReaderRequest;
import org.semantichash.plugin.wire.Frame;

/** Reads the ids of documents of a shard, with the same reader that gave their codes. */
public final class ShardMembersAction
    extends HandledTransportAction<
        ShardMembersAction.MembersRequest, ShardMembersAction.MembersResponse> {

  public static final ActionType<MembersResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/members[s]");

  private static final int CHECKED = 512; // documents between two checks for cancellation

  private final SearchService search;

  @Inject
  public ShardMembersAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      SearchService search) {
    super(
        TYPE.name(),
        transport,
        filters,
        MembersRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.search = search;
  }

  @Override
  protected void doExecute(
      Task task, MembersRequest request, ActionListener<MembersResponse> listener) {
    ActionListener.completeWith(
        listener,
        () -> {
          try (OpenReader open = OpenReader.of(search, request, 0)) {
            return members((CancellableTask) task, request.documents, request.keep, open);
          }
        });
  }

  static MembersResponse members(
      CancellableTask task, int[] documents, KeepPolicy policy, OpenReader open)
      throws IOException {
    var index = open.reader().indexService();
    IdLoader loader =
        IdLoader.create(index.getIndexSettings(), index.mapperService().mappingLookup());
    IndexReader reader = open.searcher().getIndexReader();
    String[] ids = new DocumentIds(reader, loader, task::ensureNotCancelled).read(documents);
    long[] scores = new long[documents.length];
    DocumentIds.bySegment(
        reader,
        documents,
        (segment, some, from) -> {
          KeepScores keep = KeepScores.of(policy, open.context(), segment);
          for (int i = 0; i < some.length; i++) {
            if (i % CHECKED == 0) {
              task.ensureNotCancelled();
            }
            scores[from + i] = keep.score(some[i]);
          }
        });
    return new MembersResponse(ids, scores);
  }

  /** Asks for the ids of some documents of a shard. */
  public static final class MembersRequest extends ReaderRequest {

    private final int[] documents;
    private final KeepPolicy keep;

    /**
     * Asks for documents.
     *
     * @param documents of the reader, ascending
     * @param keep how the kept ones are chosen
     */
    public MembersRequest(ShardReader reader, int[] documents, KeepPolicy keep) {
      super(reader);
      this.documents = documents;
      this.keep = keep;
    }

    MembersRequest(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "members of a shard");
      this.documents = body.readVIntArray();
      this.keep = body.read(KeepPolicy::new);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(
          out,
          body -> {
            body.writeVIntArray(documents);
            keep.writeTo(body);
          });
    }
  }

  /** The ids of some documents of a shard, and their scores for being kept. */
  public static final class MembersResponse extends ActionResponse {

    private final String[] ids;
    private final long[] scores;

    MembersResponse(String[] ids, long[] scores) {
      this.ids = ids;
      this.scores = scores;
    }

    public MembersResponse(StreamInput in) throws IOException {
      Frame body = Frame.open(in, "members of a shard");
      this.ids = body.readStringArray();
      this.scores = body.readLongArray();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeStringArray(ids);
            body.writeLongArray(scores);
          });
    }

    /** The id of each document that was asked for. */
    public String[] ids() {
      return ids;
    }

    /** By what the kept document is chosen; the highest number wins. */
    public long[] scores() {
      return scores;
    }
  }
}
