// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.rest.RestRequest.Method.POST;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestCancellableNodeClient;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.api.RestEndpoint;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.duplicates.job.DuplicatesJob;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;

/**
 * Searches near-duplicates. A caller that waits gets the groups, and they are stored only if the
 * response does not show all of them. A caller that does not wait gets an id as soon as the request
 * has been checked and the search is stored as running; the search goes on in a task of its own.
 */
public final class FindDuplicates extends TransportAction<DuplicatesRequest, JsonResponse> {

  public static final ActionType<JsonResponse> TYPE = new ActionType<>(DuplicatesRequest.ACTION);

  private final JobServices services;
  private final NodeClient client;

  @Inject
  public FindDuplicates(ActionFilters filters, JobServices services, NodeClient client) {
    super(
        TYPE.name(),
        filters,
        services.transport().getTaskManager(),
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.services = services;
    this.client = client;
  }

  static RestHandler endpoint() {
    return RestEndpoint.object(
        "near_duplicates_find",
        FindDuplicates::read,
        new Route(POST, "/{index}/_semantic_hash/near_duplicates"));
  }

  /** Closing the connection cancels a search that is waited for. */
  private static CheckedConsumer<RestChannel, Exception> read(
      RestRequest request, NodeClient client) throws IOException {
    var answered =
        new DuplicatesRequest.ResponseOptions(
            Page.of(request),
            request.paramAsBoolean("wait_for_completion", true),
            request.paramAsTime("keep_alive", DuplicatesRequest.KEEP_ALIVE));
    DuplicatesOptions options;
    try (var parser = request.contentParser()) {
      options = DuplicatesOptions.parse(parser);
    }
    var find =
        new DuplicatesRequest(
            ReadRequest.OfResult.named(request), UUIDs.randomBase64UUID(), options, answered);
    return channel ->
        new RestCancellableNodeClient(client, request.getHttpChannel())
            .execute(TYPE, find, new RestToXContentListener<>(channel));
  }

  @Override
  protected void doExecute(
      Task task, DuplicatesRequest request, ActionListener<JsonResponse> listener) {
    if (request.waits() == false) {
      startInBackground(request, listener);
      return;
    }
    Releasable running = services.limits().begin();
    services
        .threadPool()
        .generic()
        .execute(
            ActionRunnable.wrap(
                ActionListener.releaseAfter(listener, running),
                l ->
                    new DuplicatesJob(services, (DuplicatesTask) task, request)
                        .run(l.map(JsonResponse::new))));
  }

  private void startInBackground(DuplicatesRequest request, ActionListener<JsonResponse> listener) {
    ActionListener<TaskId> started =
        ActionListener.notifyOnce(
            listener.map(
                task -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("id", request.id());
                  fields.put("task", task.toString());
                  return new JsonResponse(fields);
                }));
    client.executeLocally(
        TYPE, request.startingFor(started), ActionListener.wrap(answer -> {}, started::onFailure));
  }
}
