// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.HashedText;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.ModelTestCase;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.store.ModelAliases.AliasOutcome;
import org.semantichash.plugin.store.ModelAliases.ModelAlias;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;
import org.semantichash.plugin.store.StoredModel.StoredOutcome.Outcome;
import org.semantichash.plugin.wire.DocumentVersion;

/** The system index, under concurrent, cut and damaged uploads. */
public class ModelStoreTests extends ModelTestCase {

  private static final ModelId NEWS = new ModelId("news");

  private static final int CHANGED_BITS = 1000;

  private ModelStore storage() {
    return getInstanceFromNode(ModelStore.class);
  }

  private Outcome put(byte[] file, boolean replace) {
    return ModelStoreTests.<StoredOutcome>answer(l -> storage().put(NEWS, file, null, replace, l))
        .outcome();
  }

  private Outcome complete(String digest) {
    return ModelStoreTests.<StoredOutcome>answer(
            l -> storage().uploads().complete(NEWS, digest, false, l))
        .outcome();
  }

  private void delete() {
    ModelStoreTests.<Void>answer(l -> storage().delete(NEWS, l));
  }

  /** Without those that come with the plugin. */
  private List<StoredModel> list() {
    return ModelStoreTests.<List<StoredModel>>answer(l -> storage().list(l)).stream()
        .filter(model -> model.id().isBuiltIn() == false)
        .toList();
  }

  private String hash(String text) {
    ModelCache models = getInstanceFromNode(ModelCache.class);
    return ModelStoreTests.<HashedText>answer(l -> models.hash(NEWS, text, l)).code().toHex();
  }

  private String loadAndHash(String text) {
    getInstanceFromNode(ModelCache.class).drop(name -> true);
    return hash(text);
  }

  private SystemIndexDocuments documents() {
    return new SystemIndexDocuments(client());
  }

  private List<Map<String, Object>> stored(String type) {
    new OriginSettingClient(client(), ModelIndex.ORIGIN)
        .admin()
        .indices()
        .prepareRefresh(ModelIndex.ALIAS)
        .get();
    return ModelStoreTests.<SystemIndexDocuments.Found>answer(
            l -> documents().search(QueryBuilders.termQuery("type", type), l))
        .readable();
  }

  public void testNothingIsStoredBeforeTheFirstPut() {
    assertThat(list(), equalTo(List.of()));
    assertFails(RestStatus.NOT_FOUND, "model [news] not found", this::delete);
  }

  public void testPutHashDelete() {
    assertThat(put(first, false), equalTo(Outcome.CREATED));
    List<StoredModel> models = list();
    assertThat(models.size(), equalTo(1));
    StoredModel model = models.get(0);
    assertThat(model.id(), equalTo(NEWS));
    assertThat(model.file().digest(), equalTo(digest(first)));
    assertThat(model.file().length(), equalTo((long) first.length));
    assertThat(model.description().get("bits"), equalTo(64));
    assertThat(model.description().get("vocabulary_size"), equalTo(TestModel.WORDS));
    assertThat(loadAndHash("word07"), equalTo(expected(first, "word07")));

    assertThat(put(first, randomBoolean()), equalTo(Outcome.UNCHANGED));
    delete();
    assertThat(list(), equalTo(List.of()));
    assertThat(stored("chunk"), equalTo(List.of()));
  }

  /** While a cluster is upgraded, a newer node may have stored a model for an older one. */
  public void testDocumentsOfANewerPlugin() {
    put(first, false);
    String id = StoredModel.documentId(NEWS);
    Client client = new OriginSettingClient(client(), ModelIndex.ORIGIN);
    Map<String, Object> document =
        new HashMap<>(client.prepareGet(ModelIndex.ALIAS, id).get().getSourceAsMap());
    document.put("new_field", Map.of("a", 1));
    client.prepareIndex(ModelIndex.ALIAS).setId(id).setSource(document).get();
    assertThat(loadAndHash("word07"), equalTo(expected(first, "word07")));
    document.put("version", DocumentVersion.CURRENT + 1);
    client.prepareIndex(ModelIndex.ALIAS).setId(id).setSource(document).get();
    Exception e = expectThrows(IllegalStateException.class, () -> put(first, false));
    assertThat(
        e.getMessage(),
        equalTo(
            "document [model:news] was stored by a newer plugin [semantic-hash] in version [2], but"
                + " the plugin of this node reads versions up to [1]: install the newer plugin on"
                + " all nodes"));
  }

