// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.TransportBulkAction;
import org.elasticsearch.action.search.TransportOpenPointInTimeAction;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.tasks.TaskInfo;
import org.elasticsearch.transport.TransportRequest;
import org.junit.Before;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.duplicates.ResultsApi.GetDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.ResultRequest;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.ResultIndex;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersRequest;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction.TextsRequest;

/** The life of a search: begun, shown, cancelled, refused, failed, lost, deleted. */
public class DuplicatesJobTests extends DuplicatesTestCase {

  /** Stops requests, or lets them fail. */
  public static final class StoppingPlugin extends Plugin implements ActionPlugin {

    /** The requests for the names of documents. */
    private static volatile CountDownLatch stopped = new CountDownLatch(0);

    /** The answers that a point in time is open. */
    private static volatile CountDownLatch opened = new CountDownLatch(0);

    private static volatile boolean failing;

    /** How often the end of a search cannot be stored. */
    private static volatile boolean pagesRefused; // as security does

    private static final AtomicInteger FULL = new AtomicInteger();

    @Override
    public Collection<MappedActionFilter> getMappedActionFilters() {
      return List.of(
          filter(
              TransportBulkAction.NAME,
              (request, listener) -> {
                boolean end = ((BulkRequest) request).requests().toString().contains("took");
                if (end && FULL.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                  throw new IllegalStateException("the disk is full");
                }
                return listener;
              }),
          filter(
              GetDuplicates.ShowPage.TYPE.name(),
              (request, listener) -> {
                if (pagesRefused) {
                  throw new ElasticsearchSecurityException("no rights", RestStatus.FORBIDDEN);
                }
                return listener;
              }),
          filter(
              TransportOpenPointInTimeAction.TYPE.name(),
              (request, listener) ->
                  listener.delegateFailure(
                      (l, response) -> {
                        // Nobody waits where the answer is made.
                        new Thread(
                                () -> {
                                  safeAwait(opened);
                                  l.onResponse(response);
                                })
                            .start();
                      })));
    }

    /** Whom a request answers, or why it fails. */
    private interface Change {
      ActionListener<ActionResponse> of(
          ActionRequest request, ActionListener<ActionResponse> listener);
    }

    private static MappedActionFilter filter(String name, Change change) {
      return new MappedActionFilter() {
        @Override
        public String actionName() {
          return name;
        }

        @Override
        @SuppressWarnings("unchecked") // any answer is one
        public <Q extends ActionRequest, R extends ActionResponse> void apply(
            Task task,
            String action,
            Q request,
            ActionListener<R> listener,
            ActionFilterChain<Q, R> chain) {
          ActionListener.run(
              listener,
              l ->
                  chain.proceed(
                      task,
                      action,
                      request,
                      (ActionListener<R>) change.of(request, (ActionListener<ActionResponse>) l)));
        }
      };
    }

