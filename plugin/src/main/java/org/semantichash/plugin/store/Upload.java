// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.semantichash.plugin.models.ModelId;

/**
 * A file that a client sends part by part.
 *
 * @param model the model it will become
 * @param file the file, whose chunks may still be missing
 * @param created when its first part came, in milliseconds since 1970
 */
public record Upload(ModelId model, StoredFile file, long created) {

  /** The value of [type] in the documents of uploads. */
  static final String TYPE = "upload";

  /** A model has at most one upload of the same file. */
  static String documentId(ModelId model, String digest) {
    return TYPE + ":" + model + ":" + digest;
  }

  Map<String, Object> toDocument() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", TYPE);
    document.put("model", model.value());
    document.put("created", created);
    file.addTo(document);
    return document;
  }

  static Upload fromDocument(Map<String, Object> document) {
    return new Upload(
        new ModelId((String) document.get("model")),
        StoredFile.fromDocument(document),
        ((Number) document.get("created")).longValue());
  }
}
