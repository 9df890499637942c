// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.store.ModelStorage;

/** Deletes unfinished uploads, and no model. */
public final class DeleteUploads extends LocalAction<NamePatterns> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:admin/semantic_hash/model/delete_uploads");

  private final ModelStorage storage;

  /** Made by the node. */
  @Inject
  public DeleteUploads(ActionFilters filters, TransportService transport, ModelStorage storage) {
    super(TYPE, filters, transport);
    this.storage = storage;
  }

  @Override
  void answer(NamePatterns models, ActionListener<Answer> listener) {
    storage
        .uploads()
        .deleteAll(
            models::matches,
            found -> models.requireFound("uploads of models", found, true),
            listener.map(
                deleted -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("acknowledged", true);
                  fields.put("deleted", deleted);
                  return new Answer(fields);
                }));
  }
}
