// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.search.aggregations.AggregatorReducer;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/** The result of the aggregation: the documents of shards, and when all are there their groups. */
public final class InternalNearDuplicates extends InternalAggregation {

  private final NearDuplicatesOptions options;
  private final long compared;
  private final LeftOut leftOut;
  private final List<ShardDocuments> shards;
  private final ReportedGroups found; // null before the last reduction

  /**
   * The documents that are compared with no other.
   *
   * @param withoutCode how many have no code
   * @param withoutTerms how many have the code of texts without known terms
   * @param unknown the indices whose code of such texts is unknown, and why: there those documents
   *     are compared
   */
  record LeftOut(long withoutCode, long withoutTerms, Map<String, String> unknown) {

    static final LeftOut NONE = new LeftOut(0, 0, Map.of());

    LeftOut {
      unknown = new TreeMap<>(unknown);
    }

    /** Of two reasons for one index the first by name, so that no order of the shards shows. */
    LeftOut plus(LeftOut other) {
      Map<String, String> all = new TreeMap<>(unknown);
      other.unknown.forEach(
          (index, why) -> all.merge(index, why, (a, b) -> a.compareTo(b) <= 0 ? a : b));
      return new LeftOut(withoutCode + other.withoutCode, withoutTerms + other.withoutTerms, all);
    }

    private List<Map<String, String>> unknownIndices() {
      return unknown.entrySet().stream()
          .<Map<String, String>>map(
              entry -> new TreeMap<>(Map.of("index", entry.getKey(), "reason", entry.getValue())))
          .toList();
    }
  }

  InternalNearDuplicates(
      String name,
      Map<String, Object> metadata,
      NearDuplicatesOptions options,
      LeftOut leftOut,
      List<ShardDocuments> shards) {
    this(name, metadata, options, count(shards), leftOut, shards, null);
  }

  private InternalNearDuplicates(
      String name,
      Map<String, Object> metadata,
      NearDuplicatesOptions options,
      long compared,
      LeftOut leftOut,
      List<ShardDocuments> shards,
      ReportedGroups found) {
    super(name, metadata);
    this.options = options;
    this.compared = compared;
    this.leftOut = leftOut;
    this.shards = List.copyOf(shards);
    this.found = found;
  }

