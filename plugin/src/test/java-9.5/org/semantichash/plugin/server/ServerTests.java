// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.search.TotalHits;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.admin.indices.alias.IndicesAliasesRequestBuilder;
import org.elasticsearch.action.ingest.PutPipelineRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.fielddata.FieldDataContext;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.Processor;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.SearchResponseUtils;
import org.elasticsearch.search.aggregations.AggregationBuilder;
import org.elasticsearch.search.aggregations.AggregationReduceContext;
import org.elasticsearch.search.aggregations.pipeline.PipelineAggregator.PipelineTree;
import org.elasticsearch.search.profile.SearchProfileShardResult;
import org.elasticsearch.test.TransportVersionUtils;
import org.elasticsearch.xcontent.XContentType;

/** What tests need of the server. */
public final class ServerTests {

  private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(30);

  /** Whether hits show codes in their {@code _source} unless told otherwise. */
  public static final boolean CODES_IN_SOURCE = false;

  private ServerTests() {}

  public static IndicesAliasesRequestBuilder prepareAliases(Client client) {
    return client.admin().indices().prepareAliases(TIMEOUT, TIMEOUT);
  }

  public static PutPipelineRequest pipeline(String id, String json) {
    return new PutPipelineRequest(TIMEOUT, TIMEOUT, id, new BytesArray(json), XContentType.JSON);
  }

  /** The only processor of a pipeline, which takes all of its configuration. */
  public static Processor processor(
      Map<String, Processor.Factory> factories, String type, Map<String, Object> config)
      throws Exception {
    return ConfigurationUtils.readProcessor(factories, null, type, config, ProjectId.DEFAULT);
  }

  /** A response with one hit that has one field. */
  public static SearchResponse response(String id, DocumentField field) {
    SearchHit hit = new SearchHit(0, id);
    hit.setDocumentField(field);
    SearchHits hits =
        new SearchHits(new SearchHit[] {hit}, new TotalHits(1, TotalHits.Relation.EQUAL_TO), 1f);
    SearchResponse response = SearchResponseUtils.successfulResponse(hits);
    hits.decRef();
    return response;
  }

  public static Collection<SearchProfileShardResult> profiles(SearchResponse response) {
    return response.getSearchProfileShardResults().values();
  }

  /** The reduction at the end of a search. */
  public static AggregationReduceContext finalReduction(
      BigArrays arrays, Supplier<Boolean> cancelled, AggregationBuilder builder) {
    return new AggregationReduceContext.ForFinal(
        arrays, null, cancelled, builder, buckets -> {}, PipelineTree.EMPTY, List.of());
  }

  public static TransportVersion randomCompatibleVersion() {
    return TransportVersionUtils.randomCompatibleVersion();
  }

  public static FieldDataContext fieldData() {
    return FieldDataContext.noRuntimeFields("index", "test");
  }
}
