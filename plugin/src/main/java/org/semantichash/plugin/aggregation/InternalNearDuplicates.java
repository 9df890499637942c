/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.search.aggregations.AggregatorReducer;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/** The result of the aggregation: the documents of shards, and when all are there their groups. */
public final class InternalNearDuplicates extends InternalAggregation {

  private final NearDuplicatesOptions options;
  private final long withCode;
  private final long withoutCode;
  private final List<ShardDocuments> shards;
  private final FoundGroups found; // null before the last reduction

  InternalNearDuplicates(
      String name,
      Map<String, Object> metadata,
      NearDuplicatesOptions options,
      long withoutCode,
      List<ShardDocuments> shards) {
    this(name, metadata, options, count(shards), withoutCode, shards, null);
  }

  private InternalNearDuplicates(
      String name,
      Map<String, Object> metadata,
      NearDuplicatesOptions options,
      long withCode,
      long withoutCode,
      List<ShardDocuments> shards,
      FoundGroups found) {
    super(name, metadata);
    this.options = options;
    this.withCode = withCode;
    this.withoutCode = withoutCode;
    this.shards = List.copyOf(shards);
    this.found = found;
  }

  /** Reads a result from the wire. */
  public InternalNearDuplicates(StreamInput in) throws IOException {
    super(in);
    Frame body = Frame.open(in, NearDuplicatesAggregationBuilder.NAME);
    this.options = body.read(NearDuplicatesOptions::new);
    this.withCode = body.readVLong();
    this.withoutCode = body.readVLong();
    this.shards = body.readCollectionAsImmutableList(ShardDocuments::new);
    this.found = body.readOptionalWriteable(FoundGroups::new);
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          options.writeTo(body);
          body.writeVLong(withCode);
          body.writeVLong(withoutCode);
          body.writeCollection(shards);
          body.writeOptionalWriteable(found);
        });
  }

  private static long count(List<ShardDocuments> shards) {
    return shards.stream().mapToLong(ShardDocuments::size).sum();
  }

  /** The same aggregation of other documents. */
  InternalNearDuplicates of(long otherWithoutCode, List<ShardDocuments> others) {
    return new InternalNearDuplicates(name, metadata, options, otherWithoutCode, others);
  }

  /** The result with the groups of its documents, which are not needed any more. */
  InternalNearDuplicates of(FoundGroups groups) {
    return new InternalNearDuplicates(
        name, metadata, options, withCode, withoutCode, List.of(), groups);
  }

  NearDuplicatesOptions options() {
    return options;
  }

  List<ShardDocuments> shards() {
    return shards;
  }

  /** How many documents were looked at. */
  public long documents() {
    return withCode + withoutCode;
  }

  /** How many of them have no code. */
  public long withoutCode() {
    return withoutCode;
  }

  /** The groups; none before the last reduction. */
  FoundGroups found() {
    return found == null ? FoundGroups.NONE : found;
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
      case "without_code" -> withoutCode;
      case "total_groups" -> found().total();
      case "grouped_documents" -> found().documents();
      case "capped_groups" -> found().capped();
      default ->
          throw new IllegalArgumentException(
              "path of aggregation ["
                  + name
                  + "] must be one of [documents], [without_code], [total_groups],"
                  + " [grouped_documents] and [capped_groups], got "
                  + path);
    };
  }

  @Override
  public XContentBuilder doXContentBody(XContentBuilder builder, Params params) throws IOException {
    builder.field("documents", documents()).field("without_code", withoutCode);
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
        && withCode == that.withCode
        && withoutCode == that.withoutCode
        && shards.equals(that.shards)
        && Objects.equals(found, that.found);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), options, withCode, withoutCode, shards, found);
  }
}