  private void storeByANewerPlugin(String id, Map<String, Object> fields) {
    Map<String, Object> document = new HashMap<>(fields);
    document.put("version", DocumentVersion.CURRENT + 1);
    new OriginSettingClient(client(), ModelIndex.ORIGIN)
        .prepareIndex(ModelIndex.ALIAS)
        .setId(id)
        .setSource(document)
        .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
        .get();
  }

  /** What they say is not known here, so that no chunk is taken from them either. */
  public void testDocumentsOfANewerPluginAreLeftOutOfListsAndSweeps() {
    put(first, false);
    putPart(second, 2, 0, parts(second, 2).get(0));
    ModelStoreTests.<Void>answer(
        l ->
            new ModelFileChunks(documents())
                .write(new ModelId("x"), "theirs", 0, new byte[] {1}, l));
    for (String type : List.of("model", "alias", "upload", "chunk")) {
      storeByANewerPlugin(type + ":new", Map.of("type", type, "model", "new", "created", 1));
    }
    assertThat(list().stream().map(StoredModel::id).toList(), equalTo(List.of(NEWS)));
    assertThat(
        ModelStoreTests.<List<ModelAlias>>answer(l -> storage().aliases().list(l)),
        equalTo(List.of()));
    assertThat(present(), equalTo(List.of(0)));
    assertThat(sweep(TimeValue.timeValueHours(25)), equalTo(1));
    assertThat(sweep(TimeValue.timeValueHours(49)), equalTo(0));
    assertThat("the model's and theirs", stored("chunk").size(), equalTo(2));
    for (String id : List.of("model:new", "upload:new")) {
      ModelStoreTests.<Void>answer(l -> documents().deleteAll(List.of(id), l));
    }
    stored("chunk"); // refreshes
    assertThat(sweep(TimeValue.timeValueHours(49)), equalTo(0));
    assertThat("the model's", stored("chunk").size(), equalTo(1));
  }

  public void testAnotherFileNeedsReplace() {
    put(first, false);
    assertFails(
        RestStatus.CONFLICT,
        "model [news] is stored with digest [" + digest(first) + "]",
        () -> put(second, false));
    assertThat(loadAndHash("word07"), equalTo(expected(first, "word07")));
    assertThat(put(second, true), equalTo(Outcome.REPLACED));
    assertThat(loadAndHash("word07"), equalTo(expected(second, "word07")));
    assertThat("of the new one only", stored("chunk").size(), equalTo(1));
  }

  public void testTheClusterComesBeforeTheFolder() {
    putModel("news", second);
    assertThat(loadAndHash("word07"), equalTo(expected(second, "word07")));
    put(first, false);
    assertThat(loadAndHash("word07"), equalTo(expected(first, "word07")));
    delete();
    assertThat(loadAndHash("word07"), equalTo(expected(second, "word07")));
  }

  public void testALoadedModelIsDroppedWhenItIsOutdated() throws Exception {
    ModelCache models = getInstanceFromNode(ModelCache.class);
    put(first, false);
    hash("word07");
    put(second, true);
    models.dropOutdated();
    assertBusy(() -> assertThat(hash("word07"), equalTo(expected(second, "word07"))));
  }

  public void testRefusesWhatIsNoModel() {
    assertFails(
        RestStatus.BAD_REQUEST,
        "model [news] cannot be used",
        () -> put(new byte[] {1, 2, 3}, false));
    assertFails(
        RestStatus.BAD_REQUEST,
        "golden text [0] must get code",
        () -> put(TestModel.fileWithWrongGoldenCode(64, 1), false));
    assertThat(list(), equalTo(List.of()));
  }

