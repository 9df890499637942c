// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReaders;
import org.semantichash.plugin.duplicates.shard.ShardReader.ReaderRequest;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.plugin.wire.Frame;

/**
 * Reads the texts of documents of a shard with the same reader that gave their codes, and so with
 * the rights of the caller, and sends their shingles instead of them.
 */
public final class ShardTextsAction
    extends HandledTransportAction<ShardTextsAction.TextsRequest, ShardTextsAction.TextsResponse> {

  public static final ActionType<TextsResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/texts[s]");

  private static final String LABEL = "[semantic_hash] texts of near duplicates, shard";
  private static final long BYTES = 4L << 20; // of shingles from which on a response is full
  private static final int CHARACTER_BYTES = 8; // of a text while its words are hashed
  private static final int CHECKED = 64; // documents between two checks for cancellation

  private final OpenReaders readers;

  @Inject
  public ShardTextsAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      OpenReaders readers) {
    super(
        TYPE.name(),
        transport,
        filters,
        TextsRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.readers = readers;
  }

  /** The memory of the shingles counts until they are written to the channel. */
  @Override
  protected void doExecute(
      Task task, TextsRequest request, ActionListener<TextsResponse> listener) {
    ActionListener.run(
        listener,
        l -> {
          try (OpenReader open = readers.open(request, 0);
              BreakerMemory memory =
                  new BreakerMemory(readers.search().getCircuitBreaker(), LABEL);
              Shingler shingler = new Shingler(request.shingle, request.counted)) {
            CancellableTask cancellable = (CancellableTask) task;
            List<ShingledText> texts =
                new TextRead(cancellable, request, open, memory, shingler).read();
            int[] read = Arrays.copyOf(request.documents, texts.size());
            MembersResponse members =
                ShardMembersAction.members(cancellable, read, request.keep, open);
            l.onResponse(new TextsResponse(members, texts));
          }
        });
  }

  /** Reads the texts of one request, until the response is full. */
  private record TextRead(
      CancellableTask task,
      TextsRequest request,
      OpenReader open,
      BreakerMemory memory,
      Shingler shingler) {

    List<ShingledText> read() throws IOException {
      List<ShingledText> texts = new ArrayList<>();
      long[] bytes = new long[1];
      IndexReader reader = open.searcher().getIndexReader();
      DocumentIds.bySegment(
          reader,
          request.documents,
          (segment, some, from) -> {
            TextField field = TextField.of(request.field, open.context(), segment, some);
            for (int i = 0; i < some.length && bytes[0] < BYTES; i++) {
              if (i % CHECKED == 0) {
                task.ensureNotCancelled();
              }
              ShingledText text = shingles(field.texts(some[i]));
              texts.add(text);
              bytes[0] += text == null ? 0 : text.bytes();
            }
          });
      return texts;
    }

    private ShingledText shingles(List<String> values) {
      long needed = CHARACTER_BYTES * values.stream().mapToLong(String::length).sum();
      memory.require(needed);
      ShingledText text = shingler.of(values);
      memory.release(needed);
      if (text != null) {
        memory.require(text.bytes());
      }
      return text;
    }
  }

  /** Asks for the texts of some documents of a shard. */
  public static final class TextsRequest extends ReaderRequest {

    private final int[] documents;
    private final KeepPolicy keep;
    private final String field;
    private final int shingle;
    private final boolean counted;

    /**
     * Asks for documents.
     *
     * @param documents of the reader, ascending
     * @param keep how the kept ones are chosen
     * @param field with the text
     * @param shingle words of a shingle
     * @param counted whether to count the shingles of a text
     */
    public TextsRequest(
        ShardReader reader,
        int[] documents,
        KeepPolicy keep,
        String field,
        int shingle,
        boolean counted) {
      super(reader);
      this.documents = documents;
      this.keep = keep;
      this.field = field;
      this.shingle = shingle;
      this.counted = counted;
    }

    TextsRequest(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "texts of a shard");
      this.documents = body.readVIntArray();
      this.keep = body.read(KeepPolicy::new);
      this.field = body.readString();
      this.shingle = body.readVInt();
      this.counted = body.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(
          out,
          body -> {
            body.writeVIntArray(documents);
            keep.writeTo(body);
            body.writeString(field);
            body.writeVInt(shingle);
            body.writeBoolean(counted);
          });
    }
  }

  /** The shingles of the first documents that were asked for, with their ids. */
  public static final class TextsResponse extends ActionResponse {

    private final MembersResponse members;
    private final List<ShingledText> texts;

    TextsResponse(MembersResponse members, List<ShingledText> texts) {
      this.members = members;
      this.texts = texts;
    }

    public TextsResponse(StreamInput in) throws IOException {
      Frame body = Frame.open(in, "texts of a shard");
      this.members = body.read(MembersResponse::new);
      this.texts = body.readCollectionAsList(TextsResponse::readText);
    }

    private static ShingledText readText(StreamInput in) throws IOException {
      return in.readBoolean()
          ? new ShingledText(
              in.readLong(), in.readLong(), in.readVInt(), in.readLongArray(), in.readVIntArray())
          : null;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            members.writeTo(body);
            body.writeCollection(texts, TextsResponse::writeText);
          });
    }

    private static void writeText(StreamOutput out, ShingledText text) throws IOException {
      out.writeBoolean(text != null);
      if (text != null) {
        out.writeLong(text.high());
        out.writeLong(text.low());
        out.writeVInt(text.words());
        out.writeLongArray(text.hashes());
        out.writeVIntArray(text.counts());
      }
    }

    /** The ids of the documents that were read, and their scores for being kept. */
    public MembersResponse members() {
      return members;
    }

    /** The text of each; null where it has no word. */
    public List<ShingledText> texts() {
      return texts;
    }
  }
}
