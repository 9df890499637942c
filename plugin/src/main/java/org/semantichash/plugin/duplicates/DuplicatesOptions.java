// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.duplicates.Grouping;
import org.semantichash.hash.BinaryCode;

/**
 * Which near-duplicates are searched.
 *
 * @param field the field with the codes
 * @param maxDistance the largest distance of a pair, in bits
 * @param query the documents that count; null for all
 * @param grouping how pairs become groups
 * @param keep which document of a group is kept
 * @param includeWithoutTerms whether documents count that have the code of texts without known
 *     terms
 */
public record DuplicatesOptions(
    String field,
    int maxDistance,
    QueryBuilder query,
    Grouping grouping,
    Keep keep,
    boolean includeWithoutTerms) {

  /** The option to group documents that have the code of texts without known terms. */
  public static final String INCLUDE_WITHOUT_TERMS = "include_without_terms";

  private static final ObjectParser<Body, Void> PARSER =
      new ObjectParser<>("near_duplicates", Body::new);

  static {
    PARSER.declareString((body, text) -> body.field = text, new ParseField("field"));
    PARSER.declareInt((body, number) -> body.maxDistance = number, new ParseField("max_distance"));
    PARSER.declareObject(
        (body, query) -> body.query = query,
        (parser, nothing) -> AbstractQueryBuilder.parseTopLevelQuery(parser),
        new ParseField("query"));
    PARSER.declareString((body, text) -> body.linkage = linkage(text), new ParseField("linkage"));
    PARSER.declareInt((body, number) -> body.minSize = number, new ParseField("min_group_size"));
    PARSER.declareInt((body, number) -> body.maxSize = number, new ParseField("max_group_size"));
    PARSER.declareString((body, text) -> body.keep = KeepRule.parse(text), new ParseField("keep"));
    PARSER.declareString((body, text) -> body.keepField = text, new ParseField("keep_field"));
    PARSER.declareBoolean(
        (body, yes) -> body.includeWithoutTerms = yes, new ParseField(INCLUDE_WITHOUT_TERMS));
  }

  /** Checks what can be checked without the index. */
  public DuplicatesOptions {
    if (field == null) {
      throw new IllegalArgumentException("[field] is missing");
    }
    if (maxDistance < 0 || maxDistance > BinaryCode.MAX_BITS) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and the number of bits of [field], at most ["
              + BinaryCode.MAX_BITS
              + "], got ["
              + maxDistance
              + "]");
    }
    Objects.requireNonNull(grouping, "grouping");
    Objects.requireNonNull(keep, "keep");
  }

  /** Reads the body of a request. */
  public static DuplicatesOptions parse(XContentParser parser) {
    Body body = PARSER.apply(parser, null);
    return new DuplicatesOptions(
        body.field,
        body.maxDistance,
        body.query,
        new Grouping(body.linkage, body.minSize, body.maxSize),
        new Keep(body.keep, body.keepField),
        body.includeWithoutTerms);
  }

  /** Why a field of a nested object cannot be searched, in whatever way. */
  public static IllegalArgumentException nested(String field, String object) {
    return new IllegalArgumentException(
        "[near_duplicates] groups whole documents, so that it cannot take field ["
            + field
            + "] in the nested object ["
            + object
            + "]");
  }

  /** Reads how pairs become groups. */
  public static Grouping.Linkage linkage(String text) {
    return Arrays.stream(Grouping.Linkage.values())
        .filter(linkage -> linkage.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[linkage] must be [complete] or [single], got [" + text + "]"));
  }

  /** The body while it is read, with the defaults. */
  private static final class Body {
    private String field;
    private int maxDistance = 3;
    private QueryBuilder query;
    private Grouping.Linkage linkage = Grouping.Linkage.COMPLETE;
    private int minSize = 2;
    private int maxSize = 1000;
    private KeepRule keep = KeepRule.LOWEST_ID;
    private String keepField;
    private boolean includeWithoutTerms;
  }
}
