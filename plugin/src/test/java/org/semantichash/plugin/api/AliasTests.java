// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.api.AliasApi.DeleteAlias;
import org.semantichash.plugin.api.AliasApi.GetAliases;
import org.semantichash.plugin.api.AliasApi.PutAlias;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ServerTests;
import org.semantichash.plugin.store.ModelAliases.AliasOutcome;
import org.semantichash.plugin.store.ModelStore;

/** Aliases of models, from the first switch to the last name. */
public class AliasTests extends ActionTestCase {

  private static final String PIPELINE =
      "{'processors':[{'semantic_hash':{'model':'news','field':'body','target_field':'code'}}]}";

  private Map<String, Object> putAlias(String alias, String model) {
    return ask(PutAlias.TYPE, new PutAlias.Parameters(new ModelId(alias), new ModelId(model)));
  }

  private Map<String, Object> deleteAlias(String alias, boolean force) {
    return ask(DeleteAlias.TYPE, new DeleteAlias.Parameters(new ModelId(alias), force));
  }

  private List<?> aliases(String names) {
    Map<String, Object> answer =
        ask(GetAliases.TYPE, new GetAliases.Parameters(NamePatterns.parse(names), false));
    List<?> aliases = (List<?>) answer.get("aliases");
    assertThat(answer.get("count"), equalTo(aliases.size()));
    return aliases;
  }

  private void putBoth() {
    put("news-1", first, false);
    put("news-2", second, false);
  }

  private String digestUnder(String name) {
    return (String) hash(name, false, "word07").get("digest");
  }

  public void testAnAliasIsCreatedSwitchedAndDeleted() {
    putBoth();
    Map<String, Object> created = putAlias("news", "news-1");
    assertThat(created.get("result"), equalTo("created"));
    assertThat(created.get("digest"), equalTo(digest(first)));
    assertFalse(created.containsKey("previous_model"));
    assertThat(digestUnder("news"), equalTo(digest(first)));

    assertThat(putAlias("news", "news-1").get("result"), equalTo("unchanged"));
    Map<String, Object> switched = putAlias("news", "news-2");
    assertThat(switched.get("result"), equalTo("switched"));
    assertThat(switched.get("previous_model"), equalTo("news-1"));
    assertThat("at once, though it was loaded", digestUnder("news"), equalTo(digest(second)));

    deleteAlias("news", false);
    assertFails(RestStatus.NOT_FOUND, "model [news] not found", () -> digestUnder("news"));
    assertFails(RestStatus.NOT_FOUND, "alias [news] not found", () -> deleteAlias("news", true));
    assertThat(names(get(null, true)), equalTo(List.of("news-1", "news-2")));
  }

  public void testGetShowsAliasesAndTheirModels() {
    putBoth();
    putAlias("today", "news-2");
    putAlias("other", "news-2");
    assertThat(names(get("today", false)), equalTo(List.of("news-2")));
    assertThat(names(get("t*", false)), equalTo(List.of("news-2")));
    assertThat(names(get("news-1", false)), equalTo(List.of("news-1")));
    Map<?, ?> model = (Map<?, ?>) ((List<?>) get("news-2,today", false).get("models")).get(0);
    assertThat(model.get("aliases"), equalTo(List.of("other", "today")));

    assertThat(aliases(null).size(), equalTo(2));
    Map<?, ?> alias = (Map<?, ?>) aliases("to*").get(0);
    assertThat(alias.get("alias"), equalTo("today"));
    assertThat(alias.get("model"), equalTo("news-2"));
    assertThat(alias.get("digest"), equalTo(digest(second)));
    assertFails(RestStatus.NOT_FOUND, "alias [nix] not found", () -> aliases("today,nix"));
    assertFails(RestStatus.NOT_FOUND, "no alias matches [nix*]", () -> aliases("nix*"));
    assertFails(RestStatus.NOT_FOUND, "alias [news-1] not found", () -> aliases("news-1"));
  }

