// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import static org.elasticsearch.ingest.ConfigurationUtils.newConfigurationException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.Strings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.AbstractProcessor;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.duplicates.TextVerification.Criterion;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.ingest.NearDuplicateLookup.Searched;
import org.semantichash.plugin.ingest.NearDuplicateLookup.Where;
import org.semantichash.plugin.ingest.RecentCodes.NearDuplicate;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.server.ProcessorFactory;

/**
 * Looks, when a document is written, for a near-duplicate of it in an index, and tags the document
 * with the id of the one that is there, drops it, or fails it.
 *
 * <p>Parameters: {@code field} (required: the code in the document, as {@code semantic_hash} wrote
 * it), {@code index} (required: the index or alias to search), {@code code_field} (default {@code
 * field}: the field of the codes there), {@code max_distance} (in bits; by default {@link
 * NearDuplicates#defaultMaxDistance}), {@code target_field} (default {@code duplicate_of}), {@code
 * action} (default {@code tag}; {@code drop}, {@code fail}), {@code timeout} (default 10s: the
 * document fails when its search takes longer; the wait for its turn does not count), {@code
 * text_field} and {@code min_words} (default 10: a document whose text has fewer words is a copy
 * only of one with the same code) and those of every processor.
 *
 * <p>What it compares with are the documents that a search finds and that are no copies themselves
 * (have no {@code target_field}), and those that went through this node within the last minute, see
 * {@link RecentCodes}. Of the latter nobody knows yet whether they will be stored, so their copies
 * are tagged whatever the action is. A document without a code, or with the code of a text without
 * known terms, is left alone.
 */
public final class NearDuplicateProcessor extends AbstractProcessor {

  /** The name of the processor in a pipeline. */
  public static final String TYPE = "semantic_near_duplicate";

  private static final int BITS_OF_DIGIT = 4;
  private static final int SHOWN = 100; // characters of what is no code

  /** What becomes of a copy. */
  enum Action {
    TAG,
    DROP,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Supplier<NearDuplicateLookup> lookup;
  private final Supplier<? extends EmptyCode.Lookup> emptyCodes;
  private final String field;
  private final Where where;
  private final ShortTexts shortTexts;
  private final Action action;

  /**
   * Which documents have so few words that their codes say little.
   *
   * @param field with the text; null when nobody looks
   * @param minWords texts with fewer words are short
   * @param words counts words
   */
  record ShortTexts(String field, int minWords, Shingler words) {

    boolean has(IngestDocument document) {
      Object value = field == null ? null : document.getFieldValue(field, Object.class, true);
      List<?> parts = value instanceof List<?> list ? list : Collections.singletonList(value);
      if (parts.stream().allMatch(String.class::isInstance) == false) {
        return false;
      }
      ShingledText text = words.of(parts.stream().map(String.class::cast).toList());
      return text == null || text.words() < minWords;
    }
  }

  NearDuplicateProcessor(
      SemanticHashProcessor.Origin origin,
      Supplier<NearDuplicateLookup> lookup,
      Supplier<? extends EmptyCode.Lookup> emptyCodes,
      String field,
      Where where,
      ShortTexts shortTexts,
      Action action) {
    super(origin.tag(), origin.description());
    this.lookup = lookup;
    this.emptyCodes = emptyCodes;
    this.field = field;
    this.where = where;
    this.shortTexts = shortTexts;
    this.action = action;
  }

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
    ActionListener<Optional<NearDuplicate>> applied =
        new ActionListener<>() {
          @Override
          public void onResponse(Optional<NearDuplicate> found) {
            apply(document, found, handler);
          }

          @Override
          public void onFailure(Exception e) {
            handler.accept(null, e);
          }
        };
    Searched searched;
    Where within;
    String model;
    try {
      if (document.getFieldValue(field, Object.class, true) instanceof String stamped) {
        StampedCode code = code(stamped);
        model = code.modelDigest();
        searched = searched(document, stamped, code.code());
        within = shortTexts.has(document) ? where.exactly() : where;
      } else {
        applied.onResponse(Optional.empty());
        return;
      }
    } catch (Exception e) {
      applied.onFailure(e);
      return;
    }
    emptyCodes
        .get()
        .find(
            null,
            model,
            searched.code().bits(),
            applied.delegateFailureAndWrap(
                (l, empty) -> {
                  if (empty.isUnknown() || searched.code().toHex().equals(empty.hex())) {
                    l.onResponse(Optional.empty());
                  } else {
                    lookup.get().find(searched, within, l);
                  }
                }));
  }

  /** A code has the width that its digits say. */
  private StampedCode code(String stamped) {
    int end = stamped.indexOf('@');
    int digits = end < 0 ? stamped.length() : end;
    try {
      return StampedCode.parse(stamped, digits * BITS_OF_DIGIT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "field ["
              + field
              + "] must be a code in hexadecimal, as ["
              + SemanticHashProcessor.TYPE
              + "] writes it, got ["
              + Strings.cleanTruncate(stamped, SHOWN)
              + "]",
          e);
    }
  }

  private static Searched searched(IngestDocument document, String stamped, BinaryCode code) {
    return new Searched(
        document.getMetadata().getId(), document.getMetadata().getIndex(), stamped, code);
  }