    @Override
    public void onIndexModule(IndexModule module) {
      module.addSearchOperationListener(
          new SearchOperationListener() {
            @Override
            public void validateReaderContext(ReaderContext reader, TransportRequest request) {
              if (request instanceof MembersRequest || request instanceof TextsRequest) {
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
    StoppingPlugin.opened = new CountDownLatch(0);
    StoppingPlugin.failing = false;
    StoppingPlugin.pagesRefused = false;
    StoppingPlugin.FULL.set(0);
  }

  private void createNews(int count) {
    createIndex("news", 2, mapping(64));
    index(documents("news", count, 64, randomLong()));
  }

  /** Often enough for a test, and for a result to outlive the request that made it. */
  @Override
  protected Settings nodeSettings() {
    return Settings.builder()
        .put(super.nodeSettings())
        .put(DuplicatesLimits.SWEEP_INTERVAL.getKey(), "200ms")
        .build();
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
    assertFalse(all.containsKey("id"));
    String id = begin("news", ALL);
    Map<String, Object> first = awaitState(id, "completed");
    assertThat(first.get("distances").toString(), equalTo(all.get("distances").toString()));
    List<Map<String, Object>> groups = list(all.get("groups"));
    assertThat(groups.size(), greaterThan(3));
    int size = between(1, groups.size());
    List<Object> paged = new ArrayList<>();
    for (int from = 0; from < groups.size() + size; from += size) {
      paged.addAll(list(get(id, from, size).get("groups")));
    }
    assertThat(paged, equalTo(groups));
    assertThat(listed().size(), equalTo(1)); // the one that was waited for left nothing
    delete(id);
    assertFails(
        RestStatus.NOT_FOUND, "near duplicates [" + id + "] not found", () -> get(id, 0, 1));
    assertFails(RestStatus.NOT_FOUND, "near duplicates [" + id + "] not found", () -> delete(id));
    assertThat(listed(), equalTo(List.of()));
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

  public void testASearchThatReadsTextsIsCancelledOrFails() throws Exception {
    createNews(100);
    String verify = "{'field':'code','max_distance':3,'verify':{'field':'body'}}";
    StoppingPlugin.stopped = new CountDownLatch(1);
    String id = begin("news", verify);
    assertBusy(
        () -> {
          assertThat(tasks().size(), equalTo(1));
          DuplicatesStatus status = (DuplicatesStatus) tasks().getFirst().status();
          assertThat(status.phase(), equalTo(DuplicatesStatus.Phase.VERIFYING));
        });
    client()
        .admin()
        .cluster()
        .prepareCancelTasks()
        .setTargetTaskId(tasks().getFirst().taskId())
        .get();
    awaitState(id, "cancelled"); // the shard is still stopped: nobody waits for it
    StoppingPlugin.stopped.countDown();
    delete(id);
    StoppingPlugin.failing = true;
    assertFails(RestStatus.INTERNAL_SERVER_ERROR, "no names", () -> find("news", verify));
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
    assertThat(listed().size(), equalTo(1)); // who waited has been told
  }

  public void testAResultThatTheAnswerDoesNotShowIsStored() {
    createNews(200);
    Map<String, Object> all = find("news", ALL);
    int groups = (Integer) all.get("total_groups");
    var request = request("news", ALL, new Page(0, groups - 1), true);
    Map<String, Object> some = client().execute(FindDuplicates.TYPE, request).actionGet().fields();
    assertThat(some.get("id"), equalTo(request.id()));
    assertThat(list(some.get("groups")).size(), equalTo(groups - 1));
    Map<String, Object> last = get(request.id(), groups - 1, 1);
    assertThat(list(last.get("groups")).getFirst(), equalTo(list(all.get("groups")).getLast()));
    Map<String, Object> listed = listed().getFirst();
    assertThat(((Number) listed.get("size_in_bytes")).intValue(), greaterThan(groups));
    assertThat(listed.get("state"), equalTo("completed"));
    delete(request.id());
  }

  public void testAResultIsFoundUnderTheIndicesThatWereAskedFor() throws Exception {
    createNews(100);
    String id = begin("news", ALL);
    awaitState(id, "completed");
    for (String[] wrong : new String[][] {{"old"}, {"news", "old"}, {"n*"}}) {
      assertFails(
          RestStatus.NOT_FOUND,
          "near duplicates [" + id + "] not found",
          () ->
              client()
                  .execute(GetDuplicates.TYPE, new ResultRequest(wrong, id, new Page(0, 1), null))
                  .actionGet());
    }
    delete(id);
  }

  private void set(Setting<?> setting, Object value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TEST_REQUEST_TIMEOUT, TEST_REQUEST_TIMEOUT)
        .setPersistentSettings(
            Settings.builder().put(setting.getKey(), value == null ? null : value.toString()))
        .get();
  }

  private long storedDocuments() {
    client().admin().indices().prepareRefresh(ResultIndex.ALIAS).get();
    return client()
        .admin()
        .indices()
        .prepareStats(ResultIndex.ALIAS)
        .get()
        .getTotal()
        .getDocs()
        .getCount();
  }

  public void testResultsAreDeletedWhenTheirTimeIsOver() throws Exception {
    createNews(200);
    String lasting = begin("news", ALL);
    awaitState(lasting, "completed");
    long documents = storedDocuments();
    var answered =
        new DuplicatesRequest.ResponseOptions(new Page(0, 1), true, TimeValue.timeValueSeconds(1));
    var request = request("news", ALL, answered);
    client().execute(FindDuplicates.TYPE, request).actionGet();
    assertBusy(() -> assertThat(storedDocuments(), equalTo(documents)));
    assertFails(RestStatus.NOT_FOUND, "not found", () -> get(request.id(), 0, 1));
    assertThat(listed().size(), equalTo(1));
    get(lasting, new Page(0, 1), TimeValue.timeValueSeconds(1));
    assertBusy(() -> assertThat(storedDocuments(), equalTo(0L)));
    assertFails(RestStatus.NOT_FOUND, "not found", () -> get(lasting, 0, 1));
  }

  public void testWhoMayNotSeeThePageDoesNotProlongItsTime() throws Exception {
    createNews(100);
    String id = begin("news", ALL);
    awaitState(id, "completed");
    Object expires = listed().getFirst().get("expiration_time_in_millis");
    StoppingPlugin.pagesRefused = true;
    assertFails(
        RestStatus.FORBIDDEN,
        "no rights",
        () -> get(id, new Page(0, 1), TimeValue.timeValueDays(300)));
    assertThat(listed().getFirst().get("expiration_time_in_millis"), equalTo(expires));
    StoppingPlugin.pagesRefused = false;
    get(id, new Page(0, 1), TimeValue.timeValueDays(300));
    assertThat(
        (long) listed().getFirst().get("expiration_time_in_millis"), greaterThan((long) expires));
    delete(id);
  }

  /** Security is off here, and who may read all may read what is gone. */
  public void testAResultOutlivesItsIndex() throws Exception {
    createNews(200);
    String id = begin("news", ALL);
    Map<String, Object> before = awaitState(id, "completed");
    client().admin().indices().prepareDelete("news").get();
    assertThat(get(id, 0, 100).get("groups"), equalTo(before.get("groups")));
    delete(id);
  }

  private void store(String id, Map<String, Object> fields) {
    Map<String, Object> job = new HashMap<>();
    job.put("type", "job");
    job.put("job", id);
    job.put("started", 1);
    job.put("asked", List.of("news"));
    job.put("header", Map.of("id", id, "state", "completed", "total_groups", 0));
    job.putAll(fields);
    client()
        .prepareIndex(ResultIndex.ALIAS)
        .setId(id)
        .setSource(job)
        .setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE)
        .get();
  }

  /** While nodes are upgraded one by one, older ones leave alone what they cannot read. */
  public void testAJobOfANewerPluginStopsNothing() throws Exception {
    createNews(100);
    String id = begin("news", ALL);
    awaitState(id, "completed");
    store("newer", Map.of("version", 99, "expires", 1));
    client()
        .prepareIndex(ResultIndex.ALIAS)
        .setId("newer:0")
        .setSource(Map.of("type", "groups", "job", "newer"))
        .get();
    long documents = storedDocuments();
    assertThat(listed().stream().map(job -> job.get("id")).toList(), equalTo(List.of(id)));
    PlainActionFuture<Void> swept = new PlainActionFuture<>();
    getInstanceFromNode(DuplicatesResults.class).sweep(swept);
    swept.actionGet();
    assertThat(storedDocuments(), equalTo(documents));
    delete(id);
    client().prepareDelete(ResultIndex.ALIAS, "newer").get();
  }

  public void testWhatIsOverDoesNotCount() throws Exception {
    createNews(100);
    String id = begin("news", ALL);
    awaitState(id, "completed");
    delete(id);
    set(DuplicatesLimits.MAX_RESULTS, 1);
    set(DuplicatesLimits.MAX_BYTES, "1mb");
    try {
      // A newer version in its documents keeps the sweeper away.
      store("over", Map.of("version", 99, "expires", 1, "bytes", 2_000_000));
      client()
          .prepareIndex(ResultIndex.ALIAS)
          .setId("over:0")
          .setSource(Map.of("type", "groups", "job", "over", "page_bytes", 2_000_000))
          .setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE)
          .get();
      String next = begin("news", ALL);
      awaitState(next, "completed");
      assertFails(RestStatus.TOO_MANY_REQUESTS, "[1] searches", () -> begin("news", ALL));
      delete(next);
    } finally {
      set(DuplicatesLimits.MAX_RESULTS, null);
      set(DuplicatesLimits.MAX_BYTES, null);
      client().prepareDelete(ResultIndex.ALIAS, "over").get();
    }
  }

  public void testAFieldThatNoIndexHasIsSaidToBeMissing() {
    createNews(10);
    createIndex("old", 1, mapping(64));
    Map<String, Object> found = find("news,old", "{'field':'cod'}");
    assertThat(
        found.get("warning"),
        equalTo(
            "no searched index has field [cod]: nothing was compared, and all of [news, old] were"
                + " skipped"));
    assertThat(found.get("skipped_indices"), equalTo(List.of("news", "old")));
    assertFalse(find("news", ALL).containsKey("warning"));
  }

  public void testARunningSearchEndsWithItsTime() throws Exception {
    createNews(100);
    StoppingPlugin.stopped = new CountDownLatch(1);
    var seconds = TimeValue.timeValueSeconds(1);
    var request =
        request("news", ALL, new DuplicatesRequest.ResponseOptions(new Page(0, 1), false, seconds));
    client().execute(FindDuplicates.TYPE, request).actionGet();
    assertBusy(() -> assertThat(tasks(), equalTo(List.of())));
    StoppingPlugin.stopped.countDown();
    assertBusy(() -> assertThat(storedDocuments(), equalTo(0L)));
  }

  public void testKeepAliveIsBounded() {
    for (TimeValue wrong : List.of(TimeValue.timeValueMillis(999), TimeValue.timeValueDays(366))) {
      IllegalArgumentException e =
          expectThrows(
              IllegalArgumentException.class,
              () -> new DuplicatesRequest.ResponseOptions(new Page(0, 1), true, wrong));
      assertThat(
          e.getMessage(),
          equalTo("[keep_alive] must be between [1s] and [365d], got [" + wrong + "]"));
    }
  }

  public void testTooManyRunningSearchesAreRefused() throws Exception {
    createNews(100);
    set(DuplicatesLimits.MAX_RUNNING, 1);
    StoppingPlugin.stopped = new CountDownLatch(1);
    String id = begin("news", ALL);
    String words = "node runs [1] searches of near-duplicates already;";
    String setting = " [semantic_hash.near_duplicates.max_running] is [1]";
    assertFails(RestStatus.TOO_MANY_REQUESTS, words + setting, () -> find("news", ALL));
    assertFails(RestStatus.TOO_MANY_REQUESTS, words + setting, () -> begin("news", ALL));
    StoppingPlugin.stopped.countDown();
    awaitState(id, "completed");
    assertBusy(() -> assertThat(tasks(), equalTo(List.of())));
    assertThat(find("news", ALL).get("state"), equalTo("completed"));
    delete(id);
    set(DuplicatesLimits.MAX_RUNNING, null);
  }

  public void testTooManyStoredResultsAreRefused() throws Exception {
    createNews(200);
    set(DuplicatesLimits.MAX_RESULTS, 1);
    String id = begin("news", ALL);
    awaitState(id, "completed");
    String words =
        "[1] searches of near-duplicates are stored: delete some;"
            + " [semantic_hash.near_duplicates.max_stored_results] is [1]";
    assertFails(RestStatus.TOO_MANY_REQUESTS, words, () -> begin("news", ALL));
    var stored = request("news", ALL, new Page(0, 1), true);
    assertFails(
        RestStatus.TOO_MANY_REQUESTS,
        words,
        () -> client().execute(FindDuplicates.TYPE, stored).actionGet());
    assertThat(find("news", ALL).get("state"), equalTo("completed")); // nothing to be stored
    delete(id);
    delete(begin("news", ALL));
    set(DuplicatesLimits.MAX_RESULTS, null);
  }

  /** The sweeper takes groups for left behind whose search is in no list that it can get. */
  public void testNoMoreResultsThanCanBeListed() {
    IllegalArgumentException e =
        expectThrows(
            IllegalArgumentException.class, () -> set(DuplicatesLimits.MAX_RESULTS, 10_001));
    assertThat(
        e.getMessage(),
        containsString("[semantic_hash.near_duplicates.max_stored_results] must be <= 10000"));
  }

  public void testTooManyStoredBytesAreRefused() throws Exception {
    createNews(200);
    set(DuplicatesLimits.MAX_BYTES, "1kb");
    String setting = "[semantic_hash.near_duplicates.max_stored_bytes] is [1kb]";
    var stored = request("news", ALL, new Page(0, 1), true);
    assertFails(
        RestStatus.TOO_MANY_REQUESTS,
        setting,
        () -> client().execute(FindDuplicates.TYPE, stored).actionGet());
    assertThat(listed(), equalTo(List.of()));
    String id = begin("news", ALL);
    Map<String, Object> failed = awaitState(id, "failed");
    assertThat(failed.get("reason").toString(), containsString(setting));
    delete(id);
    set(DuplicatesLimits.MAX_BYTES, null);
    assertThat(storedDocuments(), equalTo(0L));
  }

  /** A full disk may have room again. */
  public void testTheEndIsStoredWhenItCanBe() throws Exception {
    createNews(100);
    StoppingPlugin.FULL.set(2);
    String id = begin("news", ALL);
    assertBusy(() -> assertThat(StoppingPlugin.FULL.get(), equalTo(0)));
    assertThat(awaitState(id, "completed").get("reason"), equalTo(null));
    delete(id);
  }

  public void testASearchWhoseEndCannotBeStoredIsNotRunningForEver() throws Exception {
    createNews(100);
    StoppingPlugin.FULL.set(1000);
    String id = begin("news", ALL);
    assertBusy(() -> assertThat(StoppingPlugin.FULL.get(), lessThan(999)));
    assertThat(listed().getFirst().get("state"), equalTo("running")); // it tries again
    client()
        .admin()
        .cluster()
        .prepareCancelTasks()
        .setTargetTaskId(tasks().getFirst().taskId())
        .get();
    assertBusy(() -> assertThat(tasks(), equalTo(List.of())));
    assertThat(listed().getFirst().get("state"), equalTo("failed"));
    assertThat(get(id, 0, 1).get("reason").toString(), containsString("could not be stored"));
    StoppingPlugin.FULL.set(0);
    delete(id);
  }

  /** Its point in time opens when nobody waits for it any more. */
  public void testASearchIsCancelledWhileItOpens() throws Exception {
    createNews(100);
    StoppingPlugin.opened = new CountDownLatch(1);
    var request = request("news", ALL, new Page(0, 1), true);
    var answer = client().execute(FindDuplicates.TYPE, request);
    assertBusy(() -> assertThat(tasks().size(), equalTo(1)));
    assertBusy(
        () -> assertThat(getInstanceFromNode(SearchService.class).getActiveContexts(), equalTo(2)));
    client()
        .admin()
        .cluster()
        .prepareCancelTasks()
        .setTargetTaskId(tasks().getFirst().taskId())
        .get();
    expectThrows(TaskCancelledException.class, answer::actionGet);
    StoppingPlugin.opened.countDown();
    assertNothingIsHeld();
  }

  public void testAnIndexWithoutTheFieldIsSkipped() {
    createNews(100);
    createIndex("news-old", 1, "{'properties':{'part':{'type':'integer'}}}");
    Map<String, Object> all = find("news*", ALL);
    assertThat(all.get("skipped_indices"), equalTo(List.of("news-old")));
    assertThat(all.get("indices"), equalTo(List.of("news")));
    assertThat(all.get("groups"), equalTo(find("news", ALL).get("groups")));
    Map<String, Object> none = find("news-old", ALL);
    assertThat(none.get("skipped_indices"), equalTo(List.of("news-old")));
    assertThat(none.get("groups"), equalTo(List.of()));
    assertThat(none.get("state"), equalTo("completed"));
    assertFalse(none.containsKey("bits"));
  }

  public void testAFieldOfANestedObjectIsRefused() {
    createIndex(
        "news",
        1,
        "{'properties':{'part':{'type':'nested','properties':{'code':{'type':'hash_code','bits':64}}}}}");
    assertFails(
        RestStatus.BAD_REQUEST,
        "[near_duplicates] groups whole documents, so that it cannot take field [part.code] in the"
            + " nested object [part]",
        () -> find("news", "{'field':'part.code'}"));
  }

  public void testASearchWhoseNodeIsGoneHasFailed() {
    createNews(1);
    String id = begin("news", ALL);
    Map<String, Object> header =
        Map.of("id", "lost", "task", get(id, 0, 1).get("task"), "state", "running");
    StoredJob lost =
        new StoredJob(
            "lost",
            1,
            Long.MAX_VALUE,
            "another ephemeral id",
            new StoredJob.Access(null, List.of("news"), List.of("news")),
            StoredJob.Pages.NONE,
            header,
            0,
            0);
    var stored = new PlainActionFuture<Void>();
    getInstanceFromNode(DuplicatesResults.class).start(lost, stored);
    stored.actionGet();
    assertThat(get("lost", 0, 1).get("state"), equalTo("failed"));
    assertThat(get("lost", 0, 1).get("reason").toString(), containsString("left or was restarted"));
    assertThat(listed().getLast().get("state"), equalTo("failed"));
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
