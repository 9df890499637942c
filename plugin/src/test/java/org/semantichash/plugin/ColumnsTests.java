// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.action.admin.indices.cache.clear.ClearIndicesCacheRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.plugins.PluginsService;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.api.NodesApi;
import org.semantichash.plugin.api.NodesModelStats;
import org.semantichash.plugin.server.ServerTests;
import org.semantichash.plugin.server.ShardSearches;
import org.semantichash.search.columns.ColumnCache;

/** The codes in memory, on a node: when they come, what they count as, and when they go. */
public class ColumnsTests extends SingleNodeTestCase {

  private static final String INDEX = "codes";
  private static final int DOCUMENTS = 50;
  private static final String MAPPING = "{'properties':{'code':{'type':'hash_code','bits':64}}}";

  private ColumnCache.Statistics statistics() {
    return getInstanceFromNode(PluginsService.class)
        .filterPlugins(SemanticHashPlugin.class)
        .findFirst()
        .orElseThrow()
        .columns()
        .statistics();
  }

  private long fielddataBytes() {
    return getInstanceFromNode(CircuitBreakerService.class)
        .getBreaker(CircuitBreaker.FIELDDATA)
        .getUsed();
  }

  private void index(int from) {
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (int i = from; i < from + DOCUMENTS; i++) {
      documents.put(Integer.toString(i), Map.of("code", randomCode().toHex()));
    }
    assertFalse(bulk(INDEX, null, documents).hasFailures());
  }

  private static BinaryCode randomCode() {
    return BinaryCode.of(randomByteArrayOfLength(8), 64);
  }

  private void createIndexWith(String mode) {
    createIndex(INDEX, 1, MAPPING);
    set(mode);
  }

  private void set(String mode) {
    client()
        .admin()
        .indices()
        .prepareUpdateSettings(INDEX)
        .setSettings(Settings.builder().put("index.semantic_hash.columns", mode))
        .get();
  }

  private void search(CheckedConsumer<SearchResponse, RuntimeException> check) {
    search(
        INDEX,
        "{'profile':true,'explain':true,'query':{'hamming':{'field':'code','code':'"
            + randomCode()
            + "'}}}",
        check);
  }

  private void assertReadBy(String path) {
    search(
        response -> {
          assertThat(ShardSearches.totalHits(response), greaterThan(0L));
          for (var shard : ServerTests.profiles(response)) {
            for (var query : shard.getQueryProfileResults()) {
              assertThat(
                  query
                      .getQueryResults()
                      .get(0)
                      .getProfiledChildren()
                      .get(0)
                      .getLuceneDescription(),
                  containsString("segments={" + path + "="));
            }
          }
          assertThat(
              response.getHits().getAt(0).getExplanation().toString(),
              containsString("a search reads this segment by [" + path + "]"));
        });
  }

  public void testTheFirstSearchBuildsColumnsByDefault() throws Exception {
    createIndex(INDEX, 1, MAPPING);
    index(0);
    assertThat(statistics(), equalTo(new ColumnCache.Statistics(0, 0, 0, 0, 0, 0, 0)));
    assertReadBy("column_scan");
    assertThat(statistics().bytes(), greaterThan(8L * DOCUMENTS));
    assertThat(fielddataBytes(), equalTo(statistics().bytes()));
    long builds = statistics().builds();
    assertReadBy("column_scan");
    assertThat(statistics().builds(), equalTo(builds));
    client().admin().indices().prepareDelete(INDEX).get();
    // The last reader may be closed after the answer.
    assertBusy(() -> assertThat(statistics().bytes(), equalTo(0L)));
    assertThat(fielddataBytes(), equalTo(0L));
  }

  public void testEagerColumnsAreThereWithoutASearch() {
    createIndexWith("eager");
    index(0);
    long first = statistics().bytes();
    assertThat(first, greaterThan(8L * DOCUMENTS));
    index(DOCUMENTS);
    long builds = statistics().builds();
    assertThat(statistics().bytes(), greaterThan(first));
    assertReadBy("column_scan");
    assertThat(statistics().builds(), equalTo(builds));
  }

  public void testSwitchedOffColumnsGiveTheirMemoryBack() throws Exception {
    createIndexWith("lazy");
    index(0);
    assertReadBy("column_scan");
    set("off");
    assertBusy(() -> assertThat(statistics().bytes(), equalTo(0L)));
    assertReadBy("doc_values");
    assertThat(fielddataBytes(), equalTo(0L));
    set("lazy");
    assertReadBy("column_scan");
  }

