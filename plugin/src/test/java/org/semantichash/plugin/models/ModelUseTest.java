// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.monitor.jvm.JvmInfo;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.semantichash.HashedText;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelSource.ModelFile;
import org.semantichash.plugin.models.ModelStats.ModelCount;

/** What happens to those who wait for a model, and to the load that they wait for. */
class ModelUseTest {

  private static final byte[] FILE = TestModel.file(64, 1);
  private static final ModelId NEWS = new ModelId("news");

  private final CountingBreaker breaker = new CountingBreaker(Long.MAX_VALUE);
  private final ModelLimits limits =
      new ModelLimits(ByteSizeValue.MINUS_ONE, TimeValue.timeValueSeconds(30));
  private final TestTimers timers = new TestTimers();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  /** Who found and did not yet get a file; each is given a part, and the next step, by hand. */
  private final List<PendingRead> reads = new ArrayList<>();

  private boolean neverAnswers;
  private Exception obstacle;
  private boolean deleted;

  private final ModelCache models =
      new ModelCache(
          source(),
          new NativeLibraries(Path.of("no", "such", "plugin")),
          breaker,
          limits,
          timers.threads(tasks::add));

  private record PendingRead(Runnable stillWanted, ActionListener<byte[]> listener) {

    /** As the source does before each part. */
    void nextPart() {
      ActionListener.run(listener, l -> stillWanted.run());
    }
  }

  private ModelSource source() {
    return new ModelSource() {
      @Override
      public void find(ModelId id, ActionListener<ModelFile> listener) {
        ModelUseTest.this.find(id, listener);
      }

      @Override
      public void find(
          ModelId id, Consumer<Exception> hindered, ActionListener<ModelFile> listener) {
        if (obstacle != null) {
          hindered.accept(obstacle);
        }
        find(id, listener);
      }
    };
  }

  private void find(ModelId id, ActionListener<ModelFile> listener) {
    if (deleted) {
      listener.onFailure(new ResourceNotFoundException("model [{}] not found: test", id));
    } else if (neverAnswers == false) {
      listener.onResponse(
          new ModelFile() {
            @Override
            public Location place() {
              return Location.CLUSTER;
            }

            @Override
            public long length() {
              return FILE.length;
            }

            @Override
            public void read(Runnable stillWanted, ActionListener<byte[]> read) {
              reads.add(new PendingRead(stillWanted, read));
            }
          });
    }
  }

  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  @AfterEach
  void everythingIsGivenBack() {
    models.close();
    reads.forEach(read -> read.listener().onFailure(new IllegalStateException("end of test")));
    runTasks();
    assertEquals(0, breaker.getUsed());
    assertEquals(0, models.cacheMemoryTaken());
    assertEquals(0, timers.running());
  }

  private void runTasks() {
    while (tasks.isEmpty() == false) {
      tasks.remove().run();
    }
  }

  private PlainActionFuture<HashedText> hash() {
    PlainActionFuture<HashedText> future = new PlainActionFuture<>();
    models.hash(NEWS, "word07", future);
    return future;
  }

  private static ElasticsearchStatusException failure(PlainActionFuture<?> future) {
    assertTrue(future.isDone());
    return assertThrows(ElasticsearchStatusException.class, future::actionGet);
  }

  private long count(ModelCount count) {
    return models.stats().get(0).get(count);
  }

  @Test
  void nobodyWaitsLongerThanTheTimeout() {
    neverAnswers = true;
    List<PlainActionFuture<HashedText>> waiting = List.of(hash(), hash(), hash());
    assertEquals(3, timers.fire());
    for (PlainActionFuture<HashedText> future : waiting) {
      ElasticsearchStatusException e = failure(future);
      assertEquals(RestStatus.REQUEST_TIMEOUT, e.status());
      assertEquals(
          "model [news] was not loaded within [30s] (setting [semantic_hash.inference.timeout]),"
              + " try again later",
          e.getMessage());
    }
    assertEquals(3, count(ModelCount.TIMEOUTS));
    assertEquals(0, count(ModelCount.ERRORS));
  }

  @Test
  void whoWaitedInVainHearsWhatIsInTheWay() {
    neverAnswers = true;
    IllegalStateException noShard = new IllegalStateException("no shard");
    obstacle = noShard;
    PlainActionFuture<HashedText> waiting = hash();
    timers.fire();
    assertSame(noShard, assertThrows(IllegalStateException.class, waiting::actionGet));
    assertEquals(1, count(ModelCount.TIMEOUTS));
  }

