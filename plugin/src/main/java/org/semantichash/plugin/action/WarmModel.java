// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.semantichash.plugin.models.ModelId;

/** Loads models on all nodes before they are needed. */
public final class WarmModel extends ModelNodesAction {

  /** Its name. */
  public static final ActionType<NodesModels> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/cache/warm");

  /** Made by the node. */
  @Inject
  public WarmModel(NodesServices services) {
    super(TYPE, services);
  }

  @Override
  protected void nodeOperationAsync(
      ModelNodesRequest.ToOneNode request, Task task, ActionListener<NodeModels> listener) {
    ModelId id = new ModelId(request.names().patterns().get(0));
    models().model(id, listener.map(loaded -> stats(request.names())));
  }
}
