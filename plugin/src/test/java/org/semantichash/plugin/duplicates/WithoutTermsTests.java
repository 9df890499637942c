// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.common.Strings;
import org.elasticsearch.search.aggregations.InternalAggregation;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.api.AliasApi.PutAlias;
import org.semantichash.plugin.api.DeleteModel;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.api.LocalAction.LocalRequest;
import org.semantichash.plugin.api.PutModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.store.ModelIndex;

/** Documents whose code says nothing are no duplicates of each other, neither here nor there. */
public class WithoutTermsTests extends DuplicatesTestCase {

  private static final byte[] FILE = TestModel.file(64, 11);
  private static final byte[] OTHER = TestModel.file(64, 12);
  private static final String DIGEST = digest(FILE);

  private static String digest(byte[] file) {
    return StampedCode.digestOfModel(EncoderModel.read(file).digest());
  }

  private static BinaryCode code(String text) {
    try (TextHasher hasher = TestModel.hasher(FILE)) {
      return hasher.hash(text).code();
    }
  }

  private <P> Map<String, Object> ask(ActionType<JsonResponse> type, P parameters) {
    return client().execute(type, new LocalRequest<>(parameters)).actionGet().fields();
  }

  private void put(String id, byte[] file, boolean replace) {
    ask(PutModel.TYPE, new PutModel.Parameters(new ModelId(id), file, null, replace));
  }

  private static String mapping(String binding) {
    return "{'properties':{'code':{'type':'hash_code','bits':64" + binding + "}}}";
  }

  private static String bound(String model) {
    return mapping(
        (model == null ? "" : ",'model':'" + model + "'") + ",'digest':'" + DIGEST + "'");
  }

  /** Three documents that say nothing, two copies, and one without a code. */
  private void index(String name, String mapping) {
    createIndex(name, between(1, 3), mapping);
    Map<String, Map<String, Object>> documents = new TreeMap<>();
    for (String id : List.of("blank", "foreign", "stop")) {
      documents.put(id, Map.of("code", code("").toHex()));
    }
    for (String id : List.of("copy", "original")) {
      documents.put(id, Map.of("code", code("word01 word02").toHex()));
    }
    documents.put("none", Map.of());
    assertFalse(bulk(name, null, documents).hasFailures());
  }

  /** Sizes of the groups and how many documents were left out, by job and by aggregation. */
  private Map<String, Object> find(String indices, boolean include) {
    String json =
        "{'field':'code','max_distance':0" + (include ? ",'include_without_terms':true}" : "}");
    Map<String, Object> job = find(indices, json);
    assertThat(job.get("include_without_terms"), equalTo(include));
    Map<String, Object> found = aggregation(indices, json);
    for (String key : found.keySet()) {
      if (key.equals("groups")) {
        assertThat(sizes(job), equalTo(sizes(found)));
      } else if (key.equals("empty_code_unknown")) {
        assertThat(job.get(key), equalTo(found.get(key)));
      } else {
        assertThat(key, String.valueOf(job.get(key)), equalTo(String.valueOf(found.get(key))));
      }
    }
    assertThat(
        job.containsKey("empty_code_unknown"), equalTo(found.containsKey("empty_code_unknown")));
    return job;
  }

