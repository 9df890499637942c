// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.semantichash.plugin.models.ModelId;

/**
 * Another name of a model. Its document has the id that a model of its name would have, so that a
 * name is never both, whoever writes at the same time.
 *
 * @param name the alias
 * @param target the model it stands for, which may have been deleted since
 * @param created when it was last switched, in milliseconds since 1970
 */
public record ModelAlias(ModelId name, ModelId target, long created) {

  /** The value of [type] in the documents of aliases. */
  static final String TYPE = "alias";

  /** The target is in the part that is not indexed, so that the index is as it was without. */
  Map<String, Object> toDocument() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", TYPE);
    document.put("model", name.value());
    document.put("created", created);
    document.put("description", Map.of("target", target.value()));
    return document;
  }

  static boolean isIn(Map<String, Object> document) {
    return TYPE.equals(document.get("type"));
  }

  static ModelAlias fromDocument(Map<String, Object> document) {
    return new ModelAlias(
        new ModelId((String) document.get("model")),
        new ModelId((String) ((Map<?, ?>) document.get("description")).get("target")),
        ((Number) document.get("created")).longValue());
  }
}
