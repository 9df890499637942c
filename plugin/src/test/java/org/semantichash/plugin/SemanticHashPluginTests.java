// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.search.aggregations.bucket.terms.StringTerms;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.server.ServerTests;

/** The main road through a node: model file, pipeline, bulk, and every form of the query. */
public class SemanticHashPluginTests extends SingleNodeTestCase {

  private static final String PIPELINE =
      "{'processors':[{'semantic_hash':{'model':'news','field':'body','target_field':'code'}}]}";
  private static final String MAPPING =
      """
      {'properties':{
        'body':{'type':'text'}, 'group':{'type':'integer'},
        'code':{'type':'hash_code','bits':64,'model':'news'},
        'bare':{'type':'hash_code','bits':64},
        'wide':{'type':'hash_code','bits':128,'model':'news'}}}""";

  private static byte[] news;
  private static TextHasher hasher;

  @BeforeClass
  public static void createModel() {
    news = TestModel.file(64, 11);
    hasher = TestModel.hasher(news);
  }

  @AfterClass
  public static void closeModel() {
    hasher.close();
    hasher = null;
    news = null;
  }

  private static BinaryCode code(String text) {
    return hasher.hash(text).code();
  }

  private static String digest() {
    return StampedCode.digestOfModel(EncoderModel.read(news).digest());
  }

