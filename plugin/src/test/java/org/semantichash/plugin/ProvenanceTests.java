// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.indices.IndicesService;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.server.ServerTests;

/** Two models of one width on a node, whose codes must not meet. */
public class ProvenanceTests extends SingleNodeTestCase {

  private static final String MAPPING =
      "{'dynamic':'strict','properties':{'body':{'type':'keyword'},'code':{'type':'hash_code','bits':64}}}";

  private static final Map<String, byte[]> FILES = new HashMap<>();
  private static final Map<String, TextHasher> HASHERS = new HashMap<>();

  @BeforeClass
  public static void createModels() {
    for (String id : new String[] {"old", "new"}) {
      FILES.put(id, TestModel.file(64, id.hashCode()));
      HASHERS.put(id, TestModel.hasher(FILES.get(id)));
    }
  }

  @AfterClass
  public static void closeModels() {
    HASHERS.values().forEach(TextHasher::close);
    HASHERS.clear();
    FILES.clear();
  }

  private static BinaryCode code(String model, String text) {
    return HASHERS.get(model).hash(text).code();
  }

  private static String digest(String model) {
    return StampedCode.digestOfModel(EncoderModel.read(FILES.get(model)).digest());
  }

  private void start(int shards) {
    FILES.forEach(
        (id, file) -> {
          putModel(id, file);
          putPipeline(
              id,
              "{'processors':[{'semantic_hash':{'model':'"
                  + id
                  + "','field':'body','target_field':'code'}}]}");
        });
    createIndex("docs", shards, MAPPING);
  }

  private void index(String index, String pipeline, Map<String, ?> documents) {
    BulkResponse response = bulk(index, pipeline, documents);
    assertFalse(response.buildFailureMessage(), response.hasFailures());
  }

  private String bound(String index) {
    IndicesService indices = getInstanceFromNode(IndicesService.class);
    MappedFieldType type =
        indices.indexServiceSafe(resolveIndex(index)).mapperService().fieldType("code");
    return ((HashCodeFieldType) type).digest().orElse(null);
  }

  /** With what {@code _source} leaves out. */
  private static final String WHOLE = "{'_source':{'exclude_vectors':false}}";

  private static String query(String target) {
    return "{'fields':['code'],'query':{'hamming':{'field':'code',"
        + target
        + ",'max_distance':0}}}";
  }

  private List<String> ids(String index, String target) {
    return hits(index, query(target)).stream().map(Hit::id).toList();
  }

  public void testThePipelineBindsAndEveryFormOfTheQueryFits() {
    start(3);
    index("docs", "old", Map.of("1", "word01 word02", "2", "word30"));
    assertThat(bound("docs"), equalTo(digest("old")));
    List<Hit> found = hits("docs", query("'text':'word02 word01','model':'old'"));
    assertThat(found, hasSize(1));
    String hex = code("old", "word01 word02").toHex();
    assertThat(found.get(0).source().containsKey("code"), equalTo(ServerTests.CODES_IN_SOURCE));
    String first = WHOLE.replaceFirst("\\}$", ",'query':{'ids':{'values':['1']}}}");
    assertThat(hits("docs", first).get(0).source().get("code"), equalTo(hex + "@" + digest("old")));
    assertThat(found.get(0).codes(), equalTo(List.of(hex)));
    assertThat(ids("docs", "'like':{'_index':'docs','_id':'2'}"), equalTo(List.of("2")));
    for (String form :
        List.of(hex, hex + "@" + digest("old"), hex + "@" + digest("old") + ":" + hex)) {
      assertThat(ids("docs", "'code':'" + form + "'"), equalTo(List.of("1")));
    }
  }

  private void assertQueryRefused(String target) {
    Refusal refusal = refusal("docs", query(target));
    assertThat(refusal.status(), equalTo(400));
    assertThat(
        refusal.reason(),
        equalTo(
            "field [code] of index [docs] has codes of the model digest ["
                + digest("old")
                + "], which cannot be compared with a code of model digest ["
                + digest("new")
                + "]; name the [model] of digest ["
                + digest("old")
                + "], or hash the documents again with [semantic-hash rehash]"));
  }

