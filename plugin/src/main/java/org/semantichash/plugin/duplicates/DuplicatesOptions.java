// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.DuplicatesOptions.KeepPolicy.KeepRule;
import org.semantichash.plugin.wire.Frame;

/**
 * Which near-duplicates are searched.
 *
 * @param field the field with the codes
 * @param maxDistance the largest distance of a pair, in bits; null for the default of the width
 * @param query the documents that count; null for all
 * @param newDocuments which of them are new since the others were grouped; null for a search of all
 * @param grouping how pairs become groups
 * @param keep which document of a group is kept
 * @param includeWithoutTerms whether documents count that have the code of texts without known
 *     terms
 * @param verify how pairs are verified by their texts; null when the distance decides
 * @param seqNoPrimaryTerm whether groups tell which operation wrote each document
 */
public record DuplicatesOptions(
    String field,
    Integer maxDistance,
    QueryBuilder query,
    QueryBuilder newDocuments,
    Grouping grouping,
    KeepPolicy keep,
    boolean includeWithoutTerms,
    VerifyOptions verify,
    boolean seqNoPrimaryTerm) {

  /** The option to group documents that have the code of texts without known terms. */
  public static final String INCLUDE_WITHOUT_TERMS = "include_without_terms";

  /** The option to regroup only what new documents touch, and what the answer says of them. */
  public static final String NEW = "new";

  private static final ObjectParser<JobBody, Void> PARSER =
      new ObjectParser<>("near_duplicates", JobBody::new);

  static {
    SharedBody.declare(PARSER);
    PARSER.declareObject(
        (body, query) -> body.query = query,
        (parser, nothing) -> AbstractQueryBuilder.parseTopLevelQuery(parser),
        new ParseField("query"));
    PARSER.declareObject(
        (body, query) -> body.newDocuments = query,
        (parser, nothing) -> AbstractQueryBuilder.parseTopLevelQuery(parser),
        new ParseField(NEW));
    PARSER.declareString((body, text) -> body.keep = KeepRule.parse(text), new ParseField("keep"));
    PARSER.declareString((body, text) -> body.keepField = text, new ParseField("keep_field"));
    PARSER.declareObject(
        (body, verify) -> body.verify = verify,
        (parser, nothing) -> VerifyOptions.parse(parser),
        new ParseField(VerifyOptions.NAME));
    PARSER.declareBoolean(
        (body, yes) -> body.seqNoPrimaryTerm = yes, SearchSourceBuilder.SEQ_NO_PRIMARY_TERM_FIELD);
  }

  /** Checks what can be checked without the index. */
  public DuplicatesOptions {
    if (field == null) {
      throw new IllegalArgumentException("[field] is missing");
    }
    if (maxDistance != null && (maxDistance < 0 || maxDistance > BinaryCode.MAX_BITS)) {
      throw new IllegalArgumentException(
          format(
              "[max_distance] must be between [0] and the number of bits of [field], at most"
                  + " [%s], got [%s]",
              BinaryCode.MAX_BITS, maxDistance));
    }
    Objects.requireNonNull(grouping, "grouping");
    Objects.requireNonNull(keep, "keep");
  }

  /** The largest distance of a pair of codes of so many bits. */
  public int maxDistance(int bits) {
    return NearDuplicates.maxDistance(maxDistance, bits, verify != null);
  }

  /** Reads the body of a request. */
  public static DuplicatesOptions parse(XContentParser parser) {
    JobBody body = PARSER.apply(parser, null);
    return new DuplicatesOptions(
        body.field,
        body.maxDistance,
        body.query,
        body.newDocuments,
        body.grouping(body.newDocuments == null ? 2 : 1),
        new KeepPolicy(body.keep, body.keepField),
        body.includeWithoutTerms,
        body.verify,
        body.seqNoPrimaryTerm);
  }

  /** Reads how pairs become groups. */
  private static Grouping.Linkage linkage(String text) {
    return Arrays.stream(Grouping.Linkage.values())
        .filter(linkage -> linkage.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[linkage] must be [complete] or [single], got [" + text + "]"));
  }

  /** What the body of a search and that of an aggregation have in common, with the defaults. */
  public abstract static class SharedBody {

    public String field;
    public Integer maxDistance;
    public boolean includeWithoutTerms;
    Grouping.Linkage linkage = Grouping.Linkage.COMPLETE;
    int minSize = 2;
    int maxSize = 1000;

    /**
     * The groups that are wanted.
     *
     * @param least documents that a group must have at least
     */
    public Grouping grouping(int least) {
      if (minSize < least) {
        throw new IllegalArgumentException(
            format("[min_group_size] must be at least [%s], got [%s]", least, minSize));
      }
      return new Grouping(linkage, minSize, maxSize);
    }

    public static void declare(ObjectParser<? extends SharedBody, Void> parser) {
      parser.declareString((body, text) -> body.field = text, new ParseField("field"));
      parser.declareInt((body, bits) -> body.maxDistance = bits, new ParseField("max_distance"));
      parser.declareString((body, text) -> body.linkage = linkage(text), new ParseField("linkage"));
      parser.declareInt((body, size) -> body.minSize = size, new ParseField("min_group_size"));
      parser.declareInt((body, size) -> body.maxSize = size, new ParseField("max_group_size"));
      parser.declareBoolean(
          (body, yes) -> body.includeWithoutTerms = yes, new ParseField(INCLUDE_WITHOUT_TERMS));
    }
  }

  private static final class JobBody extends SharedBody {
    private QueryBuilder query;
    private QueryBuilder newDocuments;
    private KeepRule keep = KeepRule.LOWEST_ID;
    private String keepField;
    private VerifyOptions verify;
    private boolean seqNoPrimaryTerm;
  }

  /**
   * Which document of a group is kept.
   *
   * @param rule how it is chosen
   * @param field the field that the rule compares; null when it compares ids
   */
  public record KeepPolicy(KeepRule rule, String field) implements Writeable {

    /** Checks that there is a field exactly when the rule needs one. */
    public KeepPolicy {
      Objects.requireNonNull(rule, "rule");
      if (rule.needsField() && field == null) {
        throw new IllegalArgumentException("[keep] [" + rule + "] needs a [keep_field]");
      }
      if (rule.needsField() == false && field != null) {
        throw new IllegalArgumentException(
            "[keep] [" + rule + "] takes no [keep_field], got [" + field + "]");
      }
    }

    public KeepPolicy(StreamInput in) throws IOException {
      this(Frame.open(in, "keep"));
    }

    private KeepPolicy(Frame body) throws IOException {
      this(body.readEnum(KeepRule.class), body.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeEnum(rule);
            body.writeOptionalString(field);
          });
    }

    /** Which document of a group is kept. Among equals it is the one with the lowest id. */
    public enum KeepRule {

      /** The document with the lowest id. */
      LOWEST_ID,

      /** The document with the lowest value of a date or number. */
      OLDEST,

      /** The document with the highest value of a date or number. */
      NEWEST,

      /** The document with the most characters in a field of its source. */
      LONGEST;

      /** Whether the rule asks for the value of a field. */
      public boolean needsField() {
        return this != LOWEST_ID;
      }

      /** Whether the value is a date or a number. */
      public boolean isNumeric() {
        return this == OLDEST || this == NEWEST;
      }

      /** The rule of a name in a request. */
      public static KeepRule parse(String text) {
        return Arrays.stream(values())
            .filter(rule -> rule.toString().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "[keep] must be one of "
                            + Arrays.toString(values())
                            + ", got ["
                            + text
                            + "]"));
      }

      /** The name in a request. */
      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