  /** Of many files at the same time one becomes the model; no chunk of the others stays. */
  public void testConcurrentPutsHaveOneWinner() throws Exception {
    for (boolean replace : new boolean[] {false, true}) {
      List<byte[]> files = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        files.add(TestModel.file(64, 100 + i / 2));
      }
      List<PlainActionFuture<StoredOutcome>> puts = new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (byte[] file : files) {
        PlainActionFuture<StoredOutcome> future = new PlainActionFuture<>();
        puts.add(future);
        Thread thread =
            new Thread(
                () -> {
                  safeAwait(start);
                  storage().put(NEWS, file, null, replace, future);
                });
        thread.start();
        threads.add(thread);
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join(60_000);
        assertFalse(thread.isAlive());
      }
      int created = 0;
      for (PlainActionFuture<StoredOutcome> future : puts) {
        try {
          created += future.actionGet().outcome() == Outcome.CREATED ? 1 : 0;
        } catch (ElasticsearchStatusException e) {
          assertFalse(e.toString(), replace);
          assertThat(e.status(), equalTo(RestStatus.CONFLICT));
        }
      }
      assertThat("one winner", created, equalTo(1));
      List<StoredModel> models = list();
      assertThat(models.size(), equalTo(1));
      assertThat("no chunk but the winner's", stored("chunk").size(), equalTo(1));
      String digest = models.get(0).file().digest();
      byte[] winner = files.stream().filter(f -> digest(f).equals(digest)).findFirst().get();
      assertThat(loadAndHash("word07"), equalTo(expected(winner, "word07")));
      delete();
    }
  }

  public void testAModelThatLosesItsNameToAnAliasLeavesNoChunks() {
    ModelId other = new ModelId("other");
    ModelStoreTests.<StoredOutcome>answer(l -> storage().put(other, first, null, false, l));
    ModelFileChunks chunks = new ModelFileChunks(documents());
    ModelStoreTests.<Void>answer(l -> chunks.writeAll(NEWS, "upload", second, l));
    ModelStoreTests.<AliasOutcome>answer(l -> storage().aliases().put(NEWS, other, l));
    StoredFile file =
        new StoredFile(
            "upload", digest(second), second.length, ModelFileChunks.count(second.length));
    StoredModel model = StoredModel.of(NEWS, file, 0, EncoderModel.read(second));
    StoreLimits limits =
        new StoreLimits(getInstanceFromNode(ClusterService.class).getClusterSettings());
    ModelCommit commit = new ModelCommit(new ModelCatalog(documents()), chunks, limits);
    assertFails(
        RestStatus.CONFLICT,
        "[news] must be a model, it is an alias of model [other]",
        () -> ModelStoreTests.<StoredOutcome>answer(l -> commit.commit(model, true, l)));
    assertThat("of the other model only", stored("chunk").size(), equalTo(1));
  }

  public void testAChangedBitIsRefused() {
    put(first, false);
    Map<String, Object> chunk = new HashMap<>(stored("chunk").get(0));
    String id = "chunk:" + chunk.get("upload") + ":0";
    for (int i = 0; i < CHANGED_BITS; i++) {
      byte[] damaged = first.clone();
      int at = between(0, damaged.length - 1);
      damaged[at] ^= (byte) (1 << between(0, 7));
      chunk.put("data", damaged);
      ModelStoreTests.<Void>answer(l -> documents().put(id, chunk, l));
      assertFails(
          RestStatus.INTERNAL_SERVER_ERROR,
          "its SHA-256 must be [" + digest(first) + "]",
          () -> hash("word07"));
    }
    for (byte[] other : List.of(Arrays.copyOf(first, first.length - 1), new byte[0])) {
      chunk.put("data", other);
      ModelStoreTests.<Void>answer(l -> documents().put(id, chunk, l));
      assertFails(RestStatus.INTERNAL_SERVER_ERROR, "is damaged", () -> hash("word07"));
    }
    ModelStoreTests.<Void>answer(l -> documents().deleteAll(List.of(id), l));
    assertFails(
        RestStatus.INTERNAL_SERVER_ERROR, "part [0] of [1] is missing", () -> hash("word07"));
  }

  private static List<byte[]> parts(byte[] file, int count) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(Arrays.copyOfRange(file, file.length / count * i, end(file, count, i)));
    }
    return parts;
  }

  private static int end(byte[] file, int count, int part) {
    return part == count - 1 ? file.length : file.length / count * (part + 1);
  }

  private void putPart(byte[] file, int count, int part, byte[] data) {
    putPart(digest(file), file.length, count, part, data);
  }

  private void putPart(String digest, long length, int count, int part, byte[] data) {
    var whole = new ModelUploads.UploadFile(digest, length, count);
    ModelStoreTests.<Void>answer(l -> storage().uploads().putPart(NEWS, whole, part, data, l));
  }

  private List<Integer> present() {
    List<ModelUploads.Progress> uploads =
        answer(l -> storage().uploads().list(NEWS.value()::equals, l));
    assertThat(uploads.size(), equalTo(1));
    return uploads.get(0).parts();
  }

  /** Wherever the client stops, nothing is served; where it goes on, only the rest is needed. */
  public void testAnUploadCutAtEachPartIsResumed() {
    int count = 5;
    List<byte[]> parts = parts(first, count);
    String digest = digest(first);
    for (int cut = 1; cut < count; cut++) {
      for (int part = 0; part < cut; part++) {
        putPart(first, count, part, parts.get(part));
      }
      assertFails(
          RestStatus.BAD_REQUEST,
          "the upload of model [news] lacks parts [" + cut,
          () -> complete(digest));
      assertFails(RestStatus.NOT_FOUND, "model [news] not found", () -> loadAndHash("word07"));
      List<Integer> present = present();
      assertThat(present.size(), equalTo(cut));
      for (int part = 0; part < count; part++) {
        if (present.contains(part) == false || randomBoolean()) {
          putPart(first, count, part, parts.get(part));
        }
      }
      assertThat(complete(digest), equalTo(Outcome.CREATED));
      assertThat(loadAndHash("word07"), equalTo(expected(first, "word07")));
      assertThat(stored("upload"), equalTo(List.of()));
      assertThat("a second time", complete(digest), equalTo(Outcome.UNCHANGED));
      delete();
      assertThat(stored("chunk"), equalTo(List.of()));
    }
  }

  public void testAnUploadIsAccountedWhileItIsPutTogether() {
    putPart(first, 1, 0, first);
    CircuitBreaker breaker =
        getInstanceFromNode(CircuitBreakerService.class).getBreaker("semantic_hash");
    long before = breaker.getUsed();
    long taken = breaker.getLimit() - before - first.length + 1;
    breaker.addWithoutBreaking(taken);
    try {
      assertFails(
          RestStatus.TOO_MANY_REQUESTS, "[upload of model [news]]", () -> complete(digest(first)));
    } finally {
      breaker.addWithoutBreaking(-taken);
    }
    assertThat(breaker.getUsed(), equalTo(before));
    assertThat(complete(digest(first)), equalTo(Outcome.CREATED));
    assertThat(breaker.getUsed(), equalTo(before));
  }

  public void testAWrongPartCanBeSentAgain() {
    List<byte[]> parts = parts(first, 2);
    byte[] wrong = parts.get(1).clone();
    wrong[between(0, wrong.length - 1)] ^= 1;
    putPart(first, 2, 0, parts.get(0));
    putPart(first, 2, 1, wrong);
    String digest = digest(first);
    assertFails(
        RestStatus.BAD_REQUEST, "must have the SHA-256 [" + digest + "]", () -> complete(digest));
    putPart(first, 2, 1, parts.get(1));
    assertThat(complete(digest), equalTo(Outcome.CREATED));
  }

  public void testAnUploadOfWhatIsNoModelIsDeleted() {
    byte[] file = TestModel.fileWithWrongGoldenCode(64, 1);
    putPart(file, 1, 0, file);
    assertFails(
        RestStatus.BAD_REQUEST, "golden text [0] must get code", () -> complete(digest(file)));
    assertThat(stored("chunk"), equalTo(List.of()));
    assertThat(stored("upload"), equalTo(List.of()));
  }

  public void testDeleteEndsUploads() {
    putPart(first, 2, 0, parts(first, 2).get(0));
    delete();
    assertThat(stored("chunk"), equalTo(List.of()));
    assertThat(stored("upload"), equalTo(List.of()));
    assertFails(
        RestStatus.NOT_FOUND,
        "model [news] has no upload of [sha256=" + digest(first) + "]",
        () -> complete(digest(first)));
  }

  public void testRefusesNumbersThatDoNotFit() {
    String digest = digest(first);
    int length = first.length;
    assertFails(
        RestStatus.BAD_REQUEST,
        "[part] must be between [0] and [1], got [2]",
        () -> putPart(digest, length, 2, 2, first));
    assertFails(
        RestStatus.BAD_REQUEST,
        "part [0] must have between [1] and",
        () -> putPart(digest, length, 2, 0, new byte[0]));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[sha256] must be [64] hexadecimal digits, got [abc]",
        () -> putPart("abc", length, 2, 0, first));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[total_parts] must be between [3] and [1000]",
        () -> putPart(digest, 9 << 20, 2, 0, first));
    assertFails(
        RestStatus.REQUEST_ENTITY_TOO_LARGE,
        "[semantic_hash.model.max_size]",
        () -> putPart(digest, 1L << 40, 2, 0, first));
    putPart(first, 2, 0, parts(first, 2).get(0));
    assertFails(
        RestStatus.BAD_REQUEST,
        "and [total_parts=2], got",
        () -> putPart(digest, length, 3, 0, new byte[] {1}));
  }

  private int openUploads() {
    return ModelStoreTests.<List<ModelUploads.Progress>>answer(
            l -> storage().uploads().list(name -> true, l))
        .size();
  }

  private int sweep(TimeValue later) {
    long now = System.currentTimeMillis() + later.millis();
    return ModelStoreTests.<Integer>answer(l -> storage().uploads().sweep(now, l));
  }

  /** Otherwise 96 of 100 clients that give up leave 400 MB behind, and nobody sees them. */
  public void testUploadsAreLimited() {
    set("semantic_hash.upload.max_count", "3");
    try {
      String digest = "0".repeat(63);
      for (int i = 0; i < 3; i++) {
        putPart(digest + i, 100, 2, 0, new byte[] {1});
      }
      assertFails(
          RestStatus.TOO_MANY_REQUESTS,
          "an upload of [100b] for model [news] cannot begin: unfinished uploads must be at most"
              + " [3] (setting [semantic_hash.upload.max_count]), there are [3];",
          () -> putPart(digest + 3, 100, 2, 0, new byte[] {1}));
      assertThat(openUploads(), equalTo(3));
      putPart(digest + 2, 100, 2, 1, new byte[] {1}); // one that has begun goes on
      set("semantic_hash.upload.max_count", "10");
      set("semantic_hash.upload.max_size", "350b");
      assertFails(
          RestStatus.TOO_MANY_REQUESTS,
          "at most [350b] together (setting [semantic_hash.upload.max_size]), there are [300b];",
          () -> putPart(digest + 3, 100, 2, 0, new byte[] {1}));
      putPart(digest + 4, 50, 2, 0, new byte[] {1});
      assertThat(openUploads(), equalTo(4));
    } finally {
      set("semantic_hash.upload.max_count", null);
      set("semantic_hash.upload.max_size", null);
    }
  }

  public void testUploadsOfManyAtOnceAreLimited() throws Exception {
    set("semantic_hash.upload.max_count", "2");
    try {
      List<PlainActionFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        PlainActionFuture<Void> future = new PlainActionFuture<>();
        var whole = new ModelUploads.UploadFile("0".repeat(63) + i, 100, 2);
        storage().uploads().putPart(new ModelId("m" + i), whole, 0, new byte[] {1}, future);
        all.add(future);
      }
      int taken = 0;
      for (PlainActionFuture<Void> future : all) {
        try {
          future.actionGet();
          taken++;
        } catch (ElasticsearchStatusException e) {
          assertThat(e.status(), equalTo(RestStatus.TOO_MANY_REQUESTS));
        }
      }
      assertThat(taken, lessThanOrEqualTo(2));
      assertThat(openUploads(), equalTo(taken));
    } finally {
      set("semantic_hash.upload.max_count", null);
    }
  }

  public void testOldUploadsAreSweptAndLaterTheirChunks() {
    List<byte[]> parts = parts(first, 2);
    putPart(first, 2, 0, parts.get(0));
    String lost = "lost";
    ModelStoreTests.<Void>answer(
        l -> new ModelFileChunks(documents()).write(new ModelId("x"), lost, 0, new byte[] {1}, l));
    put(second, false);
    assertThat(sweep(TimeValue.timeValueHours(23)), equalTo(0));
    assertThat(openUploads(), equalTo(1));
    assertThat(sweep(TimeValue.timeValueHours(25)), equalTo(1));
    assertThat(openUploads(), equalTo(0));
    assertThat("the model's and the lost one", stored("chunk").size(), equalTo(2));
    assertThat(sweep(TimeValue.timeValueHours(49)), equalTo(0));
    assertThat("the model's", stored("chunk").size(), equalTo(1));
    assertThat(loadAndHash("word07"), equalTo(expected(second, "word07")));
  }

  /** Who commits another file of the same model sweeps too, and must not sweep shorter. */
  public void testAnUploadMayTakeAsLongAsTheSettingSays() {
    set("semantic_hash.upload.expire_after", "3d");
    try {
      List<byte[]> parts = parts(first, 2);
      putPart(first, 2, 0, parts.get(0));
      String id = "chunk:" + stored("chunk").get(0).get("upload") + ":0";
      Map<String, Object> chunk =
          new HashMap<>(
              ModelStoreTests.<Optional<SystemIndexDocuments.VersionedDocument>>answer(
                      l -> documents().get(id, l))
                  .orElseThrow()
                  .source());
      chunk.put("created", System.currentTimeMillis() - TimeValue.timeValueHours(48).millis());
      ModelStoreTests.<Void>answer(l -> documents().put(id, chunk, l));
      assertThat(stored("chunk").size(), equalTo(1)); // and refreshes, so that it can be swept
      put(second, false);
      assertThat(present(), equalTo(List.of(0)));
    } finally {
      set("semantic_hash.upload.expire_after", null);
    }
  }

  private void set(String setting, String value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(Settings.builder().put(setting, value))
        .get();
  }
}
