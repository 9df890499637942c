// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;

/** Gives a model another name, or switches that name to another model. */
public final class PutAlias extends ChangeAction<PutAlias.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/alias/put");

  /**
   * What is put.
   *
   * @param alias the alias
   * @param model the model it stands for from now on
   */
  public record Parameters(ModelId alias, ModelId model) {}

  /** Made by the node. */
  @Inject
  public PutAlias(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters put, ActionListener<Answer> listener) {
    storage()
        .aliases()
        .put(
            put.alias(),
            put.model(),
            listener.delegateFailureAndWrap((l, outcome) -> changes().switched(outcome, l)));
  }
}
