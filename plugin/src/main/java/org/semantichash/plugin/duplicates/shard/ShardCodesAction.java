// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.util.FixedBitSet;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.columns.ColumnsMode;
import org.semantichash.plugin.columns.NodeColumns;
import org.semantichash.plugin.mapper.HashCodeFieldType;
import org.semantichash.search.columns.ColumnSource;

/** Gives codes of a shard, batch by batch, to the node that compares them. */
public final class ShardCodesAction extends HandledTransportAction<CodesRequest, CodesResponse> {

  /** Its name. */
  public static final ActionType<CodesResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/codes[s]");

  private static final String LABEL = "[semantic_hash] near duplicates, shard";
  private static final String MATCHING = "semantic_hash.matching";

  private final SearchService search;
  private final NodeColumns columns;

  /** Made by the node. */
  @Inject
  public ShardCodesAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      SearchService search,
      NodeColumns columns) {
    super(
        TYPE.name(),
        transport,
        filters,
        CodesRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.search = search;
    this.columns = columns;
  }

  @Override
  protected void doExecute(
      Task task, CodesRequest request, ActionListener<CodesResponse> listener) {
    ActionListener.run(
        listener,
        l -> {
          try (OpenReader open = OpenReader.of(search, request, request.wanted().now())) {
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
    SearchedFields fields = SearchedFields.of(request.wanted(), context);
    if (request.limit() == 0) {
      listener.onResponse(new CodesResponse(fields, CodeBatch.EMPTY));
      return;
    }
    HashCodeFieldType type = SearchedFields.codes(request.wanted().field(), context);
    FixedBitSet matching = matching(task, request, open);
    int maxDoc = open.searcher().getIndexReader().maxDoc();
    int limit = Math.min(request.limit(), Math.max(1, maxDoc));
    boolean off = ColumnsMode.of(context.getIndexSettings()) == ColumnsMode.OFF;
    Releasable memory = reserve(2 * ShardCodes.bytes(type.bits(), limit));
    try {
      CodeBatch batch =
          new ShardCodes(
                  type,
                  off ? ColumnSource.NONE : columns,
                  matching,
                  limit,
                  request.wanted().emptyCode().bytes(type.bits()))
              .read(open.searcher().getIndexReader(), request.from());
      listener.onResponse(new CodesResponse(fields, batch));
    } finally {
      memory.close();
    }
  }

  private Releasable reserve(long bytes) {
    CircuitBreaker breaker = search.getCircuitBreaker();
    breaker.addEstimateBytesAndMaybeBreak(bytes, LABEL);
    return () -> breaker.addWithoutBreaking(-bytes);
  }

  /** Searched with the first batch and kept with the reader, so that all batches agree. */
  private FixedBitSet matching(CancellableTask task, CodesRequest request, OpenReader open)
      throws IOException {
    ReaderContext reader = open.reader();
    FixedBitSet kept = reader.getFromContext(MATCHING);
    if (kept != null) {
      return kept;
    }
    MatchingDocuments documents = MatchingDocuments.of(request.wanted().query(), open.context());
    if (documents == null) {
      return null;
    }
    Releasable memory = reserve(MatchingDocuments.bytes(open.searcher().getIndexReader().maxDoc()));
    boolean success = false;
    try {
      FixedBitSet found = documents.search(task::ensureNotCancelled);
      reader.putInContext(MATCHING, found);
      reader.addOnClose(memory);
      success = true;
      return found;
    } finally {
      if (success == false) {
        memory.close();
      }
    }
  }
}
