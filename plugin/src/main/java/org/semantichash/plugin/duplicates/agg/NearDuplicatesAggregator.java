// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.NestedObjectMapper;
import org.elasticsearch.search.aggregations.AggregationExecutionContext;
import org.elasticsearch.search.aggregations.Aggregator;
import org.elasticsearch.search.aggregations.AggregatorFactories;
import org.elasticsearch.search.aggregations.AggregatorFactory;
import org.elasticsearch.search.aggregations.CardinalityUpperBound;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.search.aggregations.LeafBucketCollector;
import org.elasticsearch.search.aggregations.metrics.MetricsAggregator;
import org.elasticsearch.search.aggregations.support.AggregationContext;
import org.elasticsearch.search.internal.SubSearchContext;
import org.elasticsearch.tasks.TaskCancelledException;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.duplicates.agg.InternalNearDuplicates.LeftOut;
import org.semantichash.plugin.duplicates.agg.ShardDocuments.BucketCodes;
import org.semantichash.plugin.duplicates.shard.DocumentIds;
import org.semantichash.plugin.duplicates.shard.ShardFields;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.models.EmptyCode;

/** Collects the documents of a shard with their codes, bucket by bucket, and names them. */
final class NearDuplicatesAggregator extends MetricsAggregator {

  private final NearDuplicatesOptions options;
  private final HashCodeFieldType type; // null when the field is not mapped
  private final EmptyCode emptyCode;
  private final String index;
  private final DocumentIds ids;
  private final BucketCodes collected;

  NearDuplicatesAggregator(
      String name,
      NearDuplicatesOptions options,
      HashCodeFieldType type,
      EmptyCode emptyCode,
      AggregationContext context,
      Aggregator parent,
      Map<String, Object> metadata)
      throws IOException {
    super(name, context, parent, metadata);
    this.options = options;
    this.type = type;
    this.emptyCode = emptyCode;
    SubSearchContext search = context.subSearchContext();
    this.index = search.getSearchExecutionContext().getFullyQualifiedIndex().getName();
    this.ids =
        new DocumentIds(searcher().getIndexReader(), search.newIdLoader(), this::checkCancelled);
    int bytes = type == null ? 1 : BinaryCode.byteLength(type.bits());
    this.collected = new BucketCodes(bigArrays(), bytes, options.maxDocuments());
  }

  private void checkCancelled() {
    if (context.isCancelled()) {
      throw new TaskCancelledException("cancelled");
    }
  }

  @Override
  protected LeafBucketCollector getLeafCollector(
      AggregationExecutionContext execution, LeafBucketCollector sub) throws IOException {
    LeafReaderContext segment = execution.getLeafReaderContext();
    CodeField field = type == null ? null : type.codes();
    BinaryDocValues values = field == null ? null : field.docValues(segment.reader());
    int bytes = collected.bytes();
    byte[] known = type == null ? null : emptyCode.bytes(type.bits());
    BytesRef empty = known == null ? null : new BytesRef(known);
    return new LeafBucketCollector() {
      @Override
      public void collect(int document, long bucket) throws IOException {
        if (values == null || values.advanceExact(document) == false) {
          collected.addWithoutCode(bucket);
          return;
        }
        BytesRef code = field.form().code(values.binaryValue(), bytes);
        if (empty != null && empty.equals(code)) {
          collected.addWithoutTerms(bucket);
        } else {
          collected.add(bucket, segment.docBase + document, code);
        }
      }
    };
  }

  @Override
  public InternalAggregation buildAggregation(long bucket) throws IOException {
    if (type == null) {
      return result(leftOut(bucket), List.of());
    }
    addRequestCircuitBreakerBytes(ShardDocuments.bytes(type.bits(), collected.count(bucket)));
    ShardDocuments documents =
        collected.isOverflown()
            ? ShardDocuments.tooMany(index, type.bits(), digest())
            : documents(collected.places(bucket));
    return result(leftOut(bucket), List.of(documents));
  }

  private LeftOut leftOut(long bucket) {
    return new LeftOut(
        collected.withoutCode(bucket),
        collected.withoutTerms(bucket),
        emptyCode.isUnknown() ? Map.of(index, emptyCode.unknown()) : Map.of());
  }

  private ShardDocuments documents(long[] places) throws IOException {
    int[] documents =
        Arrays.stream(places).mapToInt(place -> (int) (place >>> Integer.SIZE)).toArray();
    return new ShardDocuments(
        index, type.bits(), digest(), ids.read(documents), collected.codes(places));
  }

  private String digest() {
    return type.digest().orElse(null);
  }

  private InternalAggregation result(LeftOut leftOut, List<ShardDocuments> documents) {
    return new InternalNearDuplicates(name, metadata(), options, leftOut, documents);
  }

  @Override
  public InternalAggregation buildEmptyAggregation() {
    return result(LeftOut.NONE, List.of());
  }

  @Override
  protected void doClose() {
    Releasables.close(collected);
  }

  /** Makes the aggregators of a shard, and refuses fields that it cannot compare. */
  static final class NearDuplicatesAggregatorFactory extends AggregatorFactory {

    private final NearDuplicatesOptions options;
    private final HashCodeFieldType type;
    private final EmptyCode emptyCode;

    NearDuplicatesAggregatorFactory(
        String name,
        NearDuplicatesOptions options,
        Map<String, EmptyCode> emptyCodes,
        AggregationContext context,
        AggregatorFactory parent,
        AggregatorFactories.Builder factories,
        Map<String, Object> metadata)
        throws IOException {
      super(name, context, parent, factories, metadata);
      this.options = options;
      this.type = type(options.field(), context);
      this.emptyCode = emptyCode(emptyCodes.get(context.getIndexSettings().getIndex().getUUID()));
      checkDistance();
    }

    /** An index that the coordinating node does not have, of another cluster perhaps, has none. */
    private EmptyCode emptyCode(EmptyCode found) {
      if (options.includeWithoutTerms() || type == null) {
        return EmptyCode.NONE;
      }
      if (found == null && (type.model().isPresent() || type.digest().isPresent())) {
        return EmptyCode.unknown("the node that coordinates the search does not know the index");
      }
      return found == null ? EmptyCode.NONE : found;
    }

    /** Null when the field is not mapped: then no document has a code. */
    private static HashCodeFieldType type(String field, AggregationContext context) {
      MappedFieldType type = context.getFieldType(field);
      NestedObjectMapper scope = context.nestedScope().getObjectMapper();
      ShardFields.checkNotNested(field, scope == null ? null : scope.fullPath());
      if (type == null) {
        return null;
      }
      ShardFields.checkNotNested(field, context.nestedLookup().getNestedParent(type.name()));
      return ShardFields.codes(field, type, context.getIndexSettings().getIndex().getName());
    }

    private void checkDistance() {
      if (type != null && options.maxDistance(type.bits()) > type.bits()) {
        throw new IllegalArgumentException(
            format(
                "[max_distance] must be between [0] and the number of bits of field [%s],"
                    + " [%s], got [%s]",
                options.field(), type.bits(), options.maxDistance()));
      }
    }

    @Override
    protected Aggregator createInternal(
        Aggregator parent, CardinalityUpperBound cardinality, Map<String, Object> metadata)
        throws IOException {
      return new NearDuplicatesAggregator(
          name, options, type, emptyCode, context, parent, metadata);
    }
  }
}
