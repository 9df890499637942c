// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;

/**
 * Drops models on all nodes, and where no model is named all columns of codes too; who needs them
 * loads or builds them again.
 */
public final class ClearCache extends ModelNodesAction {

  /** Its name. */
  public static final ActionType<NodesModels> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/cache/clear");

  /** Made by the node. */
  @Inject
  public ClearCache(NodesServices services) {
    super(TYPE, services);
  }

  @Override
  protected NodeModels nodeOperation(ModelNodesRequest.ToOneNode request, Task task) {
    models().drop(request.names()::matches);
    if (request.names().patterns().isEmpty()) {
      columns().clear();
    }
    return stats(request.names());
  }
}
