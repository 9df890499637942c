// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.server.ServerPlugin.Action;
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

  public static List<Action> actions() {
    return List.of(
        Action.of(PutModel.TYPE, PutModel.class),
        Action.of(GetModels.TYPE, GetModels.class),
        Action.of(DeleteModel.TYPE, DeleteModel.class),
        Action.of(HashTexts.TYPE, HashTexts.class),
        Action.of(UploadApi.PutPart.TYPE, UploadApi.PutPart.class),
        Action.of(UploadApi.CompleteModel.TYPE, UploadApi.CompleteModel.class),
        Action.of(UploadApi.GetUploads.TYPE, UploadApi.GetUploads.class),
        Action.of(UploadApi.DeleteUploads.TYPE, UploadApi.DeleteUploads.class),
        Action.of(AliasApi.PutAlias.TYPE, AliasApi.PutAlias.class),
        Action.of(AliasApi.GetAliases.TYPE, AliasApi.GetAliases.class),
        Action.of(AliasApi.DeleteAlias.TYPE, AliasApi.DeleteAlias.class),
        Action.of(NodesApi.Stats.TYPE, NodesApi.Stats.class),
        Action.of(NodesApi.WarmModel.TYPE, NodesApi.WarmModel.class),
        Action.of(NodesApi.ClearCache.TYPE, NodesApi.ClearCache.class));
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
