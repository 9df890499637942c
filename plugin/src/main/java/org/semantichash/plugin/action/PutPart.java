// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelStorage;
import org.semantichash.plugin.store.ModelUploads;

/** Stores one part of a model's file. */
public final class PutPart extends LocalAction<PutPart.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/put_part");

  private final ModelStorage storage;

  /**
   * What is put.
   *
   * @param id the model
   * @param whole the file that the part is of
   * @param part the number of the part, from 0
   * @param data its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Parameters(ModelId id, ModelUploads.Whole whole, int part, byte[] data) {}

  /** Made by the node. */
  @Inject
  public PutPart(ActionFilters filters, TransportService transport, ModelStorage storage) {
    super(TYPE, filters, transport);
    this.storage = storage;
  }

  @Override
  void answer(Parameters put, ActionListener<Answer> listener) {
    storage
        .uploads()
        .putPart(
            put.id(),
            put.whole(),
            put.part(),
            put.data(),
            listener.map(stored -> Answer.acknowledged()));
  }
}
