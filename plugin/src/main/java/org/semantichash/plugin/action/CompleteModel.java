// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;

/** Makes a file that was sent part by part a model. */
public final class CompleteModel extends ChangeAction<CompleteModel.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/complete");

  /**
   * What is completed.
   *
   * @param id the model
   * @param sha256 the digest of the whole file
   * @param replace whether another model of this name is replaced
   */
  public record Parameters(ModelId id, String sha256, boolean replace) {}

  /** Made by the node. */
  @Inject
  public CompleteModel(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters complete, ActionListener<Answer> listener) {
    storage()
        .completion()
        .complete(
            complete.id(),
            complete.sha256(),
            complete.replace(),
            listener.delegateFailureAndWrap((l, stored) -> changes().stored(stored, l)));
  }
}
