// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.index.mapper.SourceFieldMapper;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.ingest.Processor;
import org.semantichash.HashedText;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.LoadedModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;

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
 * document) and those of every processor. Only strings are hashed.
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

  SemanticHashProcessor(
      Origin origin, Supplier<ModelCache> models, ModelId model, Fields fields, CodeStamp stamp) {
    super(origin.tag(), origin.description());
    this.models = models;
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
    models
        .get()
        .use(
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

    private final Supplier<ModelCache> models;

    /** A factory of processors; the models are there when the first document comes. */
    public Factory(Supplier<ModelCache> models) {
      this.models = models;
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
          models,
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

  /**
   * What a processor writes besides the bits of a code: the text of a {@link StampedCode}, whose
   * digests are right as they are made and are not checked again for every document.
   *
   * @param provenance whether the code says which model made it
   * @param skipUnchanged whether it says of which text it is too, and is kept as long as both stay
   * @param empty what becomes of texts of which the model knows too few terms
   */
  record CodeStamp(boolean provenance, boolean skipUnchanged, EmptyTexts empty) {

    /**
     * Checks that what is kept can be recognised.
     *
     * @throws IllegalArgumentException when unchanged texts are to be skipped without provenance
     */
    CodeStamp {
      if (skipUnchanged && provenance == false) {
        throw new IllegalArgumentException(
            "[skip_unchanged] can be [true] only with [provenance] [true], got [false]");
      }
    }

    /**
     * The text of a code.
     *
     * @param stored what the document has now, or null
     * @return null when the text gets no code
     * @throws IllegalArgumentException when it is to have one, and the model knows too few terms
     */
    String code(LoadedModel model, String text, Object stored) {
      if (provenance == false) {
        return stamped(model, text, "");
      }
      if (skipUnchanged == false) {
        return stamped(model, text, model.stampSuffix());
      }
      String stamp = model.stampSuffix() + ":" + digest(text);
      if (stored instanceof String old && isStamped(old, stamp, model)) {
        model.skipped();
        return old;
      }
      return stamped(model, text, stamp);
    }

    /**
     * The digest of a text and, where it is not the default, of the number of known terms that the
     * text needed: a code that was made by another number is not kept.
     */
    private String digest(String text) {
      return StampedCode.digestOfText(
          empty.minTerms() == 1 ? text : "min_terms=" + empty.minTerms() + '\n' + text);
    }

    private String stamped(LoadedModel model, String text, String stamp) {
      HashedText hashed = model.hash(text);
      if (empty.include(hashed) == false) {
        return hashed.code().toHex(stamp);
      }
      if (empty.rule() == EmptyTexts.Rule.FAIL) {
        throw new IllegalArgumentException(
            "the text must have at least ["
                + empty.minTerms()
                + "] different terms that model ["
                + model.id()
                + "] knows, got ["
                + hashed.knownTerms()
                + "]");
      }
      return empty.rule() == EmptyTexts.Rule.HASH ? model.emptyCode().toHex(stamp) : null;
    }

    /** A code that says nothing is not kept where such texts get none. */
    private boolean isStamped(String stored, String stamp, LoadedModel model) {
      // What ends otherwise need not be parsed, and what is no code at all is no error here.
      if (stored.endsWith(stamp) == false) {
        return false;
      }
      try {
        String bits = stored.substring(0, stored.length() - stamp.length());
        BinaryCode code = BinaryCode.parse(bits, model.bits());
        return empty.rule() == EmptyTexts.Rule.HASH || code.equals(model.emptyCode()) == false;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  /**
   * How texts are handled of which the model knows fewer than {@code minTerms} different terms.
   *
   * @param rule how such a text is handled
   * @param minTerms the number of different known terms from which on a text is hashed
   */
  record EmptyTexts(Rule rule, int minTerms) {

    /** How such a text is handled. */
    enum Rule {
      /** They get the code of a text without any known term. */
      HASH,
      /** They get no code, and lose the one that they have. */
      SKIP,
      /** They fail their documents. */
      FAIL;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** Checks the number of terms. */
    EmptyTexts {
      if (minTerms < 1) {
        throw new IllegalArgumentException(
            "[min_terms] must be at least [1], got [" + minTerms + "]");
      }
    }

    /** As a pipeline names the rule. */
    static EmptyTexts of(String rule, int minTerms) {
      return new EmptyTexts(
          Arrays.stream(Rule.values())
              .filter(known -> known.toString().equals(rule))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "[empty] must be one of "
                              + Arrays.toString(Rule.values())
                              + ", got ["
                              + rule
                              + "]")),
          minTerms);
    }

    /** Whether a text is one of them. */
    boolean include(HashedText hashed) {
      return hashed.knownTerms() < minTerms;
    }
  }
}
