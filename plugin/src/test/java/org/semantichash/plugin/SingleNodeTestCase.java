// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.ingest.PutPipelineTransportAction;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.test.ESSingleNodeTestCase;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.server.ServerTests;

/** A node in this JVM with the plugin, spoken to in JSON. */
public abstract class SingleNodeTestCase extends ESSingleNodeTestCase {

  /** A hit, without the reference counting of the original. */
  protected record Hit(String id, float score, Map<String, Object> source, List<Object> codes) {}

  @Override
  protected Collection<Class<? extends Plugin>> getPlugins() {
    return List.of(SemanticHashPlugin.class);
  }

  /** Each test has its own node, and so its own models. */
  @Override
  protected boolean resetNodeAfterTest() {
    return true;
  }

  protected final void putModel(String id, byte[] file) {
    Path config = getInstanceFromNode(Environment.class).configDir();
    TestModel.put(config, id, file);
  }

  protected final void putPipeline(String id, String json) {
    client()
        .execute(PutPipelineTransportAction.TYPE, ServerTests.pipeline(id, json.replace('\'', '"')))
        .actionGet();
  }

  protected final void createIndex(String name, int shards, String mapping) {
    Settings settings =
        Settings.builder()
            .put("index.number_of_shards", shards)
            .put("index.number_of_replicas", 0)
            .build();
    client()
        .admin()
        .indices()
        .prepareCreate(name)
        .setSettings(settings)
        .setMapping(mapping.replace('\'', '"'))
        .get();
  }

  protected final BulkResponse bulk(String index, String pipeline, Map<String, ?> documents) {
    BulkRequest bulk = new BulkRequest();
    documents.forEach(
        (id, source) ->
            bulk.add(
                new IndexRequest(index)
                    .id(id)
                    .setPipeline(pipeline)
                    .source(
                        source instanceof Map<?, ?> fields
                            ? stringKeys(fields)
                            : Map.of("body", source))));
    bulk.setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
    return client().bulk(bulk).actionGet();
  }

  private static Map<String, Object> stringKeys(Map<?, ?> fields) {
    Map<String, Object> copy = new HashMap<>();
    fields.forEach((key, value) -> copy.put((String) key, value));
    return copy;
  }

  protected final List<Hit> hits(String index, String json) {
    List<Hit> hits = new ArrayList<>();
    search(
        index,
        json,
        response -> {
          for (SearchHit hit : response.getHits().getHits()) {
            List<Object> codes =
                hit.field("code") == null ? List.of() : hit.field("code").getValues();
            hits.add(
                new Hit(
                    hit.getId(),
                    hit.getScore(),
                    hit.hasSource() ? hit.getSourceAsMap() : Map.of(),
                    codes));
          }
        });
    return hits;
  }

  protected final void search(
      String index, String json, CheckedConsumer<SearchResponse, RuntimeException> check) {
    SearchRequest request = new SearchRequest(new String[] {index}, source(json));
    var response = client().search(request).actionGet();
    try {
      check.accept(response);
    } finally {
      response.decRef();
    }
  }

  protected final SearchSourceBuilder source(String json) {
    NamedXContentRegistry registry = getInstanceFromNode(NamedXContentRegistry.class);
    try (XContentParser parser =
        JsonXContent.jsonXContent.createParser(
            parserConfig().withRegistry(registry), json.replace('\'', '"'))) {
      return new SearchSourceBuilder().parseXContent(parser, true, feature -> false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What REST would answer: the status and the reason of the root cause. */
  protected record Refusal(int status, String reason) {}

  protected final Refusal refusal(String index, String json) {
    Exception failure = expectThrows(Exception.class, () -> hits(index, json));
    Throwable cause = ExceptionsHelper.unwrapCause(failure);
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Refusal(ExceptionsHelper.status(cause).getStatus(), root.getMessage());
  }
}
