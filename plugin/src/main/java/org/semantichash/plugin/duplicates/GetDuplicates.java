// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static java.util.stream.Collectors.partitioningBy;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
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
  private final ClusterService clusterService;
  private final ProjectResolver projects;

  /** Made by the node. */
  @Inject
  public GetDuplicates(
      ActionFilters filters,
      TransportService transport,
      DuplicatesResults results,
      NodeClient client,
      ClusterService clusterService,
      ProjectResolver projects) {
    super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.results = results;
    this.client = client;
    this.clusterService = clusterService;
    this.projects = projects;
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
      ResultRequest request, Caller caller, StoredJob job, ActionListener<JsonResponse> listener) {
    var existing = projects.getProjectMetadata(clusterService.state()).getIndicesLookup();
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
    private final ResultRequest asked;

    /**
     * A request.
     *
     * @param indices what was searched and exists
     * @param gone what was searched and does not, whose documents the caller may not see any more
     */
    PageRequest(StoredJob job, List<String> indices, List<String> gone, ResultRequest asked) {
      this.job = job;
      this.indices = indices;
      this.gone = gone;
      this.asked = asked;
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
      show(results, request, listener);
    }

    private static void show(
        DuplicatesResults results, PageRequest request, ActionListener<JsonResponse> listener) {
      results.keep(
          request.job,
          request.asked.keepAlive(),
          listener.delegateFailureAndWrap(
              (l, job) -> {
                if (request.gone.isEmpty()) {
                  results.show(job, request.asked.page(), l.map(JsonResponse::new));
                } else {
                  l.onResponse(
                      new JsonResponse(DuplicatesResults.showWithoutGroups(job, request.gone)));
                }
              }));
    }
  }
}
