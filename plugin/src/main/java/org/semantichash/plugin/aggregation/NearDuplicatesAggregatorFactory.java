// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.search.aggregations.Aggregator;
import org.elasticsearch.search.aggregations.AggregatorFactories;
import org.elasticsearch.search.aggregations.AggregatorFactory;
import org.elasticsearch.search.aggregations.CardinalityUpperBound;
import org.elasticsearch.search.aggregations.support.AggregationContext;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.mapper.HashCodeFieldMapper;
import org.semantichash.plugin.mapper.HashCodeFieldType;
import org.semantichash.plugin.models.EmptyCode;

/** Makes the aggregators of a shard, and refuses fields that it cannot compare. */
final class NearDuplicatesAggregatorFactory extends AggregatorFactory {

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
    checkNotNested();
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
    if (type == null || type instanceof HashCodeFieldType) {
      return (HashCodeFieldType) type;
    }
    throw new IllegalArgumentException(
        "[near_duplicates] needs a field of type ["
            + HashCodeFieldMapper.CONTENT_TYPE
            + "], but field ["
            + field
            + "] of index ["
            + context.getIndexSettings().getIndex().getName()
            + "] is of type ["
            + type.typeName()
            + "]");
  }

  private void checkNotNested() {
    String nested = type == null ? null : context.nestedLookup().getNestedParent(type.name());
    if (nested == null && context.nestedScope().getObjectMapper() != null) {
      nested = context.nestedScope().getObjectMapper().fullPath();
    }
    if (nested != null) {
      throw DuplicatesOptions.nested(options.field(), nested);
    }
  }

  private void checkDistance() {
    if (type != null && options.maxDistance() > type.bits()) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and the number of bits of field ["
              + options.field()
              + "], ["
              + type.bits()
              + "], got ["
              + options.maxDistance()
              + "]");
    }
  }

  @Override
  protected Aggregator createInternal(
      Aggregator parent, CardinalityUpperBound cardinality, Map<String, Object> metadata)
      throws IOException {
    return new NearDuplicatesAggregator(name, options, type, emptyCode, context, parent, metadata);
  }
}