  /** Indexes random texts through the pipeline; the texts by id. */
  private Map<String, String> index(int count) {
    putModel("news", news);
    putPipeline("news", PIPELINE);
    createIndex("news", 3, MAPPING);
    SplittableRandom random = new SplittableRandom(randomLong());
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String text = TestModel.text(random);
      texts.put(Integer.toString(i), text);
      documents.put(Integer.toString(i), Map.of("body", text, "group", i % 3));
    }
    BulkResponse response = bulk("news", "news", documents);
    assertFalse(response.buildFailureMessage(), response.hasFailures());
    return texts;
  }

  /** Ids of brute force and of the node may differ within a distance only, so distances decide. */
  private void assertMatches(
      Map<String, String> texts, Predicate<String> ids, BinaryCode query, int max, String json) {
    List<Integer> expected = new ArrayList<>();
    texts.forEach(
        (id, text) -> {
          int distance = query.distance(code(text));
          if (ids.test(id) && distance <= max) {
            expected.add(distance);
          }
        });
    expected.sort(Comparator.naturalOrder());
    List<Integer> actual = new ArrayList<>();
    for (Hit hit : hits("news", json)) {
      int distance = query.distance(code(texts.get(hit.id())));
      assertThat((double) hit.score(), closeTo((64 - distance) / 64.0, 1e-6));
      assertTrue(hit.id(), ids.test(hit.id()));
      actual.add(distance);
    }
    assertThat(json, actual, equalTo(expected));
  }

  public void testEveryFormOfTheQueryEqualsBruteForce() {
    Map<String, String> texts = index(200);
    for (int round = 0; round < 5; round++) {
      String id = Integer.toString(between(0, 199));
      String text = randomBoolean() ? texts.get(id) : "word01 word02 nothing";
      int max = randomFrom(0, 3, between(4, 30), 64);
      BinaryCode ofText = code(text);
      assertMatches(texts, i -> true, ofText, max, query("'text':'" + text + "'", max));
      assertMatches(texts, i -> true, ofText, max, query("'code':'" + ofText.toHex() + "'", max));
      assertMatches(
          texts, i -> true, ofText, max, query("'code':'" + ofText.toBase64() + "'", max));
      String like = "'like':{'_index':'news','_id':'" + id + "'}";
      assertMatches(texts, i -> true, code(texts.get(id)), max, query(like, max));
    }
  }

  private static String query(String target, int maxDistance) {
    return "{'size':1000,'query':{'hamming':{'field':'code',"
        + target
        + ",'max_distance':"
        + maxDistance
        + "}}}";
  }

  public void testWithoutMaxDistanceEveryDocumentWithACodeMatches() {
    Map<String, String> texts = index(50);
    bulk("news", null, Map.of("without", "no code"));
    assertMatches(
        texts,
        id -> true,
        code("word07"),
        64,
        "{'size':1000,'query':{'hamming':{'field':'code','text':'word07'}}}");
  }

  public void testFilters() {
    Map<String, String> texts = index(100);
    String hamming = "{'hamming':{'field':'code','text':'word07'}}";
    assertMatches(
        texts,
        id -> Integer.parseInt(id) % 3 == 1,
        code("word07"),
        64,
        "{'size':1000,'query':{'bool':{'must':["
            + hamming
            + "],'filter':[{'term':{'group':1}}]}}}");
    assertMatches(
        texts,
        id -> Integer.parseInt(id) % 3 != 1,
        code("word07"),
        64,
        "{'size':1000,'query':{'bool':{'must':["
            + hamming
            + "],'must_not':[{'term':{'group':1}}]}}}");
  }

  public void testAggregationCountsEqualCodes() {
    Map<String, String> texts = index(100);
    Map<String, Long> expected = new HashMap<>();
    texts.values().forEach(text -> expected.merge(code(text).toHex(), 1L, Long::sum));
    Map<String, Long> actual = new HashMap<>();
    search(
        "news",
        "{'size':0,'aggs':{'codes':{'terms':{'field':'code','size':1000}}}}",
        response -> {
          StringTerms terms = response.getAggregations().get("codes");
          terms.getBuckets().forEach(b -> actual.put(b.getKeyAsString(), b.getDocCount()));
        });
    assertThat(actual, equalTo(expected));
  }

  public void testFieldsOptionAndExists() {
    Map<String, String> texts = index(20);
    bulk("news", null, Map.of("without", "no code"));
    List<Hit> found =
        hits(
            "news",
            "{'size':100,'query':{'exists':{'field':'code'}},'fields':['code'],"
                + "'_source':{'exclude_vectors':false}}");
    assertThat(found.size(), equalTo(20));
    for (Hit hit : found) {
      String hex = code(texts.get(hit.id())).toHex();
      assertThat(hit.codes(), equalTo(List.of(hex)));
      assertThat(hit.source().get("code"), equalTo(hex + "@" + digest()));
    }
  }

  public void testLikeReadsNoSource() {
    putModel("news", news);
    putPipeline("news", PIPELINE);
    createIndex(
        "hidden",
        1,
        """
        {'_source':{'excludes':['code']},
         'properties':{'code':{'type':'hash_code','bits':64,'model':'news'}}}""");
    bulk("hidden", "news", Map.of("1", "word01 word02", "2", "word30 word31"));
    List<Hit> found =
        hits(
            "hidden",
            """
            {'query':{'hamming':{'field':'code','like':{'_index':'hidden','_id':'2'},
              'max_distance':0}},'fields':['code']}""");
    assertThat(found.size(), equalTo(1));
    assertThat(found.get(0).id(), equalTo("2"));
    assertFalse(found.get(0).source().containsKey("code"));
    assertThat(found.get(0).codes(), equalTo(List.of(code("word30 word31").toHex())));
  }

  public void testLikeFindsTheModelsDocumentInAnotherIndex() {
    Map<String, String> texts = index(30);
    createIndex("other", 3, MAPPING);
    bulk("other", "news", Map.of("x", "word05 word06"));
    assertMatches(
        texts,
        id -> true,
        code("word05 word06"),
        64,
        query("'like':{'_index':'other','_id':'x'}", 64));
  }

  public void testModelOfTheQueryForAFieldThatNamesNone() {
    putModel("news", news);
    createIndex("news", 3, MAPPING);
    bulk("news", null, Map.of("1", Map.of("bare", code("word01").toHex())));
    List<Hit> found =
        hits(
            "news",
            "{'query':{'hamming':{'field':'bare','text':'word01','model':'news','max_distance':0}}}");
    assertThat(found.size(), equalTo(1));
    assertThat(found.get(0).score(), equalTo(1f));
  }

  public void testPipelineMayComeBeforeTheModel() {
    putPipeline("news", PIPELINE);
    createIndex("news", 3, MAPPING);
    BulkItemResponse failed = bulk("news", "news", Map.of("1", "word01")).getItems()[0];
    assertThat(failed.getFailure().getStatus().getStatus(), equalTo(404));
    assertThat(
        failed.getFailureMessage(),
        containsString(
            "model [news] not found: it is not in the cluster, and node [node_s_0] has no file"));
    putModel("news", news);
    assertFalse(bulk("news", "news", Map.of("1", "word01")).hasFailures());
    assertThat(
        hits("news", "{'_source':{'exclude_vectors':false}}").get(0).source().get("code"),
        equalTo(code("word01") + "@" + digest()));
  }

  public void testDocumentsFailOneByOne() {
    index(1);
    Map<String, Object> documents = new LinkedHashMap<>();
    documents.put("good", Map.of("body", "word01"));
    documents.put("missing", Map.of("group", 1));
    documents.put("number", Map.of("body", 17));
    Map<String, Integer> statuses = new HashMap<>();
    for (BulkItemResponse item : bulk("news", "news", documents)) {
      statuses.put(item.getId(), item.status().getStatus());
    }
    assertThat(statuses, equalTo(Map.of("good", 201, "missing", 400, "number", 400)));
  }

  public void testCodeOfAnotherWidthFailsTheDocument() {
    putModel("news", TestModel.file(128, 5));
    putPipeline("news", PIPELINE);
    createIndex("news", 3, MAPPING);
    BulkItemResponse failed = bulk("news", "news", Map.of("1", "word01")).getItems()[0];
    assertThat(failed.getFailure().getStatus().getStatus(), equalTo(400));
    String message = failed.getFailure().getCause().getCause().getMessage();
    assertThat(message, containsString("[64] bits must be [16]"));
    assertThat(message, containsString("got [32]"));
  }

  public void testTextForAFieldOfAnotherWidth() {
    index(1);
    assertThat(
        refusal("news", "{'query':{'hamming':{'field':'wide','text':'word01'}}}"),
        equalTo(
            new Refusal(
                400,
                "model [news] makes codes of [64] bits, but field [wide] of index [news] has codes"
                    + " of [128] bits")));
  }

  public void testTextForAFieldWithoutModel() {
    index(1);
    assertThat(
        refusal("news", "{'query':{'hamming':{'field':'bare','text':'word01'}}}"),
        equalTo(
            new Refusal(
                400,
                "field [bare] of index [news] names no [model] to hash [text] with; name one in"
                    + " the query or in the mapping")));
  }

  /** A field of a passthrough object has its name without the object's too. */
  public void testTextForAFieldThatIsPassedThrough() {
    putModel("news", news);
    createIndex(
        "passing",
        1,
        """
        {'properties':{'attributes':{'type':'passthrough','priority':1,'properties':{
          'code':{'type':'hash_code','bits':64,'model':'news'}}}}}""");
    Map<String, Object> attributes = Map.of("code", code("word01").toHex());
    assertFalse(bulk("passing", null, Map.of("1", Map.of("attributes", attributes))).hasFailures());
    for (String field : List.of("code", "attributes.code")) {
      List<Hit> found =
          hits(
              "passing",
              "{'query':{'hamming':{'field':'" + field + "','text':'word01','max_distance':0}}}");
      assertThat(field, found.size(), equalTo(1));
    }
  }

  public void testTextForIndicesOfDifferentModels() {
    index(1);
    createIndex(
        "newer", 1, "{'properties':{'code':{'type':'hash_code','bits':64,'model':'newer'}}}");
    Refusal refusal = refusal("new*", "{'query':{'hamming':{'field':'code','text':'word01'}}}");
    assertThat(refusal.status(), equalTo(400));
    assertThat(
        refusal.reason(),
        containsString(
            "the codes in field [code] of the searched indices are of different models"));
  }

  public void testUnknownModel() {
    index(1);
    Refusal refusal =
        refusal("news", "{'query':{'hamming':{'field':'bare','text':'t','model':'nix'}}}");
    assertThat(refusal.status(), equalTo(404));
    assertThat(
        refusal.reason(),
        equalTo(
            "model [nix] not found: it is not in the cluster, and node [node_s_0] has no file [semantic-hash/nix.onnx] in its"
                + " config directory"));
  }

  public void testCorruptModel() {
    index(1);
    putModel("corrupt", new byte[] {8, 8, 66, 7});
    Refusal refusal =
        refusal("news", "{'query':{'hamming':{'field':'bare','text':'t','model':'corrupt'}}}");
    assertThat(refusal.status(), equalTo(400));
    assertThat(refusal.reason(), containsString("the file is broken"));
  }

  public void testUnknownField() {
    index(1);
    for (String target :
        List.of("'text':'t'", "'text':'t','model':'news'", "'code':'00'", "'code':'00','k':3")) {
      assertThat(
          target,
          hits("news", "{'query':{'hamming':{'field':'nix'," + target + "}}}"),
          equalTo(List.of()));
    }
    Refusal refusal =
        refusal("news", "{'query':{'hamming':{'field':'nix','like':{'_index':'news','_id':'0'}}}}");
    assertThat(refusal.status(), equalTo(400));
    assertThat(refusal.reason(), containsString("[nix]"));
  }

  public void testFieldOfAnotherType() {
    index(1);
    for (String target : List.of("'text':'t'", "'code':'00'")) {
      assertThat(
          refusal("news", "{'query':{'hamming':{'field':'body'," + target + "}}}"),
          equalTo(
              new Refusal(
                  400,
                  "[hamming] needs a field of type [hash_code] or [binary], field [body] is of type [text]")));
    }
  }

  public void testLikeAMissingDocument() {
    index(1);
    assertThat(
        refusal("news", query("'like':{'_index':'news','_id':'nix'}", 3)),
        equalTo(new Refusal(404, "[like] document [nix] not found in index [news]")));
  }

  public void testLikeAMissingIndex() {
    index(1);
    Refusal refusal = refusal("news", query("'like':{'_index':'nix','_id':'0'}", 3));
    assertThat(refusal, equalTo(new Refusal(404, "no such index [nix]")));
  }

  public void testLikeSeveralIndices() {
    index(1);
    Refusal wildcard = refusal("news", query("'like':{'_index':'ne*','_id':'0'}", 3));
    assertThat(wildcard.status(), equalTo(404));
    createIndex("other", 3, MAPPING);
    ServerTests.prepareAliases(client()).addAlias("news", "both").addAlias("other", "both").get();
    Refusal alias = refusal("news", query("'like':{'_index':'both','_id':'0'}", 3));
    assertThat(alias.status(), equalTo(400));
    assertThat(alias.reason(), containsString("[both]"));
  }

  public void testLikeADocumentWithoutCode() {
    index(1);
    bulk("news", null, Map.of("without", "no code"));
    assertThat(
        refusal("news", query("'like':{'_index':'news','_id':'without'}", 3)),
        equalTo(
            new Refusal(
                400, "[like] document [without] of index [news] has no code in field [code]")));
  }

  public void testLikeADocumentThatExistsTwice() {
    index(1);
    for (int i = 0; i < 10; i++) {
      client()
          .prepareIndex("news")
          .setId("twice")
          .setRouting("r" + i)
          .setSource(Map.of("code", code("word0" + i).toHex()))
          .get();
    }
    client().admin().indices().prepareRefresh("news").get();
    Refusal refusal = refusal("news", query("'like':{'_index':'news','_id':'twice'}", 3));
    assertThat(refusal.status(), equalTo(400));
    assertThat(refusal.reason(), containsString("give their [routing]"));
    assertThat(
        hits("news", query("'like':{'_index':'news','_id':'twice','routing':'r9'}", 0)).size(),
        equalTo(1));
  }

  public void testMaxDistanceOutOfRange() {
    index(1);
    assertThat(
        refusal("news", query("'text':'word01'", 65)),
        equalTo(
            new Refusal(
                400,
                "[max_distance] must be between [0] and the number of bits of field [code], [64],"
                    + " got [65]")));
  }

  public void testUnknownParameterOfAPipeline() {
    Exception e =
        expectThrows(
            Exception.class,
            () ->
                putPipeline(
                    "bad",
                    "{'processors':[{'semantic_hash':{'model':'m','field':'a','target_field':'b',"
                        + "'fields':'c'}}]}"));
    assertThat(
        e.getMessage(),
        containsString(
            "processor [semantic_hash] doesn't support one or more provided configuration"
                + " parameters [fields]"));
  }
}
