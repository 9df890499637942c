// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.plugin.models.ModelId;

/**
 * What the cluster knows of a model without reading its file.
 *
 * @param id its name
 * @param file the file behind it
 * @param created when it was committed, in milliseconds since 1970
 * @param description what is in the file, as {@code GET _semantic_hash/models} shows it
 */
public record StoredModel(
    ModelId id, StoredFile file, long created, Map<String, Object> description) {

  /** The value of [type] in the documents of models. */
  static final String TYPE = "model";

  /** Of a description: the code of texts without known terms, in hexadecimal. */
  static final String EMPTY_CODE = "empty_code";

  /** Copies the description, keeping its order. */
  public StoredModel {
    description = new LinkedHashMap<>(description);
  }

  /** A model whose chunks are stored. */
  static StoredModel of(ModelId id, StoredFile file, long created, EncoderModel model) {
    return new StoredModel(id, file, created, describe(model.metadata()));
  }

  /** What is shown of the metadata in a model's file. */
  public static Map<String, Object> describe(ModelMetadata metadata) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("bits", metadata.bits());
    description.put("method", metadata.method());
    description.put("vocabulary_size", metadata.vectorizer().vocabulary().size());
    description.put(EMPTY_CODE, metadata.emptyCode().toHex());
    description.put("golden_texts", metadata.goldenTexts().size());
    description.put("options", new TreeMap<>(metadata.options()));
    description.put("provenance", new TreeMap<>(metadata.provenance()));
    return description;
  }

  static String documentId(ModelId id) {
    return TYPE + ":" + id;
  }

  Map<String, Object> toDocument() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", TYPE);
    document.put("model", id.value());
    document.put("created", created);
    file.addTo(document);
    document.put("description", description);
    return document;
  }

  static StoredModel fromDocument(Map<String, Object> document) {
    Map<String, Object> description = new LinkedHashMap<>();
    ((Map<?, ?>) document.get("description")).forEach((k, v) -> description.put((String) k, v));
    return new StoredModel(
        new ModelId((String) document.get("model")),
        StoredFile.fromDocument(document),
        ((Number) document.get("created")).longValue(),
        description);
  }

  /**
   * A model that is stored now, and what became of it.
   *
   * @param model the model
   * @param outcome whether it is new
   */
  public record StoredOutcome(StoredModel model, Outcome outcome) {

    /** What became of a model that was put. */
    public enum Outcome {
      /** There was none of this name. */
      CREATED,
      /** There was another of this name, which is gone. */
      REPLACED,
      /** The same file was there already. */
      UNCHANGED;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