  @Test
  void aLoadGoesOnWhenNobodyIsLeftWhoWaits() {
    PlainActionFuture<HashedText> late = hash();
    timers.fire();
    failure(late);
    reads.get(0).listener().onResponse(FILE);
    runTasks();
    PlainActionFuture<HashedText> next = hash();
    assertTrue(next.isDone(), "the model is loaded");
    assertNotNull(next.actionGet());
    assertEquals(1, reads.size());
    assertEquals(1, count(ModelCount.TIMEOUTS));
    assertEquals(1, count(ModelCount.CACHE_HITS));
  }

  @Test
  void noTimerRunsForAModelInMemory() {
    PlainActionFuture<HashedText> first = hash();
    assertEquals(1, timers.running());
    reads.get(0).listener().onResponse(FILE);
    runTasks();
    assertNotNull(first.actionGet());
    assertEquals(0, timers.running());
    hash().actionGet();
    assertEquals(0, timers.fire());
  }

  /** As many as a bulk has, each of which takes longer than its share of the time. */
  @Test
  void nobodyTimesOutOnceTheModelIsThere() throws IOException {
    int documents = 50_000;
    List<PlainActionFuture<HashedText>> waiting = new ArrayList<>();
    models.use(NEWS, loaded -> timers.fire(), new PlainActionFuture<>());
    for (int i = 0; i < documents; i++) {
      waiting.add(hash());
    }
    reads.get(0).listener().onResponse(FILE);
    runTasks(); // the first one to use the model takes so long that everybody's time is over
    for (PlainActionFuture<HashedText> future : waiting) {
      assertNotNull(future.actionGet());
    }
    countForTheTableOfSafety(documents, count(ModelCount.TIMEOUTS));
    assertEquals(0, count(ModelCount.TIMEOUTS));
    assertEquals(documents, models.stats().get(0).texts());
  }

  /** Where its command has named a folder for the rows. */
  private static void countForTheTableOfSafety(long tried, long failures) throws IOException {
    String rows = System.getProperty("semantichash.safety", "");
    if (rows.isEmpty() == false) {
      Files.createDirectories(Path.of(rows));
      Files.writeString(
          Path.of(rows, "waiting.json"),
          "{\"check\":\"documents that wait for one model and time out\",\"tried\":"
              + tried
              + ",\"failures\":"
              + failures
              + "}");
    }
  }

