// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.util.FixedBitSet;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.OpenReaders;
import org.semantichash.plugin.duplicates.shard.ShardReader.ReaderRequest;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.memory.NodeColumns;
import org.semantichash.plugin.memory.NodeColumns.ColumnsMode;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.wire.Frame;
import org.semantichash.search.columns.ColumnSource;

/** Sends the codes of a shard, batch by batch, to the node that compares them. */
public final class ShardCodesAction
    extends HandledTransportAction<ShardCodesAction.CodesRequest, ShardCodesAction.CodesResponse> {

  public static final ActionType<CodesResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/codes[s]");

  private static final String LABEL = "[semantic_hash] near duplicates, shard";
  private static final String MATCHING = "semantic_hash.matching";
  private static final String NEW = "semantic_hash.new";

  private final OpenReaders readers;
  private final NodeColumns columns;

  @Inject
  public ShardCodesAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      OpenReaders readers,
      NodeColumns columns) {
    super(
        TYPE.name(),
        transport,
        filters,
        CodesRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.readers = readers;
    this.columns = columns;
  }

  @Override
  protected void doExecute(
      Task task, CodesRequest request, ActionListener<CodesResponse> listener) {
    ActionListener.run(
        listener,
        l -> {
          try (OpenReader open = readers.open(request, request.codesQuery().now())) {
            answer((CancellableTask) task, request, open, l);
          }
        });
  }

  /** The memory of a batch counts until it is written to the channel. */
  private void answer(
      CancellableTask task,
      CodesRequest request,
      OpenReader open,
      ActionListener<CodesResponse> listener)
      throws IOException {
    task.ensureNotCancelled();
    SearchExecutionContext context = open.context();
    ShardFields fields = ShardFields.of(request.codesQuery(), context);
    if (request.limit() == 0) {
      listener.onResponse(new CodesResponse(fields, CodeBatch.EMPTY));
      return;
    }
    HashCodeFieldType type = ShardFields.codes(request.codesQuery().field(), context);
    QueryBuilder newDocuments = request.codesQuery().newDocuments();
    FixedBitSet matching = matching(task, request.codesQuery().query(), MATCHING, open);
    FixedBitSet isNew = newDocuments == null ? null : matching(task, newDocuments, NEW, open);
    int maxDoc = open.searcher().getIndexReader().maxDoc();
    int limit = Math.min(request.limit(), Math.max(1, maxDoc));
    boolean off = ColumnsMode.of(context.getIndexSettings()) == ColumnsMode.OFF;
    Releasable memory = reserve(2 * CodeBatchReader.bytes(type.bits(), limit));
    try {
      CodeBatch batch =
          new CodeBatchReader(
                  type,
                  off ? ColumnSource.NONE : columns,
                  matching,
                  isNew,
                  limit,
                  request.codesQuery().emptyCode().bytes(type.bits()))
              .read(open.searcher().getIndexReader(), request.from());
      listener.onResponse(new CodesResponse(fields, batch));
    } finally {
      memory.close();
    }
  }

  private Releasable reserve(long bytes) {
    CircuitBreaker breaker = readers.search().getCircuitBreaker();
    breaker.addEstimateBytesAndMaybeBreak(bytes, LABEL);
    return () -> breaker.addWithoutBreaking(-bytes);
  }

  /** Searched with the first batch and kept with the reader, so that all batches agree. */
  private FixedBitSet matching(
      CancellableTask task, QueryBuilder query, String name, OpenReader open) throws IOException {
    ReaderContext reader = open.reader();
    FixedBitSet kept = reader.getFromContext(name);
    if (kept != null) {
      return kept;
    }
    DocumentFilter documents = DocumentFilter.of(query, open.context());
    if (documents == null) {
      return null;
    }
    Releasable memory = reserve(DocumentFilter.bytes(open.searcher().getIndexReader().maxDoc()));
    boolean success = false;
    try {
      FixedBitSet found = documents.search(task::ensureNotCancelled);
      reader.putInContext(name, found);
      reader.addOnClose(memory);
      success = true;
      return found;
    } finally {
      if (success == false) {
        memory.close();
      }
    }
  }

  /** Asks for the next codes of a shard. */
  public static final class CodesRequest extends ReaderRequest {

    /**
     * What is asked of every shard of an index.
     *
     * @param field the field with the codes
     * @param query the documents that count, the alias's filter included; null for all
     * @param keep what will be asked of some documents later, checked now
     * @param now what a query takes for the time, in milliseconds since 1970
     * @param emptyCode the code of the index's texts without known terms, whose documents are only
     *     counted
     * @param textField the field whose texts will be asked for later, checked now; null for none
     * @param newDocuments which documents are new; null when nobody asks
     */
    public record CodesQuery(
        String field,
        QueryBuilder query,
        KeepPolicy keep,
        long now,
        EmptyCode emptyCode,
        String textField,
        QueryBuilder newDocuments)
        implements Writeable {

      /** Knows no code that says nothing. */
      public CodesQuery(
          String field,
          QueryBuilder query,
          KeepPolicy keep,
          long now,
          String textField,
          QueryBuilder newDocuments) {
        this(field, query, keep, now, EmptyCode.NONE, textField, newDocuments);
      }

      CodesQuery(StreamInput in) throws IOException {
        this(Frame.open(in, "codes of a shard"));
      }

      private CodesQuery(Frame body) throws IOException {
        this(
            body.readString(),
            body.readOptionalNamedWriteable(QueryBuilder.class),
            body.read(KeepPolicy::new),
            body.readLong(),
            body.readOr(EmptyCode.NONE, EmptyCode::new),
            body.readOr(null, StreamInput::readOptionalString),
            body.readOr(null, more -> more.readOptionalNamedWriteable(QueryBuilder.class)));
      }

      @Override
      public void writeTo(StreamOutput out) throws IOException {
        Frame.write(
            out,
            body -> {
              body.writeString(field);
              body.writeOptionalNamedWriteable(query);
              keep.writeTo(body);
              body.writeLong(now);
              emptyCode.writeTo(body);
              body.writeOptionalString(textField);
              body.writeOptionalNamedWriteable(newDocuments);
            });
      }

      /** The same without the documents of texts without known terms. */
      public CodesQuery withEmptyCode(EmptyCode code) {
        return new CodesQuery(field, query, keep, now, code, textField, newDocuments);
      }
    }

    private final CodesQuery wanted;
    private final int from;
    private final int limit;

    /**
     * Asks for codes.
     *
     * @param from the first document of the shard that is read
     * @param limit how many codes, at most; 0 only checks the fields and keeps the reader open
     */
    public CodesRequest(ShardReader reader, CodesQuery wanted, int from, int limit) {
      super(reader);
      this.wanted = wanted;
      this.from = from;
      this.limit = limit;
    }

    CodesRequest(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "codes of a shard");
      this.wanted = body.read(CodesQuery::new);
      this.from = body.readVInt();
      this.limit = body.readVInt();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(
          out,
          body -> {
            wanted.writeTo(body);
            body.writeVInt(from);
            body.writeVInt(limit);
          });
    }

    CodesQuery codesQuery() {
      return wanted;
    }

    int from() {
      return from;
    }

    int limit() {
      return limit;
    }
  }

  /** Some codes of a shard. */
  public static final class CodesResponse extends ActionResponse {

    private final ShardFields fields;
    private final CodeBatch batch;

    CodesResponse(ShardFields fields, CodeBatch batch) {
      this.fields = fields;
      this.batch = batch;
    }

    public CodesResponse(StreamInput in) throws IOException {
      Frame body = Frame.open(in, "codes of a shard");
      this.fields = body.read(ShardFields::new);
      this.batch = body.read(CodeBatch::new);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            fields.writeTo(body);
            batch.writeTo(body);
          });
    }

    /** What the index says of its fields. */
    public ShardFields fields() {
      return fields;
    }

    public CodeBatch batch() {
      return batch;
    }
  }

  /**
   * Some codes of a shard, in the order of their documents.
   *
   * @param words the codes, [codes x words of a code], as WordColumns has them; not to be changed
   * @param documents the document of each code in the shard's reader, [codes]; not to be changed
   * @param counted how many documents were looked at that count
   * @param next the document to go on with; {@link #END} when there are no more
   * @param withoutTerms how many of them have the code of texts without known terms, and so are
   *     left out
   * @param newCodes the places of the codes of new documents, ascending; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // many codes: shared, never compared
  public record CodeBatch(
      long[] words, int[] documents, int counted, int next, int withoutTerms, int[] newCodes)
      implements Writeable {

    /** Behind the last document. */
    public static final int END = -1;

    private static final int[] NONE = new int[0];

    /** No codes: nothing was asked for. */
    static final CodeBatch EMPTY = new CodeBatch(new long[0], new int[0], 0, 0, 0, NONE);

    CodeBatch(StreamInput in) throws IOException {
      this(Frame.open(in, "codes of a shard"));
    }

    private CodeBatch(Frame body) throws IOException {
      this(
          body.readLongArray(),
          body.readVIntArray(),
          body.readVInt(),
          body.readInt(),
          body.readOr(0, StreamInput::readVInt),
          body.readOr(NONE, StreamInput::readVIntArray));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeLongArray(words);
            body.writeVIntArray(documents);
            body.writeVInt(counted);
            body.writeInt(next);
            body.writeVInt(withoutTerms);
            body.writeVIntArray(newCodes);
          });
    }

    public int size() {
      return documents.length;
    }
  }
}
