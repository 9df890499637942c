// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static java.util.stream.Collectors.partitioningBy;
import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.metadata.IndexAbstraction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.api.LocalAction;
import org.semantichash.plugin.api.RestEndpoint;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.server.ClusterIndices;

/**
 * The REST API of stored results: their owner reads a page or deletes them, and an operator lists
 * them.
 */
public final class ResultsApi {

  private static final String KEEP_ALIVE = "keep_alive";
  private static final String LIST = "/_semantic_hash/near_duplicates";
  private static final String ONE = "/{index}" + LIST + "/{id}";

  private ResultsApi() {}

  /** Shows the owner of a search its state and a page of its groups. */
  public static final class GetDuplicates extends TransportAction<ResultRequest, JsonResponse> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("indices:data/read/semantic_hash/near_duplicates/get");

    private final DuplicatesResults results;
    private final NodeClient client;
    private final ClusterIndices indices;

    @Inject
    public GetDuplicates(
        ActionFilters filters,
        TransportService transport,
        DuplicatesResults results,
        NodeClient client,
        ClusterIndices indices) {
      super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
      this.results = results;
      this.client = client;
      this.indices = indices;
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "near_duplicates_get",
          (request, client) -> {
            ResultRequest get = ResultRequest.of(request);
            return channel -> client.execute(TYPE, get, new RestToXContentListener<>(channel));
          },
          new Route(GET, ONE));
    }

    @Override
    protected void doExecute(
        Task task, ResultRequest request, ActionListener<JsonResponse> listener) {
      Caller caller = Caller.of(client.threadPool().getThreadContext());
      results.open(
          request.id(),
          request.asked(),
          caller,
          listener.delegateFailureAndWrap((l, job) -> show(request, caller, job, l)));
    }

    /** The rights on an index that is gone cannot be checked, but those on the others are. */
    private void show(
        ResultRequest request,
        Caller caller,
        StoredJob job,
        ActionListener<JsonResponse> listener) {
      Map<String, IndexAbstraction> existing = indices.now().byName();
      Map<Boolean, List<String>> byExistence =
          job.access().names().stream().collect(partitioningBy(existing::containsKey));
      List<String> gone = caller.isSuperuser() ? List.of() : byExistence.get(false);
      PageRequest page = new PageRequest(job, byExistence.get(true), gone, request);
      if (page.indices().length == 0) { // security would take none for all
        ShowPage.show(results, page, listener);
      } else {
        client.execute(ShowPage.TYPE, page, listener);
      }
    }

    /** Asks for a page, which needs the right to read everything that was searched. */
    static final class PageRequest extends ReadRequest {
      private final StoredJob job;
      private final List<String> indices;
      private final List<String> gone;
      private final ResultRequest result;

      /**
       * Asks for a page of a result that was found.
       *
       * @param indices what was searched and exists
       * @param gone what was searched and does not, whose documents the caller may not see any more
       */
      PageRequest(StoredJob job, List<String> indices, List<String> gone, ResultRequest result) {
        this.job = job;
        this.indices = indices;
        this.gone = gone;
        this.result = result;
      }

      @Override
      public String[] indices() {
        return indices.toArray(String[]::new);
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

      public static final ActionType<JsonResponse> TYPE =
          new ActionType<>("indices:data/read/semantic_hash/near_duplicates/page");

      private final DuplicatesResults results;

      @Inject
      public ShowPage(
          ActionFilters filters, TransportService transport, DuplicatesResults results) {
        super(
            TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.results = results;
      }

      @Override
      protected void doExecute(
          Task task, PageRequest request, ActionListener<JsonResponse> listener) {
        show(results, request, listener);
      }

      private static void show(
          DuplicatesResults results, PageRequest request, ActionListener<JsonResponse> listener) {
        results.keep(
            request.job,
            request.result.keepAlive(),
            listener.delegateFailureAndWrap(
                (l, job) -> {
                  if (request.gone.isEmpty()) {
                    results.show(job, request.result.page(), l.map(JsonResponse::new));
                  } else {
                    l.onResponse(
                        new JsonResponse(DuplicatesResults.showWithoutGroups(job, request.gone)));
                  }
                }));
      }
    }
  }

  /**
   * Lists the searches of near-duplicates for operators: their state and size, not what they
   * search.
   */
  public static final class ListDuplicates extends LocalAction<Void> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("cluster:monitor/semantic_hash/near_duplicates/list");

    private final DuplicatesResults results;
    private final TransportService transport;

    @Inject
    public ListDuplicates(
        ActionFilters filters, TransportService transport, DuplicatesResults results) {
      super(TYPE, filters, transport);
      this.results = results;
      this.transport = transport;
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "near_duplicates_list", LocalAction.reader(TYPE, request -> null), new Route(GET, LIST));
    }

    @Override
    protected void respond(Void nothing, ActionListener<JsonResponse> listener) {
      results.list(
          Caller.of(transport.getThreadPool().getThreadContext()),
          listener.map(
              all -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("count", all.size());
                fields.put("near_duplicates", all);
                return new JsonResponse(fields);
              }));
    }
  }

  /** Deletes a search and its groups for its owner; cancels it first if it is running. */
  public static final class DeleteDuplicates extends TransportAction<ResultRequest, JsonResponse> {

    public static final ActionType<JsonResponse> TYPE =
        new ActionType<>("indices:data/read/semantic_hash/near_duplicates/delete");

    private final DuplicatesResults results;
    private final TransportService transport;

    @Inject
    public DeleteDuplicates(
        ActionFilters filters, TransportService transport, DuplicatesResults results) {
      super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
      this.results = results;
      this.transport = transport;
    }

    static RestHandler endpoint() {
      return RestEndpoint.object(
          "near_duplicates_delete",
          (request, client) -> {
            ResultRequest delete =
                new ResultRequest(
                    ReadRequest.OfResult.named(request), request.param("id"), new Page(0, 0), null);
            return channel -> client.execute(TYPE, delete, new RestToXContentListener<>(channel));
          },
          new Route(DELETE, ONE));
    }

    @Override
    protected void doExecute(
        Task task, ResultRequest request, ActionListener<JsonResponse> listener) {
      results.delete(
          request.id(),
          request.asked(),
          Caller.of(transport.getThreadPool().getThreadContext()),
          listener.map(deleted -> JsonResponse.acknowledged()));
    }
  }

  /**
   * Asks for one stored search; never sent to another node. The indices in its path make security
   * let in those who may read some index. Whether the caller owns the result, and may still read
   * what was searched, is checked when it has been found.
   */
  public static final class ResultRequest extends ReadRequest.OfResult {

    /** Indices that are gone, or may not be read, are no reason to refuse the request yet. */
    private static final IndicesOptions OPTIONS =
        IndicesOptions.fromOptions(true, true, true, true, true);

    private final Page page;
    private final TimeValue keepAlive;

    /**
     * Asks for one result.
     *
     * @param indices as the request that began the search named them
     * @param page which of its groups
     * @param keepAlive how long the result is kept from now on; null for as long as it is anyway
     */
    public ResultRequest(String[] indices, String id, Page page, TimeValue keepAlive) {
      super(indices, List.of(indices), id);
      this.page = page;
      this.keepAlive = keepAlive;
    }

    /** Of a REST request, whose [keep_alive] is checked. */
    private static ResultRequest of(RestRequest request) {
      TimeValue keepAlive = request.paramAsTime(KEEP_ALIVE, null);
      if (keepAlive != null) {
        DuplicatesRequest.checkKeepAlive(keepAlive);
      }
      return new ResultRequest(
          ReadRequest.OfResult.named(request), request.param("id"), Page.of(request), keepAlive);
    }

    Page page() {
      return page;
    }

    TimeValue keepAlive() {
      return keepAlive;
    }

    @Override
    public IndicesOptions indicesOptions() {
      return OPTIONS;
    }
  }
}
