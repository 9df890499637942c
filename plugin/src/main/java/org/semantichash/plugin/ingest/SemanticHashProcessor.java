// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ProcessorFactory;

/**
 * Writes the code of a text into another field, whose value it overwrites: a {@link StampedCode} in
 * hexadecimal.
 *
 * <p>Parameters: {@code model} (required), {@code field} (required), {@code target_field}
 * (required), {@code ignore_missing} (default false: a missing field or a null fails the document;
 * true: the document stays as it is), {@code provenance} (default true: the code is stamped with
 * the digest of its model, as fields of type {@code hash_code} know it; false: the bare code, for
 * fields of other types), {@code skip_unchanged} (default false; true: the stamp says of which text
 * the code is too, and a document that comes with a code of this model and this text keeps it
 * unhashed) and {@code empty} (default skip: a text of which the model knows fewer than {@code
 * min_terms} different terms, 1 by default, gets no code, and a code that the document has is
 * removed; hash: it gets the model's code of a text without known terms; fail: it fails the
 * document), {@code chunk} (the text is cut into {@link Passages}, and the target field gets an
 * object for each that has a code: {@code code}, and {@code start} and {@code end} in the text) and
 * those of every processor. Only strings are hashed.
 *
 * <p>A pipeline may name a model that does not exist yet: the master checks pipelines, and it may
 * have no models. Until the model exists, each document fails with the reason.
 *
 * <p>The first document waits, without a thread, until the model is loaded; with the model loaded,
 * documents are hashed on the calling thread.
 */
public final class SemanticHashProcessor extends AbstractProcessor {

  /** The name of the processor in a pipeline. */
  public static final String TYPE = "semantic_hash";

  private final Supplier<ModelCache> models;
  private final ModelId model;
  private final String field;
  private final String targetField;
  private final boolean ignoreMissing;
  private final CodeStamp stamp;
  private final Passages passages; // null where the whole text gets one code

  SemanticHashProcessor(
      Origin origin,
      Supplier<ModelCache> models,
      ModelId model,
      FieldPaths fields,
      boolean ignoreMissing,
      CodeStamp stamp,
      Passages passages) {
    super(origin.tag(), origin.description());
    this.models = models;
    this.model = model;
    this.field = fields.source();
    this.targetField = fields.target();
    this.ignoreMissing = ignoreMissing;
    this.stamp = stamp;
    this.passages = passages;
  }

  /** What every processor has. */
  record Origin(String tag, String description) {}

  @Override
  public String getType() {
    return TYPE;
  }

  @Override
  public boolean isAsync() {
    return true;
  }

  @Override
  public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
    String text;
    Object stored;
    try {
      text = text(document);
      stored = stamp.skipUnchanged() ? stored(document) : null;
    } catch (Exception e) {
      handler.accept(null, e);
      return;
    }
    if (text == null) {
      handler.accept(document, null);
      return;
    }
    models
        .get()
        .use(
            model,
            loaded ->
                passages == null ? stamp.code(loaded, text, stored) : codesOfPassages(loaded, text),
            new ActionListener<Object>() {
              @Override
              public void onResponse(Object value) {
                write(document, value, handler);
              }

              @Override
              public void onFailure(Exception e) {
                handler.accept(null, e);
              }
            });
  }

  /** An object for each passage that has a code; null when none has. */
  private List<Map<String, Object>> codesOfPassages(LoadedModel loaded, String text) {
    List<Map<String, Object>> codes = new ArrayList<>();
    for (Passages.Passage passage : passages.of(text)) {
      String code = stamp.code(loaded, text.substring(passage.start(), passage.end()), null);
      if (code != null) {
        Map<String, Object> object = new LinkedHashMap<>(); // others may change it
        object.put("code", code);
        object.put("start", passage.start());
        object.put("end", passage.end());
        codes.add(object);
      }
    }
    return codes.isEmpty() ? null : codes;
  }

  private String text(IngestDocument document) {
    Object value = document.getFieldValue(field, Object.class, ignoreMissing);
    if (value instanceof String text) {
      return text;
    }
    if (value != null) {
      throw new IllegalArgumentException(
          "field ["
              + field
              + "] of type ["
              + value.getClass().getName()
              + "] cannot be cast to ["
              + String.class.getName()
              + "]");
    }
    if (ignoreMissing == false) {
      throw new IllegalArgumentException("field [" + field + "] is null, cannot hash it.");
    }
    return null;
  }

  private Object stored(IngestDocument document) {
    return document.hasField(targetField)
        ? document.getFieldValue(targetField, Object.class)
        : null;
  }

  private void write(
      IngestDocument document, Object value, BiConsumer<IngestDocument, Exception> handler) {
    try {
      if (value != null) {
        document.setFieldValue(targetField, value);
      } else if (document.hasField(targetField)) {
        document.removeField(targetField); // a code of what the text was before
      }
    } catch (Exception e) {
      handler.accept(null, e);
      return;
    }
    // Not inside the try: what the handler throws is not this processor's failure.
    handler.accept(document, null);
  }

  /** Reads processors from pipelines. */
  public static final class Factory extends ProcessorFactory {

    private final Supplier<ModelCache> models;

    /** A factory of processors; the models are there when the first document comes. */
    public Factory(Supplier<ModelCache> models) {
      this.models = models;
    }

    @Override
    protected SemanticHashProcessor create(
        String tag, String description, Map<String, Object> config) {
      String model = ConfigurationUtils.readStringProperty(TYPE, tag, config, "model");
      String field = ConfigurationUtils.readStringProperty(TYPE, tag, config, FieldPaths.SOURCE);
      String target = ConfigurationUtils.readStringProperty(TYPE, tag, config, FieldPaths.TARGET);
      FieldPaths fields = new FieldPaths(field, target).checked(TYPE, tag);
      boolean ignoreMissing =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "ignore_missing", false);
      return new SemanticHashProcessor(
          new Origin(tag, description),
          models,
          modelId(tag, model),
          fields,
          ignoreMissing,
          stamp(tag, config),
          passages(tag, config));
    }

    private static Passages passages(String tag, Map<String, Object> config) {
      Map<String, Object> chunk = ConfigurationUtils.readOptionalMap(TYPE, tag, config, "chunk");
      try {
        return chunk == null ? null : Passages.of(chunk);
      } catch (IllegalArgumentException e) {
        throw ConfigurationUtils.newConfigurationException(TYPE, tag, null, e.getMessage());
      }
    }

    private static CodeStamp stamp(String tag, Map<String, Object> config) {
      boolean provenance =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "provenance", true);
      boolean skipUnchanged =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "skip_unchanged", false);
      String empty = ConfigurationUtils.readStringProperty(TYPE, tag, config, "empty", "skip");
      int minTerms = ConfigurationUtils.readIntProperty(TYPE, tag, config, "min_terms", 1);
      try {
        if (skipUnchanged && config.containsKey("chunk")) {
          throw new IllegalArgumentException(
              "[skip_unchanged] must be [false] with [chunk], got [true]");
        }
        return new CodeStamp(provenance, skipUnchanged, CodeStamp.EmptyTexts.of(empty, minTerms));
      } catch (IllegalArgumentException e) {
        // The message names the parameters itself.
        throw ConfigurationUtils.newConfigurationException(TYPE, tag, null, e.getMessage());
      }
    }

    private static ModelId modelId(String tag, String model) {
      try {
        return new ModelId(model);
      } catch (IllegalArgumentException e) {
        // The message names the parameter itself.
        throw ConfigurationUtils.newConfigurationException(TYPE, tag, null, e.getMessage());
      }
    }
  }
}
