// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.HashedText;
import org.semantichash.TextExplanation;
import org.semantichash.analysis.Deadline;
import org.semantichash.plugin.api.UploadApi.DeleteUploads;
import org.semantichash.plugin.api.UploadApi.GetUploads;
import org.semantichash.plugin.api.UploadApi.PutPart;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelStats;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.store.ModelUploads;

/** What each action answers. */
public class ModelActionsTests extends ActionTestCase {

  public void testGetByNameAndPattern() {
    for (String id : List.of("news.1", "news.2", "other")) {
      put(id, first, false);
    }
    assertThat(names(get(null, true)), equalTo(List.of("news.1", "news.2", "other")));
    assertThat(names(get("_all", false)), equalTo(List.of("news.1", "news.2", "other")));
    assertThat(names(get("news.*", false)), equalTo(List.of("news.1", "news.2")));
    assertThat(names(get("other,news.1", false)), equalTo(List.of("news.1", "other")));
    assertThat(names(get("none*", true)), equalTo(List.of()));
    assertFails(RestStatus.NOT_FOUND, "no model matches [none*]", () -> get("none*", false));
    assertFails(RestStatus.NOT_FOUND, "model [nix] not found", () -> get("news.1,nix", true));
  }

  public void testShowsWhatIsInTheFile() {
    put("news", first, false);
    List<?> models = (List<?>) get("news", false).get("models");
    Map<?, ?> model = (Map<?, ?>) models.get(0);
    assertThat(model.get("digest"), equalTo(digest(first)));
    assertThat(model.get("size_in_bytes"), equalTo((long) first.length));
    assertThat(model.get("bits"), equalTo(64));
    assertThat(model.get("method"), equalTo("test"));
    assertThat(model.get("vocabulary_size"), equalTo(TestModel.WORDS));
  }

  public void testPutAnswersWhatItDid() {
    assertThat(put("news", first, false).get("result"), equalTo("created"));
    assertThat(put("news", first, false).get("result"), equalTo("unchanged"));
    assertFails(RestStatus.CONFLICT, "set [replace] to do it", () -> put("news", second, false));
    createIndex("old", 1, "{'properties':{'c':{'type':'hash_code','bits':64,'model':'news'}}}");
    Map<String, Object> replaced = put("news", second, true);
    assertThat(replaced.get("result"), equalTo("replaced"));
    assertThat(replaced.get("indices_with_old_codes"), equalTo(List.of("old")));
  }

