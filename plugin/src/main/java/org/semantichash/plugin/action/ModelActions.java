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

import java.util.List;
import org.elasticsearch.plugins.ActionPlugin.ActionHandler;

/** All actions about models. */
public final class ModelActions {

  private ModelActions() {}

  /** One handler an action. */
  public static List<ActionHandler> all() {
    return List.of(
        new ActionHandler(PutModel.TYPE, PutModel.class),
        new ActionHandler(PutPart.TYPE, PutPart.class),
        new ActionHandler(GetUploads.TYPE, GetUploads.class),
        new ActionHandler(DeleteUploads.TYPE, DeleteUploads.class),
        new ActionHandler(CompleteModel.TYPE, CompleteModel.class),
        new ActionHandler(GetModels.TYPE, GetModels.class),
        new ActionHandler(DeleteModel.TYPE, DeleteModel.class),
        new ActionHandler(PutAlias.TYPE, PutAlias.class),
        new ActionHandler(GetAliases.TYPE, GetAliases.class),
        new ActionHandler(DeleteAlias.TYPE, DeleteAlias.class),
        new ActionHandler(HashTexts.TYPE, HashTexts.class),
        new ActionHandler(WarmModel.TYPE, WarmModel.class),
        new ActionHandler(ModelNodesStats.TYPE, ModelNodesStats.class),
        new ActionHandler(ClearCache.TYPE, ClearCache.class));
  }
}
