// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.agg;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.search.aggregations.BaseAggregationTestCase;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.duplicates.Grouping;
import org.semantichash.plugin.SemanticHashPlugin;

public class NearDuplicatesAggregationBuilderTests
    extends BaseAggregationTestCase<NearDuplicatesAggregationBuilder> {

  static NearDuplicatesOptions randomOptions() {
    int min = between(2, 10);
    return new NearDuplicatesOptions(
        randomAlphaOfLength(4),
        between(0, 512),
        new Grouping(randomFrom(Grouping.Linkage.values()), min, between(min, 10_000)),
        between(0, 1000),
        between(1, NearDuplicatesOptions.MOST_DOCUMENTS),
        randomBoolean());
  }

  @Override
  protected Collection<Class<? extends Plugin>> getPlugins() {
    return List.of(SemanticHashPlugin.class);
  }

  @Override
  protected NearDuplicatesAggregationBuilder createTestAggregatorBuilder() {
    return new NearDuplicatesAggregationBuilder(
        randomAlphaOfLength(5), randomOptions(), NearDuplicatesAggregatorTests.LOOKUP);
  }

  private NearDuplicatesOptions options(String body) throws IOException {
    String json = ("{'groups':{'near_duplicates':" + body + "}}").replace('\'', '"');
    try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
      return ((NearDuplicatesAggregationBuilder) parse(parser)).options();
    }
  }

  public void testDefaults() throws IOException {
    assertThat(
        options("{'field':'code'}"),
        equalTo(
            new NearDuplicatesOptions(
                "code",
                null,
                new Grouping(Grouping.Linkage.COMPLETE, 2, 1000),
                10,
                10_000,
                false)));
    assertThat(options("{'field':'code'}").maxDistance(64), equalTo(8));
    assertThat(options("{'field':'code','max_distance':5}").maxDistance(64), equalTo(5));
  }

  public void testEveryOption() throws IOException {
    assertThat(
        options(
            "{'field':'code','max_distance':5,'linkage':'single','min_group_size':3,"
                + "'max_group_size':7,'size':0,'max_documents':11,'include_without_terms':true}"),
        equalTo(
            new NearDuplicatesOptions(
                "code", 5, new Grouping(Grouping.Linkage.SINGLE, 3, 7), 0, 11, true)));
  }

  private void assertWrong(String body, String reason) {
    Exception e = expectThrows(Exception.class, () -> options(body));
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertTrue(e.toString(), e instanceof IllegalArgumentException);
    assertThat(root.getMessage(), containsString(reason));
  }

  public void testWrongOptions() {
    assertWrong("{}", "[field] is missing");
    assertWrong(
        "{'field':'code','max_distance':-1}", "[max_distance] must be at least [0], got [-1]");
    assertWrong("{'field':'code','size':-1}", "[size] must be at least [0], got [-1]");
    assertWrong(
        "{'field':'code','max_documents':0}",
        "[max_documents] must be between [1] and [100000], got [0]");
    assertWrong(
        "{'field':'code','max_documents':100001}",
        "[max_documents] must be between [1] and [100000], got [100001]");
    assertWrong(
        "{'field':'code','linkage':'average'}",
        "[linkage] must be [complete] or [single], got [average]");
    assertWrong(
        "{'field':'code','min_group_size':1}", "[min_group_size] must be at least [2], got [1]");
    assertWrong(
        "{'field':'code','verify':{'field':'body'}}",
        "[verify] must not be in an aggregation, whose pairs are known only when the shards have"
            + " answered and their texts are out of reach: send it to [POST"
            + " {index}/_semantic_hash/near_duplicates], with the query of the search as [query]");
    XContentParseException e =
        expectThrows(XContentParseException.class, () -> options("{'field':'code','min_size':2}"));
    assertThat(e.getMessage(), containsString("unknown field [min_size]"));
  }
}