  @Test
  void whoWaitedGoOnSideBySide() throws Exception {
    int documents = 50_000;
    int workers = 4;
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(documents);
    List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
    limits.timeout(TimeValue.timeValueMillis(1));
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      Queue<Runnable> loads = new ConcurrentLinkedQueue<>();
      ModelThreads both = timers.threads(loads::add);
      NativeLibraries none = new NativeLibraries(Path.of("no", "such", "plugin"));
      ModelThreads split = new ModelThreads(loads::add, pool, timers, both.context());
      try (ModelCache slow = new ModelCache(this::find, none, breaker, limits, split)) {
        for (int i = 0; i < documents; i++) {
          slow.use(
              NEWS,
              loaded -> {
                threads.add(Thread.currentThread());
                return loaded.bits();
              },
              ActionListener.runAfter(
                  ActionListener.wrap(hashed -> {}, failures::add), done::countDown));
        }
        reads.get(0).listener().onResponse(FILE);
        loads.remove().run(); // opens the model
        assertEquals(0, timers.running(), "the timers stopped when the model was there");
        assertTrue(done.await(60, TimeUnit.SECONDS));
      }
    }
    assertEquals(List.of(), failures);
    assertEquals(workers, threads.size());
    assertFalse(threads.contains(Thread.currentThread()), "the loading thread is free");
  }

  @Test
  void warmingHasNoTimeout() {
    PlainActionFuture<LoadedModel> warm = new PlainActionFuture<>();
    models.model(NEWS, warm);
    assertEquals(0, timers.fire());
    reads.get(0).listener().onResponse(FILE);
    runTasks();
    assertNotNull(warm.actionGet());
  }

  @Test
  void aDroppedLoadStopsAtItsNextPartAndTheNextIsWaitedFor() {
    PlainActionFuture<HashedText> waiting = hash();
    assertEquals(2L * FILE.length, breaker.getUsed());
    models.drop(NEWS);
    runTasks();
    assertFalse(waiting.isDone(), "it waits for the next load");
    assertEquals(2, reads.size());
    reads.get(0).nextPart();
    assertEquals(2L * FILE.length, breaker.getUsed(), "only the second load is left");
    reads.get(1).listener().onResponse(FILE);
    runTasks();
    assertNotNull(waiting.actionGet());
    assertEquals(1, count(ModelCount.LOADS));
    assertEquals(0, count(ModelCount.FAILED_LOADS));
  }

  @Test
  void theModelOfADroppedLoadIsNeverSeen() {
    PlainActionFuture<HashedText> waiting = hash();
    reads.get(0).listener().onResponse(FILE); // it lies in the queue, to be opened
    models.drop(NEWS);
    runTasks();
    assertEquals(2, reads.size());
    assertEquals(2L * FILE.length, breaker.getUsed());
    assertFalse(waiting.isDone());
    assertEquals(0, count(ModelCount.LOADS));
  }

  @Test
  void whoWaitsForADeletedModelHearsThatItIsGone() {
    PlainActionFuture<HashedText> waiting = hash();
    PlainActionFuture<LoadedModel> warm = new PlainActionFuture<>();
    models.model(NEWS, warm);
    deleted = true;
    models.drop(name -> true);
    runTasks();
    assertThrows(ResourceNotFoundException.class, waiting::actionGet);
    ElasticsearchStatusException e = failure(warm);
    assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
    assertEquals("model [news] was dropped while it was loaded, try again", e.getMessage());
    reads.get(0).nextPart();
    assertEquals(0, breaker.getUsed());
  }

  @Test
  void dropsAgainAndAgainCannotKeepAnybodyWaiting() {
    PlainActionFuture<HashedText> waiting = hash();
    for (int i = 1; i < 20; i++) {
      models.drop(NEWS);
      runTasks();
      reads.get(i - 1).nextPart();
      assertEquals(2L * FILE.length, breaker.getUsed());
    }
    assertEquals(1, timers.fire(), "the timers of the loads before were cancelled");
    assertEquals(RestStatus.REQUEST_TIMEOUT, failure(waiting).status());
  }

  @Test
  void aFileThatCannotBeReadGivesItsMemoryBack() {
    PlainActionFuture<HashedText> waiting = hash();
    IllegalStateException broken = new IllegalStateException("broken");
    reads.get(0).listener().onFailure(broken);
    runTasks();
    assertSame(broken, assertThrows(IllegalStateException.class, waiting::actionGet));
    assertEquals(0, breaker.getUsed());
    assertEquals(1, count(ModelCount.FAILED_LOADS));
    assertEquals(0, count(ModelCount.REJECTED));
  }

  @Test
  @Timeout(60)
  void aTextIsNotReadLongerThanTheTimeout() {
    PlainActionFuture<HashedText> first = hash();
    reads.get(0).listener().onResponse(FILE);
    runTasks();
    assertNotNull(first.actionGet());
    limits.timeout(TimeValue.timeValueMillis(1));
    String text = "word07 unknown ".repeat(2_000_000);
    PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
    models.hash(NEWS, text, hashed);
    ElasticsearchStatusException e = failure(hashed);
    assertEquals(RestStatus.REQUEST_TIMEOUT, e.status());
    assertEquals(
        "model [news] did not read the text within [1ms] (setting"
            + " [semantic_hash.inference.timeout])",
        e.getMessage());
    assertEquals(1, count(ModelCount.TIMEOUTS));
    assertEquals(1, count(ModelCount.ERRORS));
    limits.timeout(TimeValue.timeValueSeconds(30));
    assertNotNull(hash().actionGet(), "the thread and the model go on");
  }

  @Test
  void theSettingsHaveBounds() {
    assertEquals(TimeValue.timeValueSeconds(30), ModelSettings.TIMEOUT.get(Settings.EMPTY));
    String key = ModelSettings.TIMEOUT.getKey();
    for (String refused : List.of("0ms", "-1", "999micros")) {
      Settings settings = Settings.builder().put(key, refused).build();
      assertThrows(
          IllegalArgumentException.class, () -> ModelSettings.TIMEOUT.get(settings), refused);
    }
    long quarter = ModelSettings.CACHE_MEMORY.get(Settings.EMPTY).getBytes();
    assertEquals(JvmInfo.jvmInfo().getMem().getHeapMax().getBytes() / 4, quarter);
  }

  @Test
  void theLimitsFollowTheSettings() {
    ClusterSettings settings =
        new ClusterSettings(
            Settings.builder().put("semantic_hash.cache.max_memory", "10mb").build(),
            Set.of(ModelSettings.CACHE_MEMORY, ModelSettings.TIMEOUT));
    ModelLimits followed = ModelLimits.of(settings);
    assertEquals(10 << 20, followed.cacheBytes());
    assertEquals(TimeValue.timeValueSeconds(30), followed.timeout());
    settings.applySettings(
        Settings.builder()
            .put("semantic_hash.cache.max_memory", "-1")
            .put("semantic_hash.inference.timeout", "2s")
            .build());
    assertEquals(Long.MAX_VALUE, followed.cacheBytes());
    assertEquals(TimeValue.timeValueSeconds(2), followed.timeout());
  }
}
