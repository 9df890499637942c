// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.store.ModelStorage;
import org.semantichash.plugin.store.ModelUploads;
import org.semantichash.plugin.store.StoredFile;

/** Tells which uploads are unfinished, and which of their parts are there. */
public final class GetUploads extends LocalAction<NamePatterns> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/uploads");

  private final ModelStorage storage;

  /** Made by the node. */
  @Inject
  public GetUploads(ActionFilters filters, TransportService transport, ModelStorage storage) {
    super(TYPE, filters, transport);
    this.storage = storage;
  }

  @Override
  void answer(NamePatterns models, ActionListener<Answer> listener) {
    storage.uploads().list(models::matches, listener.map(GetUploads::answer));
  }

  private static Answer answer(List<ModelUploads.Progress> uploads) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", uploads.size());
    fields.put("uploads", uploads.stream().map(GetUploads::fields).toList());
    return new Answer(fields);
  }

  private static Map<String, Object> fields(ModelUploads.Progress progress) {
    StoredFile file = progress.upload().file();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", progress.upload().model().value());
    fields.put("sha256", file.digest());
    fields.put("total_length", file.length());
    fields.put("total_parts", file.parts());
    fields.put("parts", progress.parts());
    fields.put("created", Stored.date(progress.upload().created()));
    return fields;
  }
}
