// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
