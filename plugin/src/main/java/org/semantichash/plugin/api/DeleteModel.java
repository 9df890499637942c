// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;

import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.api.ModelActions.ModelAction;
import org.semantichash.plugin.models.ModelId;

/** Deletes a model, and what was uploaded for it but not completed. */
public final class DeleteModel extends ModelAction<DeleteModel.Parameters> {

  public static final ActionType<JsonResponse> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/delete");

  /**
   * What the request names.
   *
   * @param id the name of the model
   * @param force whether a model is deleted that a pipeline or a mapping names, or that has
   *     aliases, which stay
   */
  public record Parameters(ModelId id, boolean force) {}

  @Inject
  public DeleteModel(ModelAction.ModelServices services) {
    super(TYPE, services);
  }

  static RestHandler endpoint() {
    return RestEndpoint.object(
        "delete_model",
        reader(
            TYPE,
            request ->
                new Parameters(
                    ModelId.ofUser(request.param("id")), request.paramAsBoolean("force", false))),
        new Route(DELETE, "/_semantic_hash/models/{id}"));
  }

  @Override
  protected void respond(Parameters delete, ActionListener<JsonResponse> listener) {
    SubscribableListener.<Void>newForked(l -> requireUnused(delete, l))
        .<Void>andThen(l -> store.delete(delete.id(), l))
        .<JsonResponse>andThen(l -> changes.deleted(delete.id(), l))
        .addListener(listener);
  }

  private void requireUnused(Parameters delete, ActionListener<Void> listener) {
    if (delete.force()) {
      listener.onResponse(null);
      return;
    }
    users.requireNone("model", delete.id());
    store
        .aliases()
        .of(
            delete.id(),
            listener.map(
                aliases -> {
                  requireNone(aliases, delete.id());
                  return null;
                }));
  }

  private static void requireNone(List<ModelId> aliases, ModelId model) {
    if (aliases.isEmpty() == false) {
      throw new ElasticsearchStatusException(
          "cannot delete model [{}]: it has the aliases {}; set [force] to delete it all the same,"
              + " the aliases stay and stand for no model",
          RestStatus.CONFLICT,
          model,
          aliases);
    }
  }
}
