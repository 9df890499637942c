// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.duplicates.job.DuplicatesJob;
import org.semantichash.plugin.duplicates.job.JobServices;
import org.semantichash.plugin.duplicates.result.RunningJobs;

/**
 * Searches near-duplicates. Who waits for the end gets what was found, which is stored only if it
 * is more than the answer shows. Who does not wait is answered when the request has been found
 * right and the search is stored as running; it goes on in a task of its own.
 */
public final class FindDuplicates extends TransportAction<DuplicatesRequest, JsonResponse> {

  /** Its name. */
  public static final ActionType<JsonResponse> TYPE = new ActionType<>(RunningJobs.ACTION);

  private final JobServices services;
  private final NodeClient client;

  /** Made by the node. */
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

  @Override
  protected void doExecute(
      Task task, DuplicatesRequest request, ActionListener<JsonResponse> listener) {
    if (request.waits() == false) {
      goOnAlone(request, listener);
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

  private void goOnAlone(DuplicatesRequest request, ActionListener<JsonResponse> listener) {
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
        TYPE, request.telling(started), ActionListener.wrap(answer -> {}, started::onFailure));
  }
}
