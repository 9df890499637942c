// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.action.admin.indices.alias.Alias;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.server.ClusterIndices;
import org.semantichash.plugin.server.ServerTests;

/** The query inside other queries, on random codes, against brute force. */
public class HammingInOtherQueriesTests extends SingleNodeTestCase {

  private static final String INDEX = "codes";
  private static final int DOCUMENTS = 60;

  private static final String MAPPING =
      """
      {'properties':{
        'code':{'type':'hash_code','bits':16},
        'parts':{'type':'nested','properties':{'code':{'type':'hash_code','bits':16}}}}}""";

  private final Map<String, BinaryCode> codes = new TreeMap<>();
  private final Map<String, List<BinaryCode>> parts = new TreeMap<>();
  private BinaryCode wanted;

  private BinaryCode randomCode() {
    return BinaryCode.of(randomByteArrayOfLength(2), 16);
  }

  private void index() {
    createIndex(INDEX, between(1, 3), MAPPING);
    wanted = randomCode();
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String id = Integer.toString(i);
      codes.put(id, randomCode());
      parts.put(id, randomList(0, 3, this::randomCode));
      List<Map<String, Object>> nested = new ArrayList<>();
      parts.get(id).forEach(part -> nested.add(Map.of("code", part.toHex())));
      documents.put(id, Map.of("code", codes.get(id).toBase64(), "parts", nested));
    }
    assertFalse(bulk(INDEX, null, documents).hasFailures());
  }

  private String hamming(String field, int maxDistance) {
    return "{'hamming':{'field':'"
        + field
        + "','code':'"
        + wanted.toHex()
        + "','max_distance':"
        + maxDistance
        + "}}";
  }

  private Map<String, Float> scores(String query) {
    Map<String, Float> scores = new TreeMap<>();
    hits(INDEX, "{'size':1000," + query + "}").forEach(hit -> scores.put(hit.id(), hit.score()));
    return scores;
  }

  /** Not that the document has no code: it has several. */
  public void testLikeOnANestedFieldSaysSo() {
    index();
    assertThat(
        refusal(
                INDEX,
                "{'query':{'nested':{'path':'parts','query':{'hamming':{'field':'parts.code',"
                    + "'like':{'_index':'"
                    + INDEX
                    + "','_id':1}}}}}}")
            .reason(),
        equalTo(
            "[like] takes the code of a whole document, so that it cannot take field [parts.code]"
                + " in the nested object [parts]"));
  }

  private Map<String, Float> expected(int maxDistance, float factor) {
    Map<String, Float> expected = new TreeMap<>();
    codes.forEach(
        (id, code) -> {
          int distance = code.distance(wanted);
          if (distance <= maxDistance) {
            expected.put(id, factor * (16 - distance) / 16);
          }
        });
    return expected;
  }

  private static void assertScores(Map<String, Float> expected, Map<String, Float> actual) {
    assertThat(actual.keySet(), equalTo(expected.keySet()));
    expected.forEach((id, score) -> assertThat((double) actual.get(id), closeTo(score, 1e-5)));
  }

  public void testNestedCodesScoreByTheNearest() {
    index();
    for (int max : new int[] {0, 5, 8, 16}) {
      Map<String, Float> expected = new TreeMap<>();
      parts.forEach(
          (id, list) -> {
            int nearest = list.stream().mapToInt(wanted::distance).min().orElse(17);
            if (nearest <= max) {
              expected.put(id, (16 - nearest) / 16f);
            }
          });
      String nested = "{'nested':{'path':'parts','score_mode':'max','query':";
      assertScores(expected, scores("'query':" + nested + hamming("parts.code", max) + "}}"));
    }
  }

  /** An index without the field has no hits, and stops none of the others' from being found. */
  public void testIndicesWithoutTheFieldMatchNothing() {
    index();
    createIndex("unmapped", between(1, 2), "{'properties':{'other':{'type':'keyword'}}}");
    assertFalse(bulk("unmapped", null, Map.of("u", Map.of("other", "x"))).hasFailures());
    String code = "{'hamming':{'field':'code','code':'" + wanted.toHex() + "'}}";
    for (String hamming : new String[] {code, code.replace("}}", ",'k':3}}")}) {
      String nested =
          "{'nested':{'path':'parts','query':" + hamming.replace(":'code'", ":'parts.code'") + "}}";
      for (String query :
          new String[] {
            hamming,
            "{'bool':{'should':[" + hamming + "]}}",
            "{'bool':{'filter':[" + hamming + "]}}",
            nested.replace("'path'", "'ignore_unmapped':true,'path'")
          }) {
        Set<String> alone = ids(INDEX, query);
        assertThat(alone, not(empty()));
        assertThat(query, ids(INDEX + ",unmapped", query), equalTo(alone));
        assertThat(query, ids("unmapped", query), empty());
      }
      assertThat(ids("unmapped", "{'bool':{'must_not':[" + hamming + "]}}"), equalTo(Set.of("u")));
    }
    assertThat(ids("unmapped", "{'hamming':{'field':'code','text':'word'}}"), empty());
    Refusal wrong = refusal("unmapped", "{'query':" + code.replace(":'code'", ":'other'") + "}");
    assertThat(wrong.status(), equalTo(400));
    assertThat(wrong.reason(), containsString("field [other] is of type [keyword]"));
  }

  private Set<String> ids(String indices, String query) {
    Set<String> ids = new TreeSet<>();
    String json = "{'size':1000,'query':" + query + "}";
    SearchRequest request =
        new SearchRequest(indices.split(","), source(json)).allowPartialSearchResults(false);
    SearchResponse response = client().search(request).actionGet();
    try {
      assertThat(response.getFailedShards(), equalTo(0));
      response.getHits().forEach(hit -> ids.add(hit.getId()));
    } finally {
      response.decRef();
    }
    return ids;
  }

  public void testAnAliasMayFilterByAFieldThatIsNotMappedYet() {
    wanted = randomCode();
    client()
        .admin()
        .indices()
        .prepareCreate("later")
        .addAlias(new Alias("near").filter(hamming("code", 16).replace('\'', '"')))
        .get();
    assertThat(ids("near", "{'match_all':{}}"), empty());
  }

  /** The nearest of what an alias shows, in objects of its documents too. */
  public void testTheNearestBehindAnAlias() {
    index();
    int shards =
        getInstanceFromNode(ClusterIndices.class).now().indices().get(INDEX).getNumberOfShards();
    Set<String> shown = new TreeSet<>(randomSubsetOf(DOCUMENTS / 4, codes.keySet()));
    String filter = "{'ids':{'values':['" + String.join("','", shown) + "']}}";
    ServerTests.prepareAliases(client()).addAlias(INDEX, "part", filter.replace('\'', '"')).get();
    String k = "'code':'" + wanted.toHex() + "','k':" + DOCUMENTS + "}}";
    assertThat(ids("part", "{'hamming':{'field':'code'," + k), equalTo(shown));
    Set<String> withParts = new TreeSet<>(shown);
    withParts.removeIf(id -> parts.get(id).isEmpty());
    String nested = "{'nested':{'path':'parts','query':{'hamming':{'field':'parts.code',";
    String all = k.replace("'k':" + DOCUMENTS, "'k':10000");
    assertThat(ids("part", nested + all + "}}"), equalTo(withParts));
    // One of each shard, and never one that the alias does not show.
    String one = k.replace("'k':" + DOCUMENTS, "'k':1");
    Set<String> nearest = ids("part", "{'hamming':{'field':'code'," + one);
    assertTrue(shown.containsAll(nearest));
    assertThat(nearest.size(), lessThanOrEqualTo(shards));
    int best = shown.stream().mapToInt(id -> codes.get(id).distance(wanted)).min().orElseThrow();
    assertTrue(nearest.stream().anyMatch(id -> codes.get(id).distance(wanted) == best));
    Set<String> nearestParts = ids("part", nested + one + "}}");
    assertTrue(withParts.containsAll(nearestParts));
    int bestPart =
        withParts.stream()
            .flatMap(id -> parts.get(id).stream())
            .mapToInt(wanted::distance)
            .min()
            .orElse(0);
    assertTrue(
        withParts.isEmpty()
            || nearestParts.stream()
                .flatMap(id -> parts.get(id).stream())
                .anyMatch(part -> part.distance(wanted) == bestPart));
  }

  public void testConstantScoreBoostAndFunctionScore() {
    index();
    int max = between(4, 12);
    Map<String, Float> constant = new TreeMap<>();
    expected(max, 1).keySet().forEach(id -> constant.put(id, 1f));
    assertScores(
        constant, scores("'query':{'constant_score':{'filter':" + hamming("code", max) + "}}"));
    assertScores(
        expected(max, 2.5f),
        scores("'query':" + hamming("code", max).replace("}}", ",'boost':2.5}}")));
    assertScores(
        expected(max, 3),
        scores("'query':{'function_score':{'query':" + hamming("code", max) + ",'weight':3}}"));
  }

  public void testShouldAndMustNot() {
    index();
    int max = between(4, 12);
    assertScores(
        expected(max, 2),
        scores(
            "'query':{'bool':{'should':["
                + hamming("code", max)
                + ","
                + hamming("code", max)
                + "]}}"));
    Map<String, Float> outside = new TreeMap<>();
    codes.keySet().forEach(id -> outside.put(id, 0f));
    outside.keySet().removeAll(expected(max, 1).keySet());
    assertScores(outside, scores("'query':{'bool':{'must_not':[" + hamming("code", max) + "]}}"));
  }

  public void testRescoreAndMinScore() {
    index();
    assertScores(
        expected(16, 1),
        scores(
            "'query':{'constant_score':{'filter':"
                + hamming("code", 16)
                + ",'boost':0}},'rescore':{'window_size':1000,'query':{'rescore_query':"
                + hamming("code", 16)
                + "}}"));
    assertScores(expected(8, 1), scores("'min_score':0.5,'query':" + hamming("code", 16)));
  }
}