  public void testWithoutMemorySearchesFindTheSame() {
    createIndexWith("lazy");
    index(0);
    String query =
        "{'size':100,'query':{'hamming':{'field':'code','code':'" + randomCode() + "'}}}";
    setFielddataLimit("1b");
    try {
      Set<Hit> without = new HashSet<>(hits(INDEX, query));
      assertThat(without.size(), equalTo(DOCUMENTS));
      assertThat(statistics().refusals(), greaterThan(0L));
      assertThat(statistics().bytes(), equalTo(0L));
      assertReadBy("doc_values");
      set("off");
      assertThat(new HashSet<>(hits(INDEX, query)), equalTo(without));
    } finally {
      setFielddataLimit(null);
    }
    set("lazy");
    // Another segment: the refusal holds for a while where it was.
    index(DOCUMENTS);
    search(response -> {});
    assertThat(statistics().bytes(), not(equalTo(0L)));
  }

  private void setFielddataLimit(String limit) {
    setClusterSetting("indices.breaker.fielddata.limit", limit);
  }

  private void setClusterSetting(String name, String value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(Settings.builder().put(name, value))
        .get();
  }

  /** Where nothing may be held every search reads the doc values, and finds the same. */
  public void testColumnsHaveALimitOfTheirOwn() throws Exception {
    createIndex(INDEX, 1, MAPPING);
    index(0);
    String query =
        "{'size':100,'query':{'hamming':{'field':'code','code':'" + randomCode() + "'}}}";
    Set<Hit> with = new HashSet<>(hits(INDEX, query));
    assertThat(statistics().bytes(), greaterThan(0L));
    setClusterSetting("semantic_hash.columns.max_memory", "0b");
    try {
      assertBusy(() -> assertThat(statistics().bytes(), equalTo(0L)));
      assertThat(statistics().evictions(), greaterThan(0L));
      assertReadBy("doc_values");
      assertThat(new HashSet<>(hits(INDEX, query)), equalTo(with));
      assertThat(fielddataBytes(), equalTo(0L));
    } finally {
      setClusterSetting("semantic_hash.columns.max_memory", null);
    }
  }

  public void testClearingTheCachesDropsColumns() throws Exception {
    List<Runnable> ways =
        List.of(
            () ->
                client()
                    .execute(NodesApi.ClearCache.TYPE, new NodesApi.NodesRequest(List.of()))
                    .actionGet(),
            () -> clearCache(new ClearIndicesCacheRequest(INDEX).fieldDataCache(true)),
            () ->
                clearCache(new ClearIndicesCacheRequest(INDEX).fieldDataCache(true).fields("code")),
            () -> clearCache(new ClearIndicesCacheRequest()));
    createIndex(INDEX, 1, MAPPING);
    createIndex("other", 1, MAPPING);
    index(0);
    for (Runnable way : ways) {
      assertReadBy("column_scan");
      assertThat(statistics().bytes(), greaterThan(0L));
      way.run();
      assertBusy(() -> assertThat(statistics().bytes(), equalTo(0L)));
      assertThat(fielddataBytes(), equalTo(0L));
    }
    assertReadBy("column_scan");
    clearCache(new ClearIndicesCacheRequest("other"));
    clearCache(new ClearIndicesCacheRequest(INDEX).fieldDataCache(true).fields("another"));
    clearCache(new ClearIndicesCacheRequest(INDEX).queryCache(true));
    assertThat(statistics().bytes(), greaterThan(0L));
  }

  private void clearCache(ClearIndicesCacheRequest request) {
    assertThat(
        client().admin().indices().clearCache(request).actionGet().getFailedShards(), equalTo(0));
  }

  public void testTheStatisticsShowColumns() throws Exception {
    createIndex(INDEX, 1, MAPPING);
    index(0);
    assertReadBy("column_scan");
    NodesModelStats all =
        client().execute(NodesApi.Stats.TYPE, new NodesApi.NodesRequest(List.of())).actionGet();
    ColumnCache.Statistics columns = all.getNodes().get(0).columns();
    assertThat(columns, equalTo(statistics()));
    try (XContentBuilder json = JsonXContent.contentBuilder().startObject()) {
      all.getNodes().get(0).toXContent(json, ToXContent.EMPTY_PARAMS);
      assertThat(
          Strings.toString(json.endObject()),
          containsString(
              "\"columns\":{\"memory_in_bytes\":"
                  + columns.bytes()
                  + ",\"segments\":"
                  + columns.columns()
                  + ",\"hits\":"
                  + columns.hits()
                  + ",\"builds\":"
                  + columns.builds()));
    }
  }

  public void testUnknownModeIsRefused() {
    createIndex(INDEX, 1, MAPPING);
    IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> set("always"));
    assertThat(
        e.getMessage(),
        containsString(
            "[index.semantic_hash.columns] must be one of [lazy, eager, off], got [always]"));
  }
}
