// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.StoredJob;

/** Shows its owner how a search of near-duplicates is, and a page of what it has found. */
public final class GetDuplicates extends TransportAction<ResultRequest, JsonResponse> {

  /** Its name. */
  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/get");

  private final DuplicatesResults results;
  private final NodeClient client;

  /** Made by the node. */
  @Inject
  public GetDuplicates(
      ActionFilters filters,
      TransportService transport,
      DuplicatesResults results,
      NodeClient client) {
    super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.results = results;
    this.client = client;
  }

  @Override
  protected void doExecute(
      Task task, ResultRequest request, ActionListener<JsonResponse> listener) {
    results.open(
        request.id(),
        request.asked(),
        Caller.of(client.threadPool().getThreadContext()),
        request.keepAlive(),
        listener.delegateFailureAndWrap(
            (l, job) -> client.execute(ShowPage.TYPE, new PageRequest(job, request.page()), l)));
  }

  /** Asks for a page, which needs the right to read everything that was searched. */
  static final class PageRequest extends ReadRequest {
    private final StoredJob job;
    private final Page page;

    PageRequest(StoredJob job, Page page) {
      this.job = job;
      this.page = page;
    }

    @Override
    public String[] indices() {
      return job.access().names().toArray(String[]::new);
    }

    @Override
    public IndicesOptions indicesOptions() {
      return IndicesOptions.strictNoExpandForbidClosed();
    }

    @Override
    public void writeTo(StreamOutput out) {
      TransportAction.localOnly();
    }
  }

  /** Shows a page of a result that was found; security has checked the indices then. */
  public static final class ShowPage extends TransportAction<PageRequest, JsonResponse> {

    /** Its name. */
    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("indices:data/read/semantic_hash/near_duplicates/page");

    private final DuplicatesResults results;

    /** Made by the node. */
    @Inject
    public ShowPage(ActionFilters filters, TransportService transport, DuplicatesResults results) {
      super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
      this.results = results;
    }

    @Override
    protected void doExecute(
        Task task, PageRequest request, ActionListener<JsonResponse> listener) {
      results.show(request.job, request.page, listener.map(JsonResponse::new));
    }
  }
}
