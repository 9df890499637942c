// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;

/** Deletes its owner's search of near-duplicates and what it found; ends it first when it runs. */
public final class DeleteDuplicates extends TransportAction<ResultRequest, JsonResponse> {

  /** Its name. */
  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/delete");

  private final DuplicatesResults results;
  private final TransportService transport;

  /** Made by the node. */
  @Inject
  public DeleteDuplicates(
      ActionFilters filters, TransportService transport, DuplicatesResults results) {
    super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.results = results;
    this.transport = transport;
  }

  @Override
  protected void doExecute(
      Task task, ResultRequest request, ActionListener<JsonResponse> listener) {
    results.delete(
        request.id(),
        request.asked(),
        Caller.of(transport.getThreadPool().getThreadContext()),
        listener.map(deleted -> new JsonResponse(Map.of("acknowledged", true))));
  }
}