  public void testAFileOfAnotherDigestIsNotStored() {
    ModelId news = new ModelId("news");
    assertFails(
        RestStatus.BAD_REQUEST,
        "the file of model [news] must have the SHA-256 ["
            + digest(second)
            + "], got ["
            + digest(first)
            + "]; send it again",
        () -> ask(PutModel.TYPE, new PutModel.Parameters(news, first, digest(second), false)));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[sha256] must be [64] hexadecimal digits, got [beef]",
        () -> ask(PutModel.TYPE, new PutModel.Parameters(news, first, "beef", false)));
    assertThat(names(get(null, true)), equalTo(List.of()));
    String upperCase = digest(first).toUpperCase(Locale.ROOT);
    var right = new PutModel.Parameters(news, first, upperCase, false);
    assertThat(ask(PutModel.TYPE, right).get("result"), equalTo("created"));
  }

  public void testADamagedFileIsNotStored() {
    byte[] damaged = first.clone();
    int weights = new String(first, StandardCharsets.ISO_8859_1).indexOf("term_weights") + 16;
    damaged[weights + between(0, 1000)] ^= (byte) (1 << between(0, 7));
    Exception refused = expectThrows(Exception.class, () -> put("news", damaged, false));
    assertThat(ExceptionsHelper.status(refused), equalTo(RestStatus.BAD_REQUEST));
    assertThat(names(get(null, true)), equalTo(List.of()));
  }

  public void testTheLimitsAreDynamic() {
    for (String limit : List.of("semantic_hash.model.max_size", "breaker.semantic_hash.limit")) {
      set(limit, "1kb");
      RestStatus status =
          limit.startsWith("breaker")
              ? RestStatus.TOO_MANY_REQUESTS
              : RestStatus.REQUEST_ENTITY_TOO_LARGE;
      assertFails(status, "1kb", () -> put("news", first, false));
      set(limit, null);
    }
    put("news", first, false);
  }

  private void set(String setting, String value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(Settings.builder().put(setting, value))
        .get();
  }

  public void testAReplacedModelIsUsedAtOnce() {
    put("news", first, false);
    hash("news", false, "word07");
    put("news", second, true);
    Map<String, Object> hashed = hash("news", false, "word07");
    assertThat(hashed.get("digest"), equalTo(digest(second)));
    delete("news", false);
    assertFails(RestStatus.NOT_FOUND, "model [news] not found", () -> hash("news", false, "x"));
  }

  public void testHashesAndExplains() {
    put("news", first, false);
    Map<String, Object> answer = hash("news", true, "word01 word02 word02 nothing", "");
    try (var hasher = TestModel.hasher(first)) {
      List<?> docs = (List<?>) answer.get("docs");
      HashedText expected = hasher.hash("word01 word02 word02 nothing");
      Map<?, ?> doc = (Map<?, ?>) docs.get(0);
      assertThat(doc.get("code"), equalTo(expected.code().toHex()));
      assertThat(doc.get("known_terms"), equalTo(2));
      assertThat(doc.get("terms"), equalTo(4));
      Map<?, ?> weight = (Map<?, ?>) ((List<?>) doc.get("weights")).get(1);
      assertThat(weight.get("term"), equalTo("word02"));
      assertThat(weight.get("weight"), equalTo(expected.vector().weight(1)));
      assertThat(((Map<?, ?>) docs.get(1)).get("code"), equalTo(hasher.hash("").code().toHex()));
      // The margins say which bits are 1.
      List<?> margins = (List<?>) doc.get("margins");
      for (int bit = 0; bit < hasher.bits(); bit++) {
        boolean one = expected.code().get(bit);
        assertThat((Float) margins.get(bit) > 0, equalTo(one));
      }
      assertThat(((List<?>) doc.get("activations")).size(), equalTo(hasher.bits()));
      assertThat(doc.get("unknown_terms"), equalTo(List.of("nothing")));
      List<?> pulls = (List<?>) doc.get("pulls");
      TextExplanation explained =
          hasher.explain("word01 word02 word02 nothing", expected, Deadline.never());
      assertThat(pulls.size(), equalTo(hasher.bits()));
      for (int bit = 0; bit < hasher.bits(); bit++) {
        TextExplanation.BitPull pull = explained.pulls().get(bit);
        assertThat(pulls.get(bit), equalTo(Map.of("bit", bit, "on", pull.on(), "off", pull.off())));
      }
      assertThat(((Map<?, ?>) docs.get(1)).get("unknown_terms"), equalTo(List.of()));
      assertFalse(
          ((Map<?, ?>) ((List<?>) hash("news", false, "word01").get("docs")).get(0))
              .containsKey("margins"));
    }
    assertFails(
        RestStatus.BAD_REQUEST,
        "[docs] must have between [1] and [1000] documents, got [0]",
        () -> hash("news", false));
    String[] many = new String[101];
    Arrays.fill(many, "word01");
    hash("news", false, many);
    assertFails(
        RestStatus.BAD_REQUEST,
        "[docs] must have at most [100] documents with [explain], got [101]",
        () -> hash("news", true, many));
  }

  public void testDeleteNamesThoseWhoUseTheModel() {
    put("news", first, false);
    putPipeline(
        "inside",
        """
        {'processors':[],'on_failure':[{'semantic_hash':
          {'model':'news','field':'a','target_field':'b'}}]}""");
    putPipeline(
        "other", "{'processors':[{'semantic_hash':{'model':'x','field':'a','target_field':'b'}}]}");
    createIndex(
        "mapped",
        1,
        "{'properties':{'o':{'properties':{'c':{'type':'hash_code','bits':64,'model':'news'}}}}}");
    createIndex("unrelated", 1, "{'properties':{'c':{'type':'hash_code','bits':64,'model':'x'}}}");
    assertFails(
        RestStatus.CONFLICT,
        "cannot delete model [news]: it is used by pipelines [inside] and indices [mapped];",
        () -> delete("news", false));
    assertThat(names(get(null, true)), equalTo(List.of("news")));
    assertThat(delete("news", true).get("acknowledged"), equalTo(true));
    assertThat(names(get(null, true)), equalTo(List.of()));
    assertFails(RestStatus.NOT_FOUND, "model [news] not found", () -> delete("news", true));
  }

  public void testStatsWarmAndClear() throws IOException {
    put("news", first, false);
    put("other", first, false);
    assertThat(nodes(NodesApi.Stats.TYPE, "*").models(), equalTo(List.of()));
    ModelStats warm = nodes(NodesApi.WarmModel.TYPE, "news").models().get(0);
    assertThat(warm.loaded().place(), equalTo("cluster"));
    try (var hasher = TestModel.hasher(first)) {
      assertThat(warm.loaded().bytes(), equalTo(hasher.bytes()));
    }
    hash("news", false, "word01", "word02");
    hash("other", false, "word01");
    NodesModelStats.NodeModelStats all = nodes(NodesApi.Stats.TYPE, "*");
    assertThat(
        all.models().stream().map(ModelStats::id).toList().toString(), equalTo("[news, other]"));
    assertThat(nodes(NodesApi.Stats.TYPE, "news").models().get(0).texts(), equalTo(2L));
    NodesModelStats.NodeModelStats cleared = nodes(NodesApi.ClearCache.TYPE, "news");
    assertNull(cleared.models().get(0).loaded());
    assertThat(cleared.models().get(0).texts(), equalTo(2L));
    assertNotNull(nodes(NodesApi.Stats.TYPE, "other").models().get(0).loaded());
    assertSameAfterTheWire(all);
    assertFails(RestStatus.NOT_FOUND, "model [nix] not found", () -> warm("nix"));
  }

  private void warm(String id) throws Exception {
    NodesModelStats answer =
        client()
            .execute(NodesApi.WarmModel.TYPE, new NodesApi.NodesRequest(List.of(id)))
            .actionGet();
    Throwable cause = answer.failures().get(0).getCause();
    throw (Exception) cause;
  }

  private NodesModelStats.NodeModelStats nodes(ActionType<NodesModelStats> type, String name) {
    NodesModelStats answer =
        client().execute(type, new NodesApi.NodesRequest(List.of(name))).actionGet();
    assertThat(answer.failures().toString(), answer.hasFailures(), equalTo(false));
    return answer.getNodes().get(0);
  }

  /** The numbers come through the wire as they were. */
  private static void assertSameAfterTheWire(NodesModelStats.NodeModelStats models)
      throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      models.writeTo(out);
      NodesModelStats.NodeModelStats read =
          new NodesModelStats.NodeModelStats(out.bytes().streamInput(), models.getNode());
      assertThat(json(read), equalTo(json(models)));
    }
  }

  private static String json(NodesModelStats.NodeModelStats models) throws IOException {
    try (XContentBuilder builder = JsonXContent.contentBuilder()) {
      builder.startObject();
      models.toXContent(builder, ToXContent.EMPTY_PARAMS);
      return Strings.toString(builder.endObject());
    }
  }

  private void putPart(String id) {
    var whole = new ModelUploads.UploadFile("0".repeat(64), 100, 2);
    ask(PutPart.TYPE, new PutPart.Parameters(new ModelId(id), whole, 1, new byte[] {1}));
  }

  private List<Object> uploads(String names) {
    Map<String, Object> answer = ask(GetUploads.TYPE, NamePatterns.parse(names));
    List<?> uploads = (List<?>) answer.get("uploads");
    assertThat(answer.get("count"), equalTo(uploads.size()));
    return uploads.stream().<Object>map(u -> ((Map<?, ?>) u).get("model")).toList();
  }

  public void testUploadsAreListedAndDeletedByPattern() {
    for (String id : List.of("news.1", "news.2", "other")) {
      putPart(id);
    }
    assertThat(uploads(null), equalTo(List.of("news.1", "news.2", "other")));
    assertThat(uploads("news.*"), equalTo(List.of("news.1", "news.2")));
    Map<?, ?> upload =
        (Map<?, ?>)
            ((List<?>) ask(GetUploads.TYPE, NamePatterns.parse("other")).get("uploads")).get(0);
    assertThat(upload.get("parts"), equalTo(List.of(1)));
    assertThat(upload.get("total_length"), equalTo(100L));
    assertFails(
        RestStatus.NOT_FOUND,
        "uploads of models [nix] not found",
        () -> ask(DeleteUploads.TYPE, NamePatterns.parse("other,nix")));
    assertThat(ask(DeleteUploads.TYPE, NamePatterns.parse("news.*")).get("deleted"), equalTo(2));
    assertThat(uploads(null), equalTo(List.of("other")));
    assertThat(ask(DeleteUploads.TYPE, NamePatterns.parse("*")).get("deleted"), equalTo(1));
    assertThat(uploads(null), equalTo(List.of()));
  }
}
