// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelId;

/** Deletes a model, and what was uploaded for it but not completed. */
public final class DeleteModel extends ChangeAction<DeleteModel.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/delete");

  /**
   * What is deleted.
   *
   * @param id its name
   * @param force whether even when a pipeline or a mapping names it, or it has aliases, which stay
   */
  public record Parameters(ModelId id, boolean force) {}

  /** Made by the node. */
  @Inject
  public DeleteModel(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters delete, ActionListener<Answer> listener) {
    SubscribableListener.<Void>newForked(l -> requireUnused(delete, l))
        .<Void>andThen(l -> storage().delete(delete.id(), l))
        .<Answer>andThen(l -> changes().deleted(delete.id(), l))
        .addListener(listener);
  }

  private void requireUnused(Parameters delete, ActionListener<Void> listener) {
    if (delete.force()) {
      listener.onResponse(null);
      return;
    }
    changes().users(delete.id()).requireNone("model", delete.id());
    storage()
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
