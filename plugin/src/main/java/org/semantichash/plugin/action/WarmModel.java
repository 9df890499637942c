/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