  private void apply(
      IngestDocument document,
      Optional<NearDuplicate> found,
      BiConsumer<IngestDocument, Exception> handler) {
    IngestDocument kept = document;
    try {
      if (found.isEmpty()) {
        if (document.hasField(where.notIn())) {
          document.removeField(where.notIn()); // it was a copy before it was changed
        }
      } else if (action == Action.TAG || found.get().stored() == false) {
        document.setFieldValue(where.notIn(), found.get().id());
      } else if (action == Action.DROP) {
        kept = null;
      } else {
        throw refusal(found.get());
      }
    } catch (Exception e) {
      handler.accept(null, e);
      return;
    }
    // Not inside the try: what the handler throws is not this processor's failure.
    handler.accept(kept, null);
  }

  private IllegalArgumentException refusal(NearDuplicate found) {
    return new IllegalArgumentException(
        "field ["
            + field
            + "] must differ by more than ["
            + found.maxDistance()
            + "] bits from those of other documents, it is within ["
            + found.distance()
            + "] of document ["
            + found.id()
            + "] of index ["
            + found.index()
            + "]");
  }

  /** Reads processors from pipelines. */
  public static final class Factory extends ProcessorFactory {

    private final Supplier<NearDuplicateLookup> lookup;
    private final Supplier<? extends EmptyCode.Lookup> emptyCodes;
    private final Shingler words = new Shingler(1, false);

    /** A factory of processors; all of a node share one lookup. */
    public Factory(
        Supplier<NearDuplicateLookup> lookup, Supplier<? extends EmptyCode.Lookup> emptyCodes) {
      this.lookup = lookup;
      this.emptyCodes = emptyCodes;
    }

    @Override
    protected NearDuplicateProcessor create(
        String tag, String description, Map<String, Object> config) {
      String field = ConfigurationUtils.readStringProperty(TYPE, tag, config, FieldPaths.SOURCE);
      String index = ConfigurationUtils.readStringProperty(TYPE, tag, config, "index");
      String codes = ConfigurationUtils.readStringProperty(TYPE, tag, config, "code_field", field);
      String target =
          ConfigurationUtils.readStringProperty(
              TYPE, tag, config, FieldPaths.TARGET, "duplicate_of");
      Integer maxDistance =
          ConfigurationUtils.readIntProperty(TYPE, tag, config, "max_distance", null);
      if (maxDistance != null && (maxDistance < 0 || maxDistance > BinaryCode.MAX_BITS)) {
        throw newConfigurationException(
            TYPE,
            tag,
            "max_distance",
            "must be between [0] and the number of bits of the codes, got [" + maxDistance + "]");
      }
      FieldPaths fields = new FieldPaths(field, target).checked(TYPE, tag);
      FieldPaths.requireName(TYPE, tag, "code_field", codes);
      if (index.isBlank()) {
        throw newConfigurationException(
            TYPE, tag, "index", "must name an index or an alias, got [" + index + "]");
      }
      return new NearDuplicateProcessor(
          new SemanticHashProcessor.Origin(tag, description),
          lookup,
          emptyCodes,
          fields.source(),
          new Where(index, codes, fields.target(), maxDistance, timeout(tag, config)),
          shortTexts(tag, config),
          action(tag, config));
    }

    private ShortTexts shortTexts(String tag, Map<String, Object> config) {
      String field = ConfigurationUtils.readOptionalStringProperty(TYPE, tag, config, "text_field");
      if (field != null) {
        FieldPaths.requireName(TYPE, tag, "text_field", field);
      } else if (config.containsKey("min_words")) {
        throw newConfigurationException(
            TYPE, tag, "min_words", "must come with the [text_field] whose words are counted");
      }
      int least =
          ConfigurationUtils.readIntProperty(
              TYPE, tag, config, "min_words", Criterion.defaultMinWords(1));
      if (least < 0) {
        throw newConfigurationException(
            TYPE, tag, "min_words", "must be at least [0], got [" + least + "]");
      }
      return new ShortTexts(field, least, words);
    }

    private static TimeValue timeout(String tag, Map<String, Object> config) {
      String value = ConfigurationUtils.readStringProperty(TYPE, tag, config, "timeout", "10s");
      TimeValue timeout;
      try {
        timeout = TimeValue.parseTimeValue(value, "timeout");
      } catch (IllegalArgumentException e) {
        throw newConfigurationException(TYPE, tag, "timeout", e.getMessage());
      }
      if (timeout.nanos() <= 0) {
        throw newConfigurationException(
            TYPE, tag, "timeout", "must be longer than nothing, got [" + value + "]");
      }
      return timeout;
    }

    private static Action action(String tag, Map<String, Object> config) {
      String name = ConfigurationUtils.readStringProperty(TYPE, tag, config, "action", "tag");
      return Arrays.stream(Action.values())
          .filter(known -> known.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  newConfigurationException(
                      TYPE,
                      tag,
                      "action",
                      "must be one of "
                          + Arrays.toString(Action.values())
                          + ", got ["
                          + name
                          + "]"));
    }
  }
}
