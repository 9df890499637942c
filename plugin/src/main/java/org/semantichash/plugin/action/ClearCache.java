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
