// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.plugins.SearchPlugin.AggregationSpec;
import org.elasticsearch.search.aggregations.AbstractAggregationBuilder;
import org.elasticsearch.search.aggregations.AggregationBuilder;
import org.elasticsearch.search.aggregations.AggregatorFactories;
import org.elasticsearch.search.aggregations.AggregatorFactory;
import org.elasticsearch.search.aggregations.PipelineAggregationBuilder;
import org.elasticsearch.search.aggregations.support.AggregationContext;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.plugin.duplicates.agg.NearDuplicatesAggregator.NearDuplicatesAggregatorFactory;
import org.semantichash.plugin.field.CodeMapping;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.wire.Frame;

/**
 * The aggregation {@code near_duplicates}: groups the documents of a search, or of a bucket, by the
 * distance of their codes. Exact; every shard sends the codes of all its documents, so that it is
 * for searches of some thousand documents.
 */
public final class NearDuplicatesAggregationBuilder
    extends AbstractAggregationBuilder<NearDuplicatesAggregationBuilder> {

  /** The name of the aggregation. */
  public static final String NAME = "near_duplicates";

  private final NearDuplicatesOptions options;
  private final EmptyCodesOfIndices emptyCodes;

  /**
   * An aggregation.
   *
   * @param name its name in the request
   * @param lookup finds the codes of texts without known terms
   */
  public NearDuplicatesAggregationBuilder(
      String name, NearDuplicatesOptions options, EmptyCode.Lookup lookup) {
    this(name, options, new EmptyCodesOfIndices(lookup, Map.of()));
  }

  private NearDuplicatesAggregationBuilder(
      String name, NearDuplicatesOptions options, EmptyCodesOfIndices emptyCodes) {
    super(name);
    this.options = Objects.requireNonNull(options, "options");
    this.emptyCodes = emptyCodes;
  }

  private NearDuplicatesAggregationBuilder(
      NearDuplicatesAggregationBuilder original,
      AggregatorFactories.Builder factories,
      Map<String, Object> metadata) {
    super(original, factories, metadata);
    this.options = original.options;
    this.emptyCodes = original.emptyCodes;
  }

  private NearDuplicatesAggregationBuilder(StreamInput in, EmptyCode.Lookup lookup)
      throws IOException {
    super(in);
    Frame body = Frame.open(in, NAME);
    this.options = body.read(NearDuplicatesOptions::new);
    this.emptyCodes =
        new EmptyCodesOfIndices(
            lookup, body.readOr(Map.of(), more -> more.readMap(EmptyCode::new)));
  }

  /**
   * What a node must know of the aggregation.
   *
   * @param lookup finds the codes of texts without known terms
   */
  public static AggregationSpec spec(EmptyCode.Lookup lookup) {
    return new AggregationSpec(
            NAME,
            in -> new NearDuplicatesAggregationBuilder(in, lookup),
            (XContentParser parser, String name) ->
                new NearDuplicatesAggregationBuilder(
                    name, NearDuplicatesOptions.parse(parser), lookup))
        .addResultReader(InternalNearDuplicates::new);
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          options.writeTo(body);
          body.writeMap(emptyCodes.known(), StreamOutput::writeWriteable);
        });
  }

  @Override
  protected AggregationBuilder doRewrite(QueryRewriteContext context) {
    EmptyCodesOfIndices found =
        options.includeWithoutTerms() ? emptyCodes : emptyCodes.rewrite(options.field(), context);
    return found == emptyCodes ? this : new NearDuplicatesAggregationBuilder(name, options, found);
  }

  @Override
  protected XContentBuilder internalXContent(XContentBuilder builder, Params params)
      throws IOException {
    builder.startObject();
    options.toXContent(builder, params);
    return builder.endObject();
  }

  @Override
  protected AggregatorFactory doBuild(
      AggregationContext context, AggregatorFactory parent, AggregatorFactories.Builder factories)
      throws IOException {
    return new NearDuplicatesAggregatorFactory(
        name, options, emptyCodes.known(), context, parent, factories, metadata);
  }

  @Override
  protected AggregationBuilder shallowCopy(
      AggregatorFactories.Builder factories, Map<String, Object> metadata) {
    return new NearDuplicatesAggregationBuilder(this, factories, metadata);
  }

  @Override
  public NearDuplicatesAggregationBuilder subAggregations(AggregatorFactories.Builder factories) {
    if (factories.count() > 0) {
      throw hasNoBuckets();
    }
    return this;
  }

  @Override
  public NearDuplicatesAggregationBuilder subAggregation(AggregationBuilder aggregation) {
    throw hasNoBuckets();
  }

  @Override
  public NearDuplicatesAggregationBuilder subAggregation(PipelineAggregationBuilder aggregation) {
    throw hasNoBuckets();
  }

  private IllegalArgumentException hasNoBuckets() {
    return new IllegalArgumentException(
        format(
            "aggregation [%s] of type [%s] cannot have sub-aggregations: its groups are"
                + " known only when all shards have answered",
            name, NAME));
  }

  @Override
  public BucketCardinality bucketCardinality() {
    return BucketCardinality.NONE;
  }

  /** One thread sees all documents of a shard, and so whether there are too many. */
  @Override
  public boolean supportsParallelCollection(ToLongFunction<String> cardinalities) {
    return false;
  }

  NearDuplicatesOptions options() {
    return options;
  }

  @Override
  public String getType() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.zero();
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && options.equals(((NearDuplicatesAggregationBuilder) other).options)
        && emptyCodes.known().equals(((NearDuplicatesAggregationBuilder) other).emptyCodes.known());
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), options, emptyCodes.known());
  }

  /**
   * The codes that stand for texts without known terms in the searched indices, by UUID of the
   * index: another cluster may have an index of the same name. They are asked for by the node that
   * coordinates the search, once for all shards.
   */
  static final class EmptyCodesOfIndices {

    private final EmptyCode.Lookup lookup;
    private final Map<String, EmptyCode> known;

    /** What is on its way; null when nothing is asked for. */
    private final SetOnce<Map<String, EmptyCode>> asked;

    private EmptyCodesOfIndices(
        EmptyCode.Lookup lookup,
        Map<String, EmptyCode> known,
        SetOnce<Map<String, EmptyCode>> asked) {
      this.lookup = lookup;
      this.known = known;
      this.asked = asked;
    }

    /**
     * Some are known.
     *
     * @param known the codes by UUID of the index
     */
    EmptyCodesOfIndices(EmptyCode.Lookup lookup, Map<String, EmptyCode> known) {
      this(lookup, known, null);
    }

    /** What is known, by UUID of the index. */
    Map<String, EmptyCode> known() {
      return known;
    }

    /**
     * Asks for what is not known of the indices of a search; itself when there is nothing to ask.
     */
    EmptyCodesOfIndices rewrite(String field, QueryRewriteContext context) {
      if (asked != null) {
        if (asked.get() == null) {
          return this;
        }
        Map<String, EmptyCode> all = new TreeMap<>(known);
        all.putAll(asked.get());
        return new EmptyCodesOfIndices(lookup, all, null);
      }
      ResolvedIndices indices = context.getResolvedIndices();
      List<IndexMetadata> unknown =
          indices == null ? List.of() : unknown(indices.getConcreteLocalIndicesMetadata().values());
      if (unknown.isEmpty()) {
        return this;
      }
      SetOnce<Map<String, EmptyCode>> answer = new SetOnce<>();
      context.registerAsyncAction(
          (client, listener) ->
              find(
                  field,
                  unknown,
                  listener.map(
                      found -> {
                        answer.set(found);
                        return null; // the rewriting wants no value
                      })));
      return new EmptyCodesOfIndices(lookup, known, answer);
    }

    private void find(
        String field,
        List<IndexMetadata> indices,
        ActionListener<Map<String, EmptyCode>> listener) {
      Map<String, EmptyCode> answers = new ConcurrentHashMap<>();
      try (RefCountingListener all = new RefCountingListener(listener.map(done -> answers))) {
        indices.forEach(index -> find(field, index, answers, all));
      }
    }

    private List<IndexMetadata> unknown(Collection<IndexMetadata> indices) {
      return indices.stream().filter(i -> known.containsKey(i.getIndexUUID()) == false).toList();
    }

    private void find(
        String field,
        IndexMetadata index,
        Map<String, EmptyCode> answers,
        RefCountingListener listeners) {
      CodeMapping.Field mapped = CodeMapping.of(index).field(field);
      if (mapped == null) {
        answers.put(index.getIndexUUID(), EmptyCode.NONE);
        return;
      }
      lookup.find(
          mapped.modelId().orElse(null),
          mapped.digest(),
          mapped.bits(),
          listeners.acquire(code -> answers.put(index.getIndexUUID(), code)));
    }
  }
}
