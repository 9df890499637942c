/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.tasks.TaskInfo;
import org.elasticsearch.transport.TransportRequest;
import org.junit.Before;
import org.semantichash.plugin.action.LocalRequest;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.shard.MembersRequest;

/** The life of a search: begun, shown, cancelled, refused, failed, lost, deleted. */
public class DuplicatesJobTests extends DuplicatesTestCase {

  /** Stops the requests for the names of documents, or lets them fail. */
  public static final class StoppingPlugin extends Plugin {
    private static volatile CountDownLatch stopped = new CountDownLatch(0);
    private static volatile boolean failing;

    @Override
    public void onIndexModule(IndexModule module) {
      module.addSearchOperationListener(
          new SearchOperationListener() {
            @Override
            public void validateReaderContext(ReaderContext reader, TransportRequest request) {
              if (request instanceof MembersRequest) {
                safeAwait(stopped);
                if (failing) {
                  throw new IllegalStateException("no names");
                }
              }
            }
          });
    }
  }

  @Override
  protected Collection<Class<? extends Plugin>> getPlugins() {
    List<Class<? extends Plugin>> plugins = new ArrayList<>(super.getPlugins());
    plugins.add(StoppingPlugin.class);
    return plugins;
  }

  @Before
  public void letAllPass() {
    StoppingPlugin.stopped = new CountDownLatch(0);
    StoppingPlugin.failing = false;
  }

  private void createNews(int count) {
    createIndex("news", 2, mapping(64));
    index(documents("news", count, 64, randomLong()));
  }

  private List<TaskInfo> tasks() {
    return client()
        .admin()
        .cluster()
        .prepareListTasks()
        .setActions(FindDuplicates.TYPE.name())
        .setDetailed(true)
        .get()
        .getTasks();
  }

  public void testAStoredResultIsShownInPagesAndDeleted() throws Exception {
    createNews(200);
    Map<String, Object> all = find("news", ALL);
    String id = begin("news", ALL);
    Map<String, Object> first = awaitState(id, "completed");
    assertThat(first.get("distances"), equalTo(all.get("distances")));
    List<Map<String, Object>> groups = list(all.get("groups"));
    assertThat(groups.size(), greaterThan(3));
    int size = between(1, groups.size());
    List<Object> paged = new ArrayList<>();
    for (int from = 0; from < groups.size() + size; from += size) {
      paged.addAll(list(get(id, from, size).get("groups")));
    }
    assertThat(paged, equalTo(groups));
    assertThat(
        client().execute(GetDuplicates.TYPE, listAll()).actionGet().fields().get("count"),
        equalTo(2));
    delete(id);
    assertFails(
        RestStatus.NOT_FOUND, "near duplicates [" + id + "] not found", () -> get(id, 0, 1));
    assertFails(RestStatus.NOT_FOUND, "near duplicates [" + id + "] not found", () -> delete(id));
    delete((String) all.get("id"));
    assertThat(
        client().execute(GetDuplicates.TYPE, listAll()).actionGet().fields().get("count"),
        equalTo(0));
  }

  private static LocalRequest<GetDuplicates.Parameters> listAll() {
    return new LocalRequest<>(new GetDuplicates.Parameters(null, new Page(0, 1)));
  }

  public void testARunningSearchIsATaskAndIsCancelled() throws Exception {
    createNews(100);
    StoppingPlugin.stopped = new CountDownLatch(1);
    String id = begin("news", ALL);
    assertBusy(
        () -> {
          assertThat(tasks().size(), equalTo(1));
          DuplicatesStatus status = (DuplicatesStatus) tasks().getFirst().status();
          assertThat(status.phase(), equalTo(DuplicatesStatus.Phase.NAMING));
          assertThat(status.documents(), equalTo(100L));
        });
    Map<String, Object> running = get(id, 0, 10);
    assertThat(running.get("state"), equalTo("running"));
    assertThat(running.get("task"), equalTo(tasks().getFirst().taskId().toString()));
    assertThat(((Map<?, ?>) running.get("status")).get("phase"), equalTo("naming"));
    assertTrue(tasks().getFirst().description(), tasks().getFirst().cancellable());
    client()
        .admin()
        .cluster()
        .prepareCancelTasks()
        .setTargetTaskId(tasks().getFirst().taskId())
        .get();
    // The shard is still stopped: nobody waits for it.
    Map<String, Object> cancelled = awaitState(id, "cancelled");
    assertThat(cancelled.get("reason").toString(), containsString("by user request"));
    assertBusy(() -> assertThat(tasks(), equalTo(List.of())));
    StoppingPlugin.stopped.countDown();
    delete(id);
  }

