// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;

/** Stores a model whose whole file is in the request. */
public final class PutModel extends ChangeAction<PutModel.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/put");

  /**
   * What is put.
   *
   * @param id its name
   * @param file its file
   * @param sha256 the digest that the file must have, null for any
   * @param replace whether another model of this name is replaced
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Parameters(ModelId id, byte[] file, String sha256, boolean replace) {}

  /** Made by the node. */
  @Inject
  public PutModel(ChangeServices services) {
    super(TYPE, services);
  }

  @Override
  void answer(Parameters put, ActionListener<Answer> listener) {
    storage()
        .put(
            put.id(),
            put.file(),
            put.sha256(),
            put.replace(),
            listener.delegateFailureAndWrap((l, stored) -> changes().stored(stored, l)));
  }
}
