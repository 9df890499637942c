// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;

/** Deletes an alias, and not its model. */
public final class DeleteAlias extends ChangeAction<DeleteAlias.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/alias/delete");

  /**
   * What is deleted.
   *
   * @param alias its name
   * @param force whether even when a pipeline or a mapping names it
   */
  public record Parameters(ModelId alias, boolean force) {}

  /** Made by the node. */
  @Inject
  public DeleteAlias(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters delete, ActionListener<Answer> listener) {
    if (delete.force() == false) {
      changes().users(delete.alias()).requireNone("alias", delete.alias());
    }
    storage()
        .aliases()
        .delete(
            delete.alias(),
            listener.delegateFailureAndWrap((l, deleted) -> changes().deleted(delete.alias(), l)));
  }
}
