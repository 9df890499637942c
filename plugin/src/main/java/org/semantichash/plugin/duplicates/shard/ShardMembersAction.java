// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.mapper.IdLoader;
import org.elasticsearch.index.mapper.SeqNoFieldMapper;
import org.elasticsearch.index.seqno.SequenceNumbers;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReaders;
import org.semantichash.plugin.duplicates.shard.ShardReader.ReaderRequest;
import org.semantichash.plugin.server.ShardSearches;
import org.semantichash.plugin.wire.Frame;

/** Reads the ids of documents of a shard, with the same reader that gave their codes. */
public final class ShardMembersAction
    extends HandledTransportAction<
        ShardMembersAction.MembersRequest, ShardMembersAction.MembersResponse> {

  public static final ActionType<MembersResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/members[s]");

  private static final int CHECKED = 512; // documents between two checks for cancellation

  private final OpenReaders readers;

  @Inject
  public ShardMembersAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      OpenReaders readers) {
    super(
        TYPE.name(),
        transport,
        filters,
        MembersRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.readers = readers;
  }

  @Override
  protected void doExecute(
      Task task, MembersRequest request, ActionListener<MembersResponse> listener) {
    ActionListener.completeWith(
        listener,
        () -> {
          try (OpenReader open = readers.open(request, 0)) {
            CancellableTask cancellable = (CancellableTask) task;
            MembersResponse members = members(cancellable, request.documents, request.keep, open);
            return request.versions
                ? members.with(MemberVersions.of(cancellable, request.documents, open))
                : members;
          }
        });
  }

  static MembersResponse members(
      CancellableTask task, int[] documents, KeepPolicy policy, OpenReader open)
      throws IOException {
    IdLoader loader = ShardSearches.ids(open.reader().indexService());
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
    return new MembersResponse(ids, scores, null);
  }

  /** Which operation wrote each of some documents. */
  public static final class MemberVersions implements Writeable {

    private final long[] seqNos;
    private final long[] primaryTerms;

    /** None yet, of so many documents. */
    public MemberVersions(int documents) {
      this(new long[documents], new long[documents]);
    }

    MemberVersions(long[] seqNos, long[] primaryTerms) {
      assert seqNos.length == primaryTerms.length;
      this.seqNos = seqNos;
      this.primaryTerms = primaryTerms;
    }

    MemberVersions(StreamInput in) throws IOException {
      Frame body = Frame.open(in, "versions of members");
      this.seqNos = body.readLongArray();
      this.primaryTerms = body.readLongArray();
    }

    int size() {
      return seqNos.length;
    }

    /** The number of the operation on its shard; that of none where the index keeps none. */
    public long seqNo(int place) {
      return seqNos[place];
    }

    /** The term of the primary shard that did it. */
    public long primaryTerm(int place) {
      return primaryTerms[place];
    }

    /** Takes those of some documents from a place on. */
    public void put(int from, MemberVersions some) {
      System.arraycopy(some.seqNos, 0, seqNos, from, some.size());
      System.arraycopy(some.primaryTerms, 0, primaryTerms, from, some.size());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeLongArray(seqNos);
            body.writeLongArray(primaryTerms);
          });
    }

    static MemberVersions of(CancellableTask task, int[] documents, OpenReader open)
        throws IOException {
      long[] seqNos = new long[documents.length];
      long[] primaryTerms = new long[documents.length];
      DocumentIds.bySegment(
          open.searcher().getIndexReader(),
          documents,
          (segment, some, from) -> {
            LeafReader reader = segment.reader();
            NumericDocValues seqNo = DocValues.getNumeric(reader, SeqNoFieldMapper.NAME);
            NumericDocValues term =
                DocValues.getNumeric(reader, SeqNoFieldMapper.PRIMARY_TERM_NAME);
            for (int i = 0; i < some.length; i++) {
              if (i % CHECKED == 0) {
                task.ensureNotCancelled();
              }
              seqNos[from + i] = value(seqNo, some[i], SequenceNumbers.UNASSIGNED_SEQ_NO);
              primaryTerms[from + i] =
                  value(term, some[i], SequenceNumbers.UNASSIGNED_PRIMARY_TERM);
            }
          });
      return new MemberVersions(seqNos, primaryTerms);
    }

    private static long value(NumericDocValues values, int document, long none) throws IOException {
      return values.advanceExact(document) ? values.longValue() : none;
    }
  }

  /** Asks for the ids of some documents of a shard. */
  public static final class MembersRequest extends ReaderRequest {

    private final int[] documents;
    private final KeepPolicy keep;
    private final boolean versions;

    /**
     * Asks for documents.
     *
     * @param documents of the reader, ascending
     * @param keep how the kept ones are chosen
     * @param versions whether to tell which operation wrote each document
     */
    public MembersRequest(ShardReader reader, int[] documents, KeepPolicy keep, boolean versions) {
      super(reader);
      this.documents = documents;
      this.keep = keep;
      this.versions = versions;
    }

    MembersRequest(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "members of a shard");
      this.documents = body.readVIntArray();
      this.keep = body.read(KeepPolicy::new);
      this.versions = body.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(
          out,
          body -> {
            body.writeVIntArray(documents);
            keep.writeTo(body);
            body.writeBoolean(versions);
          });
    }
  }

  /** The ids of some documents of a shard, their scores for being kept, and their versions. */
  public static final class MembersResponse extends ActionResponse {

    private final String[] ids;
    private final long[] scores;
    private final MemberVersions versions; // null where nobody asked for them

    MembersResponse(String[] ids, long[] scores, MemberVersions versions) {
      assert versions == null || versions.size() == ids.length;
      this.ids = ids;
      this.scores = scores;
      this.versions = versions;
    }

    MembersResponse with(MemberVersions read) {
      return new MembersResponse(ids, scores, read);
    }

    public MembersResponse(StreamInput in) throws IOException {
      Frame body = Frame.open(in, "members of a shard");
      this.ids = body.readStringArray();
      this.scores = body.readLongArray();
      this.versions = body.readOptionalWriteable(MemberVersions::new);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeStringArray(ids);
            body.writeLongArray(scores);
            body.writeOptionalWriteable(versions);
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

    /** Which operations wrote the documents; null where nobody asked for it. */
    public MemberVersions versions() {
      return versions;
    }
  }
}