  public void testARunningSearchIsDeleted() throws Exception {
    createNews(100);
    StoppingPlugin.stopped = new CountDownLatch(1);
    String id = begin("news", ALL);
    Thread deleting = new Thread(() -> delete(id));
    deleting.start();
    assertBusy(() -> assertThat(tasks(), equalTo(List.of())));
    StoppingPlugin.stopped.countDown();
    deleting.join(60_000);
    assertFalse(deleting.isAlive());
    assertFails(RestStatus.NOT_FOUND, "[" + id + "] not found", () -> get(id, 0, 1));
  }

  public void testAFailureIsStored() throws Exception {
    createNews(100);
    StoppingPlugin.failing = true;
    Map<String, Object> failed = awaitState(begin("news", ALL), "failed");
    assertThat(failed.get("reason").toString(), containsString("no names"));
    assertFails(RestStatus.INTERNAL_SERVER_ERROR, "no names", () -> find("news", ALL));
  }

  public void testASearchWhoseNodeIsGoneHasFailed() {
    createNews(1);
    String id = begin("news", ALL);
    Map<String, Object> header =
        Map.of("id", "lost", "task", get(id, 0, 1).get("task"), "state", "running");
    StoredJob lost = new StoredJob("lost", 1, "another ephemeral id", List.of(), header, 0, 0);
    var stored = new PlainActionFuture<Void>();
    getInstanceFromNode(DuplicatesResults.class).start(lost, stored);
    stored.actionGet();
    assertThat(get("lost", 0, 1).get("state"), equalTo("failed"));
    assertThat(get("lost", 0, 1).get("reason").toString(), containsString("left or was restarted"));
    delete("lost");
  }

  private void setBreaker(String limit) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(Settings.builder().put("indices.breaker.request.limit", limit))
        .get();
  }

  /** Wherever the memory ends, the answer is 429, and all is given back. */
  public void testTooLittleMemoryIsRefusedAndGivenBack() throws Exception {
    createNews(500);
    int refused = 0;
    for (int kilobytes = 1; kilobytes <= 1 << 14; kilobytes *= 2) {
      setBreaker(kilobytes + "kb");
      try {
        assertThat(find("news", ALL).get("state"), equalTo("completed"));
      } catch (Exception e) {
        assertThat(e.toString(), ExceptionsHelper.status(e), equalTo(RestStatus.TOO_MANY_REQUESTS));
        refused++;
      }
      assertNothingIsHeld();
    }
    setBreaker(null);
    assertThat(refused, greaterThan(1));
    assertThat(find("news", ALL).get("state"), equalTo("completed"));
  }

  public void testWrongFieldsAreNamed() {
    createIndex("news", 1, mapping(64));
    createIndex("wide", 1, mapping(128));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[field] must be of type [hash_code], but field [part] of index [news] is of type [integer]",
        () -> find("news", "{'field':'part'}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "field [nix] of index [news] is not mapped",
        () -> begin("news", "{'field':'nix'}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "field [code] must be the same in all indices, but it has [64 bits] in index [news] and"
            + " [128 bits] in index [wide]",
        () -> find("news,wide", ALL));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[max_distance] must be at most [64], the bits of field [code], got [65]",
        () -> find("news", "{'field':'code','max_distance':65}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "[keep_field] must be a date or a number with doc values, but field [body] of index [news]"
            + " is of type [text]",
        () -> find("news", "{'field':'code','keep':'oldest','keep_field':'body'}"));
    assertFails(
        RestStatus.BAD_REQUEST,
        "field [nix] of index [news] is not mapped",
        () -> find("news", "{'field':'code','keep':'longest','keep_field':'nix'}"));
  }

  /** Codes of two models say nothing of each other; those of an unknown model may. */
  public void testCodesOfTwoModelsAreNotCompared() {
    createIndex("news", 1, mapping(64));
    for (String digest : List.of("0123456789abcdef", "fedcba9876543210")) {
      String bound = "'bits':64,'digest':'" + digest + "'";
      createIndex("by-" + digest, 1, mapping(64).replace("'bits':64", bound));
      assertThat(find("news,by-" + digest, ALL).get("state"), equalTo("completed"));
    }
    assertFails(
        RestStatus.BAD_REQUEST,
        "it has [model digest 0123456789abcdef] in index [by-0123456789abcdef] and [model digest"
            + " fedcba9876543210] in index [by-fedcba9876543210]",
        () -> find("by-*", ALL));
    // Also when the first index does not say which model.
    assertFails(RestStatus.BAD_REQUEST, "model digest", () -> find("a-bare,by-*", bareFirst()));
  }

  private String bareFirst() {
    createIndex("a-bare", 1, mapping(64));
    return ALL;
  }

  public void testMissingIndicesAreNotFound() {
    createIndex("news", 1, mapping(64));
    for (String missing : List.of("nix", "nix*", "news,nix")) {
      assertFails(RestStatus.NOT_FOUND, "no such index [nix", () -> find(missing, ALL));
      assertFails(RestStatus.NOT_FOUND, "no such index [nix", () -> begin(missing, ALL));
    }
  }
}
