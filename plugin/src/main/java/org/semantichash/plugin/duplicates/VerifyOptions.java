// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.core.Strings.format;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.TextSimilarity;
import org.semantichash.duplicates.TextVerification.Criterion;
import org.semantichash.duplicates.TextVerification.ShortTexts;

/**
 * How pairs of near codes are verified by the texts of their documents.
 *
 * @param field the field with the text
 * @param shingle words of a shingle, 1 to {@value ShingledText#MAX_SHINGLE}
 * @param criterion when two texts are near-duplicates
 */
public record VerifyOptions(String field, int shingle, Criterion criterion) {

  /** The option of a request. */
  public static final String NAME = "verify";

  /** How many pairs of texts are compared unless more are asked for: some ten seconds of work. */
  public static final long DEFAULT_MAX_CANDIDATES = 10_000_000;

  private static final ObjectParser<Body, Void> PARSER = new ObjectParser<>(NAME, Body::new);

  static {
    PARSER.declareString((body, text) -> body.field = text, new ParseField("field"));
    PARSER.declareString(
        (body, text) -> body.similarity = TextSimilarity.parse(text), new ParseField("similarity"));
    PARSER.declareInt((body, words) -> body.shingle = words, new ParseField("shingle"));
    PARSER.declareDouble((body, least) -> body.min = least, new ParseField("min"));
    PARSER.declareInt((body, words) -> body.minWords = words, new ParseField("min_words"));
    PARSER.declareString(
        (body, text) -> body.shortTexts = shortTexts(text), new ParseField("short_texts"));
    PARSER.declareLong(
        (body, pairs) -> body.maxCandidates = pairs, new ParseField("max_candidates"));
  }

  /** Checks what can be checked without the index. */
  public VerifyOptions {
    if (field == null) {
      throw new IllegalArgumentException("[verify] must name the [field] with the text");
    }
    if (shingle < 1 || shingle > ShingledText.MAX_SHINGLE) {
      throw new IllegalArgumentException(
          format(
              "[shingle] must be between [1] and [%s] words, got [%s]",
              ShingledText.MAX_SHINGLE, shingle));
    }
  }

  static VerifyOptions parse(XContentParser parser) {
    Body body = PARSER.apply(parser, null);
    return new VerifyOptions(
        body.field,
        body.shingle,
        new Criterion(
            body.similarity,
            body.min,
            body.minWords == null ? Criterion.defaultMinWords(body.shingle) : body.minWords,
            body.shortTexts,
            body.maxCandidates));
  }

  private static ShortTexts shortTexts(String name) {
    return Arrays.stream(ShortTexts.values())
        .filter(each -> name(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[short_texts] must be [exact] or [leave_out], got [" + name + "]"));
  }

  private static String name(ShortTexts shortTexts) {
    return shortTexts.name().toLowerCase(Locale.ROOT);
  }

  /** As a response shows them. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("field", field);
    fields.put("similarity", criterion.similarity().toString());
    fields.put("shingle", shingle);
    fields.put("min", criterion.min());
    fields.put("min_words", criterion.minWords());
    fields.put("short_texts", name(criterion.shortTexts()));
    fields.put("max_candidates", criterion.maxCandidates());
    return fields;
  }

  private static final class Body {
    private String field;
    private TextSimilarity similarity = TextSimilarity.JACCARD;
    private int shingle = 3;
    private double min = 0.33;
    private Integer minWords; // null for the default of the shingle
    private ShortTexts shortTexts = ShortTexts.EXACT;
    private long maxCandidates = DEFAULT_MAX_CANDIDATES;
  }
}
