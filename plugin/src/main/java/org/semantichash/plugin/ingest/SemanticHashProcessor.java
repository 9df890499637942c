// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.Map;
import java.util.function.BiConsumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.index.mapper.SourceFieldMapper;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.TextHashing;

/**
 * Writes the code of a text into another field, whose value it overwrites: a {@link StampedCode} in
 * hexadecimal.
 *
 * <p>Parameters: {@code model} (required), {@code field} (required), {@code target_field}
 * (required: no name would be right for everybody, and a field must not appear unasked), {@code
 * ignore_missing} (default false: a missing field or a null fails the document; true: the document
 * stays as it is), {@code provenance} (default true: the code is stamped with the digest of its
 * model, as fields of type {@code hash_code} know it; false: the bare code, for fields of other
 * types), {@code skip_unchanged} (default false; true: the stamp says of which text the code is
 * too, and a document that comes with a code of this model and this text keeps it unhashed) and
 * {@code empty} (default skip: a text of which the model knows fewer than {@code min_terms}
 * different terms, 1 by default, gets no code, and a code that the document has is removed; hash:
 * it gets the model's own code for nothing; fail: it fails the document) and those of every
 * processor. Only strings are hashed.
 *
 * <p>A pipeline may name a model that does not exist yet: pipelines are checked by the master,
 * which may be no node that has models. Its documents then fail one by one, with the reason.
 *
 * <p>The first document waits, without a thread, until the model is loaded; with the model loaded,
 * documents are hashed on the thread that asks.
 */
public final class SemanticHashProcessor extends AbstractProcessor {

  /** The name of the processor in a pipeline. */
  public static final String TYPE = "semantic_hash";

  private final TextHashing hashing;
  private final ModelId model;
  private final String field;
  private final String targetField;
  private final boolean ignoreMissing;
  private final CodeStamp stamp;

  SemanticHashProcessor(
      Origin origin, TextHashing hashing, ModelId model, Fields fields, CodeStamp stamp) {
    super(origin.tag(), origin.description());
    this.hashing = hashing;
    this.model = model;
    this.field = fields.source();
    this.targetField = fields.target();
    this.ignoreMissing = fields.ignoreMissing();
    this.stamp = stamp;
  }

  /** What every processor has. */
  record Origin(String tag, String description) {}

  /** Where the text is, where its code goes, and whether the text may be missing. */
  record Fields(String source, String target, boolean ignoreMissing) {}

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
    hashing.use(
        model,
        loaded -> stamp.code(loaded, text, stored),
        new ActionListener<String>() {
          @Override
          public void onResponse(String code) {
            write(document, code, handler);
          }

          @Override
          public void onFailure(Exception e) {
            handler.accept(null, e);
          }
        });
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
      IngestDocument document, String code, BiConsumer<IngestDocument, Exception> handler) {
    try {
      if (code != null) {
        document.setFieldValue(targetField, code);
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
  public static final class Factory implements Processor.Factory {

    private static final String SOURCE = SourceFieldMapper.NAME + ".";

    private final TextHashing hashing;

    /** A factory of processors that hash with these models. */
    public Factory(TextHashing hashing) {
      this.hashing = hashing;
    }

    @Override
    public SemanticHashProcessor create(
        Map<String, Processor.Factory> factories,
        String tag,
        String description,
        Map<String, Object> config,
        ProjectId projectId) {
      String model = ConfigurationUtils.readStringProperty(TYPE, tag, config, "model");
      String field = ConfigurationUtils.readStringProperty(TYPE, tag, config, "field");
      String target = ConfigurationUtils.readStringProperty(TYPE, tag, config, "target_field");
      requireAnother(tag, field, target);
      boolean ignoreMissing =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "ignore_missing", false);
      return new SemanticHashProcessor(
          new Origin(tag, description),
          hashing,
          modelId(tag, model),
          new Fields(field, target, ignoreMissing),
          stamp(tag, config));
    }

    private static CodeStamp stamp(String tag, Map<String, Object> config) {
      boolean provenance =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "provenance", true);
      boolean skipUnchanged =
          ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "skip_unchanged", false);
      String empty = ConfigurationUtils.readStringProperty(TYPE, tag, config, "empty", "skip");
      int minTerms = ConfigurationUtils.readIntProperty(TYPE, tag, config, "min_terms", 1);
      try {
        return new CodeStamp(provenance, skipUnchanged, EmptyTexts.of(empty, minTerms));
      } catch (IllegalArgumentException e) {
        // The message names the parameters itself.
        throw ConfigurationUtils.newConfigurationException(TYPE, tag, null, e.getMessage());
      }
    }

    /** The text must stay: nobody could tell a code of it from a code of its code. */
    private static void requireAnother(String tag, String field, String target) {
      if (path(target).equals(path(field))) {
        throw ConfigurationUtils.newConfigurationException(
            TYPE,
            tag,
            "target_field",
            "must be another field than [field], got [" + target + "] for both");
      }
    }

    /** A field may be named with the prefix that scripts need. */
    private static String path(String field) {
      return field.startsWith(SOURCE) ? field.substring(SOURCE.length()) : field;
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
