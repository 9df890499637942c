// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.VerifyOptions;
import org.semantichash.plugin.wire.Frame;

/**
 * Which near-duplicates are wanted.
 *
 * @param field the field with the codes
 * @param maxDistance the largest distance of a pair, in bits; null for the default of the width
 * @param grouping how pairs become groups
 * @param size how many groups are in the answer, at most, the largest first
 * @param maxDocuments how many documents with a code a shard may have, at most
 * @param includeWithoutTerms whether documents count that have the code of texts without known
 *     terms
 */
public record NearDuplicatesOptions(
    String field,
    Integer maxDistance,
    Grouping grouping,
    int size,
    int maxDocuments,
    boolean includeWithoutTerms)
    implements Writeable, ToXContentFragment {

  /** How many documents of a shard are compared unless more are asked for. */
  public static final int DEFAULT_MAX_DOCUMENTS = 10_000;

  /** How many documents of a shard can be asked for; every shard sends all of them. */
  public static final int MOST_DOCUMENTS = 100_000;

  static final String MAX_DOCUMENTS = "max_documents";

  private static final String FIELD = "field";
  private static final String MAX_DISTANCE = "max_distance";
  private static final String LINKAGE = "linkage";
  private static final String MIN_GROUP_SIZE = "min_group_size";
  private static final String MAX_GROUP_SIZE = "max_group_size";
  private static final String SIZE = "size";

  private static final ObjectParser<AggregationBody, Void> PARSER =
      new ObjectParser<>(NearDuplicatesAggregationBuilder.NAME, AggregationBody::new);

  static {
    DuplicatesOptions.SharedBody.declare(PARSER);
    PARSER.declareInt((body, number) -> body.size = number, new ParseField(SIZE));
    PARSER.declareInt((body, number) -> body.maxDocuments = number, new ParseField(MAX_DOCUMENTS));
    PARSER.declareObject(
        (body, nothing) -> {},
        (parser, nothing) -> refuseVerification(),
        new ParseField(VerifyOptions.NAME));
  }

  /** Checks what can be checked without the index. */
  public NearDuplicatesOptions {
    if (field == null) {
      throw new IllegalArgumentException("[field] is missing");
    }
    Objects.requireNonNull(grouping, "grouping");
    checkAtLeast(MAX_DISTANCE, 0, maxDistance == null ? 0 : maxDistance);
    checkAtLeast(SIZE, 0, size);
    if (maxDocuments < 1 || maxDocuments > MOST_DOCUMENTS) {
      throw new IllegalArgumentException(
          format(
              "[%s] must be between [1] and [%s], got [%s]",
              MAX_DOCUMENTS, MOST_DOCUMENTS, maxDocuments));
    }
  }

  NearDuplicatesOptions(StreamInput in) throws IOException {
    this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
  }

  private NearDuplicatesOptions(Frame body) throws IOException {
    this(
        body.readString(),
        body.readOptionalVInt(),
        new Grouping(body.readEnum(Grouping.Linkage.class), body.readVInt(), body.readVInt()),
        body.readVInt(),
        body.readVInt(),
        body.readOr(false, StreamInput::readBoolean));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeString(field);
          body.writeOptionalVInt(maxDistance);
          body.writeEnum(grouping.linkage());
          body.writeVInt(grouping.minSize());
          body.writeVInt(grouping.maxSize());
          body.writeVInt(size);
          body.writeVInt(maxDocuments);
          body.writeBoolean(includeWithoutTerms);
        });
  }

  /** The largest distance of a pair of codes of so many bits. */
  int maxDistance(int bits) {
    return NearDuplicates.maxDistance(maxDistance, bits, false);
  }

  static NearDuplicatesOptions parse(XContentParser parser) {
    AggregationBody body = PARSER.apply(parser, null);
    return new NearDuplicatesOptions(
        body.field,
        body.maxDistance,
        body.grouping(2),
        body.size,
        body.maxDocuments,
        body.includeWithoutTerms);
  }

  private static Object refuseVerification() {
    throw new IllegalArgumentException(
        "[verify] must not be in an aggregation, whose pairs are known only when the shards have"
            + " answered and their texts are out of reach: send it to [POST"
            + " {index}/_semantic_hash/near_duplicates], with the query of the search as [query]");
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field(FIELD, field);
    if (maxDistance != null) {
      builder.field(MAX_DISTANCE, maxDistance);
    }
    return builder
        .field(LINKAGE, name(grouping.linkage()))
        .field(MIN_GROUP_SIZE, grouping.minSize())
        .field(MAX_GROUP_SIZE, grouping.maxSize())
        .field(SIZE, size)
        .field(MAX_DOCUMENTS, maxDocuments)
        .field(DuplicatesOptions.INCLUDE_WITHOUT_TERMS, includeWithoutTerms);
  }

  private static void checkAtLeast(String name, int least, int got) {
    if (got < least) {
      throw new IllegalArgumentException(
          "[" + name + "] must be at least [" + least + "], got [" + got + "]");
    }
  }

  private static String name(Grouping.Linkage linkage) {
    return linkage.name().toLowerCase(Locale.ROOT);
  }

  private static final class AggregationBody extends DuplicatesOptions.SharedBody {
    private int size = 10;
    private int maxDocuments = DEFAULT_MAX_DOCUMENTS;
  }
}