  private Map<String, Object> aggregation(String indices, String json) {
    Map<String, Object> found = new HashMap<>();
    search(
        indices,
        "{'size':0,'aggs':{'groups':{'near_duplicates':" + json + "}}}",
        response -> {
          InternalAggregation groups = response.getAggregations().get("groups");
          String shown = Strings.toString(groups);
          try (var parser = createParser(JsonXContent.jsonXContent, shown)) {
            found.putAll(parser.map());
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    return new TreeMap<>(cast(found.get("groups")));
  }

  @SuppressWarnings("unchecked") // as the API says
  private static Map<String, Object> cast(Object map) {
    return (Map<String, Object>) map;
  }

  private static List<Object> sizes(Map<String, Object> answer) {
    return list(answer.get("groups")).stream().map(group -> group.get("size")).toList();
  }

  private void assertLeftOut(String indices, int documents) {
    Map<String, Object> found = find(indices, false);
    assertThat(((Number) found.get("without_terms")).intValue(), equalTo(documents));
    assertFalse(found.toString(), found.containsKey("empty_code_unknown"));
    assertThat(found.get("empty_codes"), equalTo(List.of(code("").toHex())));
    List<String> members =
        list(found.get("groups")).stream()
            .flatMap(group -> list(group.get("documents")).stream())
            .map(document -> (String) document.get("_id"))
            .distinct()
            .sorted()
            .toList();
    assertThat(members, equalTo(List.of("copy", "original")));
  }

  public void testGroupsLeaveThemOutUnlessTheyAreAskedForByName() {
    put("news", FILE, false);
    index("one", bound("news"));
    assertLeftOut("one", 3);
    Map<String, Object> all = find("one", true);
    assertThat(((Number) all.get("without_terms")).intValue(), equalTo(0));
    assertThat(((Number) all.get("without_code")).intValue(), equalTo(1));
    assertThat(sizes(all), equalTo(List.of(3, 2)));
  }

  public void testTheModelIsFoundByItsNameAnAliasOrItsDigest() {
    put("news", FILE, false);
    ask(PutAlias.TYPE, new PutAlias.Parameters(new ModelId("current"), new ModelId("news")));
    index("named", mapping(",'model':'news'"));
    index("alias", bound("current"));
    index("digest", bound(null));
    index("other", bound("nobody"));
    for (String index : List.of("named", "alias", "digest", "other")) {
      assertLeftOut(index, 3);
    }
    assertLeftOut("*", 12);
  }

  public void testAModelThatWasReplacedIsFoundByAnotherName() {
    put("news", FILE, false);
    put("kept", FILE, false);
    index("one", bound("news"));
    put("news", OTHER, true);
    assertLeftOut("one", 3);
  }

  public void testAModelInTheFolderOfTheNodeIsLoaded() {
    putModel("local", FILE);
    index("one", bound("local"));
    assertLeftOut("one", 3);
  }

  /** As a version stored it that described no empty code. */
  public void testAModelWithoutADescribedCodeIsLoaded() {
    put("news", FILE, false);
    var client = new OriginSettingClient(client(), ModelIndex.ORIGIN);
    Map<String, Object> source =
        client.get(new GetRequest(ModelIndex.ALIAS, "model:news")).actionGet().getSourceAsMap();
    cast(source.get("description")).remove("empty_code");
    client.index(new IndexRequest(ModelIndex.ALIAS).id("model:news").source(source)).actionGet();
    index("one", bound("news"));
    assertLeftOut("one", 3);
  }

  public void testADescribedCodeNeedsNoLoading() {
    put("news", FILE, false);
    index("one", bound("news"));
    getInstanceFromNode(ModelCache.class).drop(name -> true);
    assertLeftOut("one", 3);
    assertTrue(
        getInstanceFromNode(ModelCache.class).stats().stream().allMatch(s -> s.loaded() == null));
  }

  private void assertUnknown(String index, String reason) {
    Map<String, Object> found = find(index, false);
    List<Map<String, Object>> unknown = list(found.get("empty_code_unknown"));
    assertThat(
        unknown.stream().map(each -> (String) each.get("index")).collect(Collectors.joining(",")),
        equalTo(index));
    assertThat((String) unknown.getFirst().get("reason"), containsString(reason));
    assertThat(found.get("empty_codes"), equalTo(List.of()));
    assertThat(sizes(found), equalTo(List.of(3, 2)));
    assertFalse(find(index, true).containsKey("empty_code_unknown"));
  }

  public void testAModelThatIsGoneIsSaidToBe() {
    put("news", FILE, false);
    index("one", bound("news"));
    ask(DeleteModel.TYPE, new DeleteModel.Parameters(new ModelId("news"), true));
    assertUnknown("one", "model [news] not found");
    put("news", OTHER, false);
    assertUnknown("one", "no model of digest [" + DIGEST + "] is in the cluster");
  }

  public void testAModelOfAnotherWidthIsNotTheFields() {
    put("wide", TestModel.file(128, 3), false);
    index("one", mapping(",'model':'wide'"));
    assertUnknown("one", "model [wide] makes codes of [128] bits, but the field has [64] bits");
    put("odd", TestModel.file(60, 3), false); // of as many bytes
    index("two", mapping(",'model':'odd'"));
    assertUnknown("two", "model [odd] makes codes of [60] bits, but the field has [64] bits");
    index("three", mapping(",'model':'odd','digest':'" + digest(TestModel.file(60, 3)) + "'"));
    assertUnknown("three", "makes codes of [60] bits, but the field has [64] bits");
  }

  /** Hashes of images have no code that says nothing. */
  public void testAFieldWithoutAModelHasNone() {
    index("one", mapping(""));
    Map<String, Object> found = find("one", false);
    assertThat(((Number) found.get("without_terms")).intValue(), equalTo(0));
    assertFalse(found.toString(), found.containsKey("empty_code_unknown"));
    assertThat(sizes(found), equalTo(List.of(3, 2)));
  }

  public void testBatchesOfManyDocumentsThatAreLeftOut() {
    put("news", FILE, false);
    createIndex("one", 1, bound("news"));
    Map<String, Map<String, Object>> documents = new TreeMap<>();
    int count = between(100, 1000);
    for (int i = 0; i < count; i++) {
      documents.put(Integer.toString(i), Map.of("code", code("").toHex()));
    }
    bulk("one", null, documents);
    bulk("one", null, Map.of("copy", Map.of("code", code("word01").toHex())));
    bulk("one", null, Map.of("original", Map.of("code", code("word01").toHex())));
    assertLeftOut("one", count);
  }
}