  public void testANameIsNeverBoth() {
    putBoth();
    putAlias("news", "news-1");
    assertFails(
        RestStatus.CONFLICT,
        "[news] must be a model, it is an alias of model [news-1]",
        () -> put("news", randomBoolean() ? first : second, randomBoolean()));
    assertFails(RestStatus.CONFLICT, "[news] must be a model", () -> putAlias("again", "news"));
    assertFails(RestStatus.CONFLICT, "[news] must be a model", () -> delete("news", true));
    assertFails(
        RestStatus.CONFLICT,
        "alias [news-2] must not have the name of a model",
        () -> putAlias("news-2", randomFrom("news-1", "news-2")));
    assertFails(
        RestStatus.NOT_FOUND,
        "alias [new] cannot stand for model [nix], which is not in the cluster",
        () -> putAlias("new", "nix"));
    assertFails(
        RestStatus.NOT_FOUND, "alias [news-2] not found", () -> deleteAlias("news-2", true));
  }

  /** Whoever comes first, the name is the one or the other, and the loser hears of it. */
  public void testAModelAndAnAliasAtTheSameTime() throws Exception {
    put("news-1", first, false);
    for (int round = 0; round < 5; round++) {
      String name = "name-" + round;
      CountDownLatch start = new CountDownLatch(1);
      FutureTask<Boolean> model =
          new FutureTask<>(() -> wins(start, () -> put(name, second, true)));
      FutureTask<Boolean> alias =
          new FutureTask<>(() -> wins(start, () -> putAlias(name, "news-1")));
      List<Thread> threads = List.of(new Thread(model, "model"), new Thread(alias, "alias"));
      threads.forEach(Thread::start);
      start.countDown();
      assertTrue("one winner", model.get() ^ alias.get());
      assertThat(digestUnder(name), equalTo(digest(model.get() ? second : first)));
    }
  }

  private static boolean wins(CountDownLatch start, Runnable write) {
    safeAwait(start);
    try {
      write.run();
      return true;
    } catch (ElasticsearchStatusException e) {
      assertThat(e.status(), equalTo(RestStatus.CONFLICT));
      return false;
    }
  }