  public InternalNearDuplicates(StreamInput in) throws IOException {
    super(in);
    Frame body = Frame.open(in, NearDuplicatesAggregationBuilder.NAME);
    this.options = body.read(NearDuplicatesOptions::new);
    this.compared = body.readVLong();
    long withoutCode = body.readVLong();
    this.shards = body.readCollectionAsImmutableList(ShardDocuments::new);
    this.found = body.readOptionalWriteable(ReportedGroups::new);
    this.leftOut =
        new LeftOut(
            withoutCode,
            body.readOr(0L, StreamInput::readVLong),
            body.readOr(Map.of(), more -> more.readMap(StreamInput::readString)));
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          options.writeTo(body);
          body.writeVLong(compared);
          body.writeVLong(leftOut.withoutCode());
          body.writeCollection(shards);
          body.writeOptionalWriteable(found);
          body.writeVLong(leftOut.withoutTerms());
          body.writeMap(leftOut.unknown(), StreamOutput::writeString);
        });
  }

  private static long count(List<ShardDocuments> shards) {
    return shards.stream().mapToLong(ShardDocuments::size).sum();
  }

  /** The same aggregation of other documents. */
  InternalNearDuplicates of(LeftOut others, List<ShardDocuments> documents) {
    return new InternalNearDuplicates(name, metadata, options, others, documents);
  }

  /** The result with the groups of its documents, which are not needed any more. */
  InternalNearDuplicates of(ReportedGroups groups) {
    return new InternalNearDuplicates(
        name, metadata, options, compared, leftOut, List.of(), groups);
  }

  NearDuplicatesOptions options() {
    return options;
  }

  List<ShardDocuments> shards() {
    return shards;
  }

  /** How many documents were looked at. */
  public long documents() {
    return compared + leftOut.withoutCode() + leftOut.withoutTerms();
  }

  /** Which of them were compared with no other. */
  LeftOut leftOut() {
    return leftOut;
  }

  /** The groups; none before the last reduction. */
  ReportedGroups found() {
    return found == null ? ReportedGroups.NONE : found;
  }

  @Override
  protected AggregatorReducer getLeaderReducer(AggregationReduceContext context, int size) {
    return new NearDuplicatesReducer(this, context);
  }

  @Override
  protected boolean mustReduceOnSingleInternalAgg() {
    return true;
  }

  @Override
  public Object getProperty(List<String> path) {
    if (path.isEmpty()) {
      return this;
    }
    return switch (String.join(".", path)) {
      case "documents" -> documents();
      case "without_code" -> leftOut.withoutCode();
      case "without_terms" -> leftOut.withoutTerms();
      case "total_groups" -> found().total();
      case "grouped_documents" -> found().documents();
      case "capped_groups" -> found().capped();
      default ->
          throw new IllegalArgumentException(
              format(
                  "path of aggregation [%s] must be one of [documents], [without_code],"
                      + " [without_terms], [total_groups], [grouped_documents] and [capped_groups],"
                      + " got %s",
                  name, path));
    };
  }

  @Override
  public XContentBuilder doXContentBody(XContentBuilder builder, Params params) throws IOException {
    builder.field("documents", documents());
    builder.field("without_code", leftOut.withoutCode());
    builder.field("without_terms", leftOut.withoutTerms());
    if (leftOut.unknown().isEmpty() == false) {
      builder.field("empty_code_unknown", leftOut.unknownIndices());
    }
    return found().toXContent(builder, params);
  }

  @Override
  public String getWriteableName() {
    return NearDuplicatesAggregationBuilder.NAME;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof InternalNearDuplicates that
        && options.equals(that.options)
        && compared == that.compared
        && leftOut.equals(that.leftOut)
        && shards.equals(that.shards)
        && Objects.equals(found, that.found);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), options, compared, leftOut, shards, found);
  }

  /**
   * What all documents together gave.
   *
   * @param total how many groups there are
   * @param documents how many documents are in one of them
   * @param capped how many of them are over the largest size or were kept from growing over it
   * @param groups those that were asked for, the largest first
   */
  record ReportedGroups(int total, int documents, int capped, List<ReportedGroup> groups)
      implements Writeable, ToXContentFragment {

    static final ReportedGroups NONE = new ReportedGroups(0, 0, 0, List.of());

    ReportedGroups {
      groups = List.copyOf(groups);
    }

    ReportedGroups(StreamInput in) throws IOException {
      this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
    }

    private ReportedGroups(Frame body) throws IOException {
      this(
          body.readVInt(),
          body.readVInt(),
          body.readVInt(),
          body.readCollectionAsList(ReportedGroup::new));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeVInt(total);
            body.writeVInt(documents);
            body.writeVInt(capped);
            body.writeCollection(groups);
          });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      return builder
          .field("total_groups", total)
          .field("grouped_documents", documents)
          .field("capped_groups", capped)
          .xContentList("groups", groups);
    }

    /**
     * Documents that are near-duplicates of each other.
     *
     * @param diameter the largest distance between two of them
     * @param capped whether the group is over the largest size or was kept from growing over it
     * @param documents by index, then by id
     */
    record ReportedGroup(int diameter, boolean capped, List<Document> documents)
        implements Writeable, ToXContentObject {

      /**
       * A document.
       *
       * @param distance to the first document of the group
       */
      record Document(String index, String id, int distance)
          implements Writeable, ToXContentObject {

        Document(StreamInput in) throws IOException {
          this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
        }

        private Document(Frame body) throws IOException {
          this(body.readString(), body.readString(), body.readVInt());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
          Frame.write(
              out,
              body -> {
                body.writeString(index);
                body.writeString(id);
                body.writeVInt(distance);
              });
        }

        @Override
        public XContentBuilder toXContent(XContentBuilder builder, Params params)
            throws IOException {
          return builder
              .startObject()
              .field("_index", index)
              .field("_id", id)
              .field("distance", distance)
              .endObject();
        }
      }

      ReportedGroup {
        documents = List.copyOf(documents);
      }

      ReportedGroup(StreamInput in) throws IOException {
        this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
      }

      private ReportedGroup(Frame body) throws IOException {
        this(body.readVInt(), body.readBoolean(), body.readCollectionAsList(Document::new));
      }

      @Override
      public void writeTo(StreamOutput out) throws IOException {
        Frame.write(
            out,
            body -> {
              body.writeVInt(diameter);
              body.writeBoolean(capped);
              body.writeCollection(documents);
            });
      }

      @Override
      public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder
            .startObject()
            .field("size", documents.size())
            .field("diameter", diameter)
            .field("capped", capped)
            .xContentList("documents", documents)
            .endObject();
      }
    }
  }
}
