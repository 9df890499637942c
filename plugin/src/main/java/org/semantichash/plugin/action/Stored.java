// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.time.DateFormatter;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.semantichash.plugin.store.AliasOutcome;
import org.semantichash.plugin.store.ModelAlias;
import org.semantichash.plugin.store.StoredModel;
import org.semantichash.plugin.store.StoredOutcome;

/** Stored models as answers show them. */
final class Stored {

  private static final DateFormatter DATE = DateFormatter.forPattern("strict_date_time");

  private Stored() {}

  /** A time, given in milliseconds since 1970. */
  static String date(long millis) {
    return DATE.formatMillis(millis);
  }

  static Map<String, Object> fields(StoredModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model.id().value());
    fields.put("digest", model.file().digest());
    fields.put("size", ByteSizeValue.ofBytes(model.file().length()).toString());
    fields.put("size_in_bytes", model.file().length());
    fields.put("parts", model.file().parts());
    fields.put("created", date(model.created()));
    fields.putAll(model.description());
    return fields;
  }

  /**
   * An alias.
   *
   * @param model the model it stands for, null when it was deleted
   */
  static Map<String, Object> fields(ModelAlias alias, StoredModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("alias", alias.name().value());
    fields.put("model", alias.target().value());
    if (model != null) {
      fields.put("digest", model.file().digest());
    }
    fields.put("created", date(alias.created()));
    return fields;
  }

  /** What became of an alias, and which fields have codes of another model. */
  static Answer answer(AliasOutcome outcome, List<Map<String, Object>> oldCodes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("acknowledged", true);
    fields.put("result", outcome.result());
    fields.putAll(fields(outcome.alias(), outcome.model()));
    outcome.previous().ifPresent(previous -> fields.put("previous_model", previous.value()));
    fields.put("old_codes", oldCodes);
    return new Answer(fields);
  }

  /** What became of a model, and which indices and fields have codes of another file. */
  static Answer answer(StoredOutcome stored, ModelUsers users, List<Map<String, Object>> oldCodes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("acknowledged", true);
    fields.put("result", stored.outcome().toString());
    fields.putAll(fields(stored.model()));
    if (stored.outcome() == StoredOutcome.Outcome.REPLACED) {
      fields.put("indices_with_old_codes", users.indices());
    }
    fields.put("old_codes", oldCodes);
    return new Answer(fields);
  }
}