  /** Whoever hashes meanwhile gets a code of one of the two models, and never an error. */
  public void testSwitchingWhileOthersHash() throws Exception {
    putBoth();
    putAlias("news", "news-1");
    Set<String> right = Set.of(digest(first), digest(second));
    AtomicBoolean stop = new AtomicBoolean();
    List<FutureTask<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<Integer> reader = new FutureTask<>(() -> read(stop, right));
      readers.add(reader);
      new Thread(reader, "reader-" + i).start();
    }
    for (int i = 0; i < 20; i++) {
      boolean odd = i % 2 == 1;
      putAlias("news", odd ? "news-1" : "news-2");
      assertThat(digestUnder("news"), equalTo(digest(odd ? first : second)));
      if (odd) { // nobody may still look for the model that the alias has left
        delete("news-2", false);
        put("news-2", second, false);
      }
    }
    stop.set(true);
    for (FutureTask<Integer> reader : readers) {
      assertThat(reader.get(), greaterThan(0));
    }
  }

  private int read(AtomicBoolean stop, Set<String> right) {
    int read = 0;
    for (; stop.get() == false; read++) {
      String digest = digestUnder("news");
      assertTrue(digest, right.contains(digest));
    }
    return read;
  }

  public void testANodeThatWasNotToldFindsOut() throws Exception {
    putBoth();
    putAlias("news", "news-1");
    digestUnder("news");
    PlainActionFuture<AliasOutcome> untold = new PlainActionFuture<>();
    getInstanceFromNode(ModelStore.class)
        .aliases()
        .put(new ModelId("news"), new ModelId("news-2"), untold);
    untold.actionGet();
    assertThat(digestUnder("news"), equalTo(digest(first)));
    getInstanceFromNode(ModelCache.class).dropOutdated();
    assertBusy(() -> assertThat(digestUnder("news"), equalTo(digest(second))));
  }

  public void testAReplacedModelIsReplacedUnderItsAliasesToo() {
    put("news-1", first, false);
    putAlias("news", "news-1");
    createIndex("mapped", 1, "{'properties':{'c':{'type':'hash_code','bits':64,'model':'news'}}}");
    digestUnder("news");
    Map<String, Object> replaced = put("news-1", second, true);
    assertThat(replaced.get("indices_with_old_codes"), equalTo(List.of("mapped")));
    assertThat(digestUnder("news"), equalTo(digest(second)));
  }

  public void testAModelWithAliasesIsKeptUnlessForced() {
    putBoth();
    putAlias("news", "news-1");
    assertFails(
        RestStatus.CONFLICT,
        "cannot delete model [news-1]: it has the aliases [news];",
        () -> delete("news-1", false));
    digestUnder("news");
    delete("news-1", true);
    assertFails(
        RestStatus.NOT_FOUND,
        "alias [news] stands for model [news-1], which is not in the cluster",
        () -> digestUnder("news"));
    assertNull(((Map<?, ?>) aliases("news").get(0)).get("digest"));
    putAlias("news", "news-2");
    assertThat(digestUnder("news"), equalTo(digest(second)));
  }

  public void testAnAliasInUseIsKeptUnlessForced() {
    put("news-1", first, false);
    putAlias("news", "news-1");
    putPipeline("hashing", PIPELINE);
    createIndex("mapped", 1, "{'properties':{'c':{'type':'hash_code','bits':64,'model':'news'}}}");
    assertFails(
        RestStatus.CONFLICT,
        "cannot delete alias [news]: it is used by pipelines [hashing] and indices [mapped];",
        () -> deleteAlias("news", false));
    assertThat(deleteAlias("news", true), equalTo(Map.of("acknowledged", true)));
  }

  public void testAPipelineAndAQueryMayNameAnAlias() {
    putBoth();
    putAlias("news", "news-1");
    putPipeline("hashing", PIPELINE);
    String mapping =
        "{'properties':{'code':{'type':'hash_code','bits':64,'model':'news'},'body':{'type':'text'}}}";
    createIndex("docs", 1, mapping);
    String query = "{'query':{'hamming':{'field':'code','text':'word07 word11','max_distance':0}}}";
    bulk("docs", "hashing", Map.of("1", "word07 word11"));
    assertThat(hits("docs", query).size(), equalTo(1));

    String old = StampedCode.digestOfModel(digest(first));
    Map<String, Object> switched = putAlias("news", "news-2");
    assertThat(
        switched.get("old_codes"),
        equalTo(List.of(Map.of("index", "docs", "field", "code", "digest", old, "documents", 1L))));
    // Codes of two models in one field are neither written nor compared.
    assertThat(refusal("docs", query).status(), equalTo(400));
    BulkResponse again = bulk("docs", "hashing", Map.of("2", "word07 word11"));
    assertThat(again.getItems()[0].status(), equalTo(RestStatus.BAD_REQUEST));
    assertThat(
        again.getItems()[0].getFailure().getCause().getCause().getMessage(),
        containsString("digest [" + old + "]"));

    createIndex("more", 1, mapping);
    bulk("more", "hashing", Map.of("2", "word07 word11"));
    Hit hit = hits("more", query).get(0);
    assertThat(hit.id(), equalTo("2"));
    assertThat(hit.source().containsKey("code"), equalTo(ServerTests.CODES_IN_SOURCE));
    assertThat(
        hits("more", "{'_source':{'exclude_vectors':false}}").get(0).source().get("code"),
        equalTo(
            expected(second, "word07 word11") + "@" + StampedCode.digestOfModel(digest(second))));
  }
}