  public void testQueriesOfAnotherModelAreRefused() {
    start(1);
    index("docs", "old", Map.of("1", "word01"));
    createIndex("others", 1, MAPPING);
    index("others", "new", Map.of("x", "word01"));
    assertQueryRefused("'text':'word01','model':'new'");
    assertQueryRefused("'like':{'_index':'others','_id':'x'}");
    assertQueryRefused("'code':'" + code("new", "word01").toHex() + "@" + digest("new") + "'");
    assertThat(ids("others", "'like':{'_index':'others','_id':'x'}"), equalTo(List.of("x")));
  }

  /** What is not known is not held against anybody. */
  public void testFieldsAndCodesWithoutDigestAreSearchedAsBefore() {
    start(1);
    String hex = code("old", "word01").toHex();
    index("docs", null, Map.of("1", Map.of("code", hex)));
    assertThat(bound("docs"), equalTo(null));
    assertThat(ids("docs", "'text':'word01','model':'old'"), equalTo(List.of("1")));
    createIndex("others", 1, MAPPING);
    index("others", "new", Map.of("x", "word01"));
    assertThat(ids("docs", "'like':{'_index':'others','_id':'x'}"), equalTo(List.of()));
    assertThat(ids("others", "'like':{'_index':'docs','_id':'1'}"), equalTo(List.of()));
    assertThat(ids("docs", "'code':'" + hex + "@" + digest("new") + "'"), equalTo(List.of("1")));
  }

  public void testTwoDigestsInOneBulk() {
    start(1);
    Map<String, Object> documents = new LinkedHashMap<>();
    String hex = code("old", "word01").toHex();
    documents.put("1", Map.of("code", hex));
    documents.put("2", Map.of("code", hex + "@" + digest("old")));
    documents.put("3", Map.of("code", hex + "@" + digest("new")));
    documents.put("4", Map.of("code", hex + "@" + digest("old") + ":0123456789abcdef"));
    BulkItemResponse[] items = bulk("docs", null, documents).getItems();
    for (BulkItemResponse item : items) {
      assertThat(item.getId(), item.isFailed(), equalTo(item.getId().equals("3")));
    }
    assertThat(items[2].getFailure().getStatus().getStatus(), equalTo(400));
    assertThat(
        items[2].getFailure().getCause().getCause().getMessage(),
        containsString("got a code of model digest [" + digest("new") + "]"));
    assertThat(bound("docs"), equalTo(digest("old")));
  }

  /** Shards bind at the same time: one digest wins everywhere, and the rest is refused. */
  public void testShardsBindToOneDigest() {
    start(5);
    SplittableRandom random = new SplittableRandom(randomLong());
    Map<String, Object> documents = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      String model = random.nextBoolean() ? "old" : "new";
      String stamped = code(model, TestModel.text(random)).toHex() + "@" + digest(model);
      documents.put(model + i, Map.of("code", stamped));
    }
    BulkItemResponse[] items = bulk("docs", null, documents).getItems();
    String winner = bound("docs").equals(digest("old")) ? "old" : "new";
    for (BulkItemResponse item : items) {
      assertThat(item.getId(), item.isFailed(), equalTo(item.getId().startsWith(winner) == false));
      if (item.isFailed()) {
        assertThat(item.getFailure().getStatus().getStatus(), equalTo(400));
      }
    }
    List<Hit> stored = hits("docs", "{'size':100}");
    assertThat(
        stored.stream().map(hit -> hit.id().startsWith(winner)).toList(), everyItem(equalTo(true)));
  }

  public void testUnchangedTextsKeepTheirCodes() {
    start(2);
    putPipeline(
        "skipping",
        "{'processors':[{'semantic_hash':{'model':'old','field':'body','target_field':'code',"
            + "'skip_unchanged':true}}]}");
    index("docs", "skipping", Map.of("1", "word01"));
    Map<String, Object> first = hits("docs", WHOLE).get(0).source();
    // Another code of the same bits, so that a second hash would be seen.
    String marked = code("old", "word09").toHex() + first.get("code").toString().substring(16);
    index("docs", "skipping", Map.of("1", Map.of("body", "word01", "code", marked)));
    assertThat(hits("docs", WHOLE).get(0).source().get("code"), equalTo(marked));
    index("docs", "skipping", Map.of("1", Map.of("body", "word02", "code", marked)));
    assertThat(
        hits("docs", WHOLE).get(0).source().get("code"),
        equalTo(
            new StampedCode(
                    code("old", "word02"), digest("old"), StampedCode.digestOfText("word02"))
                .toString()));
  }
}
