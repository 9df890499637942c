// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.LinkedHashMap;
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
import org.semantichash.plugin.api.LocalAction.LocalRequest;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;

/** Tells who watches the cluster which searches of near-duplicates there are, but not of what. */
public final class ListDuplicates extends TransportAction<LocalRequest<Void>, JsonResponse> {

  /** Its name. */
  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/near_duplicates/list");

  private final DuplicatesResults results;
  private final TransportService transport;

  /** Made by the node. */
  @Inject
  public ListDuplicates(
      ActionFilters filters, TransportService transport, DuplicatesResults results) {
    super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.results = results;
    this.transport = transport;
  }

  @Override
  protected void doExecute(
      Task task, LocalRequest<Void> request, ActionListener<JsonResponse> listener) {
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
