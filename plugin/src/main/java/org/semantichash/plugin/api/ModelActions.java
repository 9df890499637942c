// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.plugins.ActionPlugin.ActionHandler;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.store.ModelStore;

/** All actions about models, and their REST endpoints. */
public final class ModelActions {

  private ModelActions() {}

  /**
   * An action on the models that are stored in the cluster.
   *
   * @param <P> the parameters
   */
  abstract static class ModelAction<P> extends LocalAction<P> {

    /** What these actions need, as the node injects it. */
    public record ModelServices(
        ActionFilters filters,
        TransportService transport,
        ModelStore store,
        ModelChanges changes,
        ModelReferences users,
        OldCodes oldCodes) {

      @Inject
      public ModelServices {}
    }

    final ModelStore store;
    final ModelChanges changes;
    final ModelReferences users;
    final OldCodes oldCodes;

    ModelAction(ActionType<JsonResponse> type, ModelServices services) {
      super(type, services.filters(), services.transport());
      this.store = services.store();
      this.changes = services.changes();
      this.users = services.users();
      this.oldCodes = services.oldCodes();
    }
  }

  public static List<ActionHandler> actions() {
    return List.of(
        new ActionHandler(PutModel.TYPE, PutModel.class),
        new ActionHandler(GetModels.TYPE, GetModels.class),
        new ActionHandler(DeleteModel.TYPE, DeleteModel.class),
        new ActionHandler(HashTexts.TYPE, HashTexts.class),
        new ActionHandler(UploadApi.PutPart.TYPE, UploadApi.PutPart.class),
        new ActionHandler(UploadApi.CompleteModel.TYPE, UploadApi.CompleteModel.class),
        new ActionHandler(UploadApi.GetUploads.TYPE, UploadApi.GetUploads.class),
        new ActionHandler(UploadApi.DeleteUploads.TYPE, UploadApi.DeleteUploads.class),
        new ActionHandler(AliasApi.PutAlias.TYPE, AliasApi.PutAlias.class),
        new ActionHandler(AliasApi.GetAliases.TYPE, AliasApi.GetAliases.class),
        new ActionHandler(AliasApi.DeleteAlias.TYPE, AliasApi.DeleteAlias.class),
        new ActionHandler(NodesApi.Stats.TYPE, NodesApi.Stats.class),
        new ActionHandler(NodesApi.WarmModel.TYPE, NodesApi.WarmModel.class),
        new ActionHandler(NodesApi.ClearCache.TYPE, NodesApi.ClearCache.class));
  }

  public static List<RestHandler> endpoints() {
    return List.of(
        PutModel.endpoint(),
        GetModels.endpoint(),
        DeleteModel.endpoint(),
        HashTexts.endpoint(),
        UploadApi.PutPart.endpoint(),
        UploadApi.CompleteModel.endpoint(),
        UploadApi.GetUploads.endpoint(),
        UploadApi.DeleteUploads.endpoint(),
        AliasApi.PutAlias.endpoint(),
        AliasApi.GetAliases.endpoint(),
        AliasApi.DeleteAlias.endpoint(),
        NodesApi.Stats.endpoint(),
        NodesApi.WarmModel.endpoint(),
        NodesApi.ClearCache.endpoint());
  }
}
