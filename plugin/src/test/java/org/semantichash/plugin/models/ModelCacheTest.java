// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelFormat;
import org.semantichash.plugin.models.ModelSource.ModelFile;
import org.semantichash.plugin.models.ModelStats.ModelCount;

class ModelCacheTest {

  private static final CircuitBreaker NO_LIMIT = new NoopCircuitBreaker("semantic_hash");
  private static final byte[] NEWS = TestModel.file(64, 1);

  /** As a node does before anything else: the exceptions' class needs it. */
  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  private static LoadedModel get(PreparedModels prepared, String id) {
    PlainActionFuture<LoadedModel> future = new PlainActionFuture<>();
    prepared.models().model(new ModelId(id), future);
    return future.actionGet();
  }

  @Test
  void statisticsTellTheFormatOfAFile() {
    try (PreparedModels both =
        new PreparedModels(Runnable::run)
            .put("floats", TestModel.floatFile(64, 1))
            .put("integers", TestModel.file(64, 1))) {
      for (String id : List.of("floats", "integers")) {
        both.models().model(new ModelId(id), new PlainActionFuture<>());
      }
      List<Object> formats =
          both.models().stats().stream()
              .map(
                  stats ->
                      XContentHelper.convertToMap(
                              JsonXContent.jsonXContent, Strings.toString(stats), false)
                          .get("format_version"))
              .toList();
      assertEquals(List.of(ModelFormat.FLOAT_VERSION, ModelFormat.VERSION), formats);
    }
  }

  @Test
  void hashesAsTheCoreDoes() {
    try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS);
        TextHasher expected = TestModel.hasher(NEWS)) {
      SplittableRandom random = new SplittableRandom(42);
      LoadedModel model = get(prepared, "news");
      assertEquals(64, model.bits());
      for (int i = 0; i < 100; i++) {
        String text = TestModel.text(random);
        assertEquals(expected.hash(text).code(), model.hash(text).code(), text);
      }
      PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
      prepared.models().hash(new ModelId("news"), "word07", hashed);
      assertEquals(expected.hash("word07").code(), hashed.actionGet().code());
    }
  }

  @Test
  void loadsOnceForAllWhoWait() throws Exception {
    int threads = 8;
    try (ExecutorService loader = Executors.newSingleThreadExecutor();
        ExecutorService askers = Executors.newFixedThreadPool(threads);
        PreparedModels prepared = new PreparedModels(loader).put("news", NEWS)) {
      CyclicBarrier start = new CyclicBarrier(threads);
      Callable<LoadedModel> ask =
          () -> {
            start.await();
            return get(prepared, "news");
          };
      List<Callable<LoadedModel>> asks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        asks.add(ask);
      }
      HashSet<LoadedModel> models = new HashSet<>();
      for (Future<LoadedModel> model : askers.invokeAll(asks)) {
        models.add(model.get());
      }
      assertEquals(1, models.size());
      assertEquals(1, prepared.reads());
    }
  }

  @Test
  void neverLoadsOnTheCallersThread() {
    Queue<Runnable> queue = new ArrayDeque<>();
    try (PreparedModels prepared = new PreparedModels(queue::add).put("news", NEWS)) {
      PlainActionFuture<LoadedModel> first = new PlainActionFuture<>();
      prepared.models().model(new ModelId("news"), first);
      assertFalse(first.isDone());
      queue.remove().run();
      assertTrue(first.isDone());

      PlainActionFuture<LoadedModel> second = new PlainActionFuture<>();
      prepared.models().model(new ModelId("news"), second);
      assertTrue(second.isDone(), "a loaded model is given on the calling thread");
      queue.remove().run(); // the other engines give the golden codes

      PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
      prepared.models().fork(new ModelId("news"), m -> m.hash("word01"), hashed);
      assertFalse(hashed.isDone(), "a query's text is hashed on another thread");
      queue.remove().run();
      assertTrue(hashed.isDone());
    }
  }

  /** They take longer to start than plain loops, and compute the same codes. */
  @Test
  void givesCodesBeforeTheOtherEnginesHaveBeenChecked() {
    Queue<Runnable> queue = new ArrayDeque<>();
    try (PreparedModels prepared = new PreparedModels(queue::add).put("news", NEWS)) {
      PlainActionFuture<LoadedModel> loaded = new PlainActionFuture<>();
      prepared.models().model(new ModelId("news"), loaded);
      queue.remove().run();
      HashedText before = loaded.actionGet().hash("word01 word02");
      assertEquals("unused", prepared.models().libraries().state().status());
      queue.remove().run();
      assertEquals("loaded", prepared.models().libraries().state().status());
      assertEquals(before, loaded.actionGet().hash("word01 word02"));
      assertTrue(queue.isEmpty());
    }
  }

  @Test
  void waitersGoOnInTheirOwnContext() {
    Queue<Runnable> queue = new ArrayDeque<>();
    ThreadContext context = new ThreadContext(Settings.EMPTY);
    ModelSource source =
        (id, listener) -> listener.onResponse(new FileInMemory(NEWS, ModelFile.Location.CLUSTER));
    NativeLibraries none = new NativeLibraries(Path.of("no", "such", "plugin"));
    NoopCircuitBreaker breaker = new NoopCircuitBreaker("semantic_hash");
    List<String> seen = new ArrayList<>();
    ModelThreads threads = new ModelThreads(queue::add, queue::add, new TestTimers(), context);
    try (ModelCache models =
        new ModelCache(source, none, breaker, PreparedModels.unlimited(), threads)) {
      for (String user : List.of("anna", "ben")) {
        ThreadContext.StoredContext before = context.stashContext();
        context.putHeader("user", user);
        PlainActionFuture<LoadedModel> future = new PlainActionFuture<>();
        models.model(
            new ModelId("news"),
            future.map(
                model -> {
                  seen.add(context.getHeader("user"));
                  return model;
                }));
        before.restore();
      }
      queue.remove().run();
      assertEquals(List.of("anna", "ben"), seen);
    }
  }

  @Test
  void aFailedLoadIsTriedAgain() {
    try (PreparedModels prepared = new PreparedModels(Runnable::run)) {
      ResourceNotFoundException e =
          assertThrows(ResourceNotFoundException.class, () -> get(prepared, "news"));
      assertEquals(RestStatus.NOT_FOUND, e.status());
      prepared.put("news", NEWS);
      LoadedModel model = get(prepared, "news");
      assertSame(model, get(prepared, "news"));
      assertEquals(2, prepared.reads());
    }
  }

  @Test
  void aLoadedModelStaysWhateverHappensToItsFile() {
    try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS)) {
      LoadedModel model = get(prepared, "news");
      byte[] other = TestModel.file(64, 2);
      prepared.put("news", other);
      assertSame(model, get(prepared, "news"));
      prepared.put("other", other);
      assertNotEquals(model.digest(), get(prepared, "other").digest());
    }
  }

  @Test
  void refusesABrokenFile() {
    byte[] cut = Arrays.copyOf(NEWS, NEWS.length / 2);
    for (byte[] file : List.of(new byte[0], new byte[] {1, 2, 3}, cut)) {
      try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", file)) {
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> get(prepared, "news"));
        assertTrue(e.getMessage().startsWith("model [news] cannot be used: "), e.getMessage());
      }
    }
  }

  @Test
  void refusesAModelThatComputesOtherCodes() {
    byte[] file = TestModel.fileWithWrongGoldenCode(64, 1);
    try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", file)) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> get(prepared, "news"));
      assertTrue(
          e.getMessage()
              .startsWith(
                  "model [news] cannot be used: golden text [0] must get code [0000000000000000],"),
          e.getMessage());
    }
  }

  @Test
  void saysWhyOnnxRuntimeCannotRun(@TempDir Path plugin) throws Exception {
    Files.createDirectories(plugin.resolve("native"));
    NativeLibraries libraries = new NativeLibraries(plugin, "linux-riscv64");
    ElasticsearchStatusException e =
        assertThrows(
            ElasticsearchStatusException.class, () -> open(libraries, TestModel.floatFile(64, 1)));
    assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
    assertTrue(
        e.getMessage()
            .startsWith(
                "model [news] cannot run on this node, queries by [code] and [like] still work:"),
        e.getMessage());
    assertTrue(e.getMessage().contains("[linux-riscv64]"), e.getMessage());
    assertEquals("failed", libraries.state().status());
    assertTrue(libraries.state().reason().contains("[linux-riscv64]"), e.getMessage());
  }

  @Test
  void aModelInIntegersNeedsNoOnnxRuntime(@TempDir Path plugin) throws Exception {
    Files.createDirectories(plugin.resolve("native"));
    NativeLibraries libraries = new NativeLibraries(plugin, "linux-riscv64");
    OpenModel model = open(libraries, NEWS);
    assertEquals("java", model.hasher().encoderName());
    opening(libraries)
        .verifyOtherEngines(new ModelId("news"), EncoderModel.read(NEWS), model, NO_LIMIT);
    assertEquals("failed", libraries.state().status());
    try (TextHasher hasher = TestModel.hasher(NEWS)) {
      assertEquals(hasher.hash("word01 word02"), model.hasher().hash("word01 word02"));
    }
    model.release();
  }

  private static OpenModel open(NativeLibraries libraries, byte[] file) {
    return opening(libraries).open(new ModelId("news"), EncoderModel.read(file), () -> {});
  }

  private static ModelOpener opening(NativeLibraries libraries) {
    return new ModelOpener(libraries, new ModelMemory(new ModelId("news"), 1, null, NO_LIMIT));
  }

  @Test
  void letsGoOfAModelThatWasReplacedOrDeleted() {
    try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS)) {
      LoadedModel old = get(prepared, "news");
      prepared.models().dropOutdated();
      assertSame(old, get(prepared, "news"), "it is the same file still");

      prepared.put("news", TestModel.file(64, 2)).models().dropOutdated();
      LoadedModel replacement = get(prepared, "news");
      assertNotEquals(old.digest(), replacement.digest());
      assertThrows(ModelClosedException.class, () -> old.hash("word01"));

      prepared.remove("news").models().dropOutdated();
      assertThrows(ResourceNotFoundException.class, () -> get(prepared, "news"));
    }
  }

  @Test
  void letsGoOfAModelThatIsNotUsed() {
    for (ModelFile.Location place : ModelFile.Location.values()) {
      try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS)) {
        LoadedModel model = get(prepared.in(place), "news");
        prepared.models().dropUnused(TimeValue.ZERO);
        assertSame(model, get(prepared, "news"), "zero means never");
        prepared.models().dropUnused(TimeValue.timeValueHours(1));
        assertSame(model, get(prepared, "news"), "it is too early");
        prepared.models().dropUnused(TimeValue.timeValueNanos(1));
        boolean dropped = model != get(prepared, "news");
        assertEquals(place != ModelFile.Location.FOLDER, dropped);
      }
    }
  }

  @Test
  @Timeout(60)
  void noTextIsLostWhenAModelIsDroppedAllTheTime() throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(4);
        PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS);
        TextHasher expected = TestModel.hasher(NEWS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(
            workers.submit(
                () -> {
                  for (int n = 0; n < 500; n++) {
                    PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
                    prepared.models().hash(new ModelId("news"), "word07", hashed);
                    assertEquals(expected.hash("word07").code(), hashed.actionGet().code());
                  }
                }));
      }
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
      while (running.stream().allMatch(Future::isDone) == false) {
        assertTrue(System.nanoTime() < end, "the workers do not end");
        prepared.models().drop(name -> true);
      }
      for (Future<?> work : running) {
        work.get();
      }
    }
  }

  @Test
  void accountsTheBytesOfLoadedModelsAndOfNoOthers() {
    long heap = heapBytes();
    assertTrue(heap > 12 * TestModel.WORDS, "the vocabulary counts");
    CountingBreaker breaker = new CountingBreaker(2L * NEWS.length + heap);
    try (PreparedModels prepared = new PreparedModels(Runnable::run, breaker).put("news", NEWS)) {
      get(prepared, "news");
      assertEquals(NEWS.length + heap, breaker.getUsed());

      prepared.put("second", NEWS);
      breaker.addWithoutBreaking(heap);
      CircuitBreakingException e =
          assertThrows(CircuitBreakingException.class, () -> get(prepared, "second"));
      assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
      breaker.addWithoutBreaking(-heap);
      assertEquals(NEWS.length + heap, breaker.getUsed());

      prepared.models().drop(new ModelId("news"));
      assertEquals(0, breaker.getUsed());
      prepared.put("broken", new byte[] {1, 2, 3});
      assertThrows(IllegalArgumentException.class, () -> get(prepared, "broken"));
      assertEquals(0, breaker.getUsed());
      prepared.validator().validate(new ModelId("second"), NEWS);
      assertEquals(0, breaker.getUsed());
    }
  }

  private static long heapBytes() {
    try (TextHasher hasher = TestModel.hasher(NEWS)) {
      return hasher.bytes() - NEWS.length;
    }
  }

  @Test
  void countsWhatItDoes() {
    try (PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS)) {
      assertThrows(ResourceNotFoundException.class, () -> get(prepared, "none"));
      prepared.put("broken", new byte[] {1, 2, 3});
      assertThrows(IllegalArgumentException.class, () -> get(prepared, "broken"));
      LoadedModel model = get(prepared, "news");
      for (int i = 0; i < 5; i++) {
        model.hash("word01");
      }
      List<ModelStats> stats = prepared.models().stats();
      assertEquals(List.of("broken", "news"), stats.stream().map(ModelStats::id).toList());
      assertEquals(1, stats.get(0).get(ModelCount.FAILED_LOADS));
      ModelStats news = stats.get(1);
      assertEquals(model.digest(), news.loaded().digest());
      assertEquals(5, news.texts());
      assertEquals(5, Arrays.stream(news.latencies()).sum());
      assertEquals(1, news.get(ModelCount.LOADS));
      prepared.models().drop(name -> true);
      assertEquals(5, prepared.models().stats().get(1).texts());
      assertEquals(null, prepared.models().stats().get(1).loaded());
    }
  }

  @Test
  void latencyBuckets() {
    assertEquals(0, ModelStats.latencyBucket(0));
    assertEquals(0, ModelStats.latencyBucket(29_999));
    assertEquals(1, ModelStats.latencyBucket(30_000));
    assertEquals(6, ModelStats.latencyBucket(99_999_999));
    assertEquals(7, ModelStats.latencyBucket(100_000_000));
    assertEquals(7, ModelStats.latencyBucket(Long.MAX_VALUE));
  }

  @Test
  void aClosedModelRefusesWithoutTouchingNativeMemory() {
    PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS);
    LoadedModel model = get(prepared, "news");
    prepared.close();
    ElasticsearchStatusException e =
        assertThrows(ElasticsearchStatusException.class, () -> model.hash("word01"));
    assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
    assertThrows(ElasticsearchStatusException.class, () -> get(prepared, "news"));
  }

  @Test
  void aLoadThatEndsAfterTheCloseIsClosed() {
    Queue<Runnable> queue = new ArrayDeque<>();
    PreparedModels prepared = new PreparedModels(queue::add).put("news", NEWS);
    PlainActionFuture<LoadedModel> future = new PlainActionFuture<>();
    prepared.models().model(new ModelId("news"), future);
    prepared.close();
    queue.remove().run();
    ElasticsearchStatusException e =
        assertThrows(ElasticsearchStatusException.class, future::actionGet);
    assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
  }

  @Test
  @Timeout(60)
  void closingWhileOthersHashNeverCrashes() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
        PreparedModels prepared = new PreparedModels(Runnable::run).put("news", NEWS);
        LoadedModel model = get(prepared, "news");
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          running.add(
              workers.submit(
                  () -> {
                    assertThrows(
                        ElasticsearchStatusException.class,
                        () -> {
                          long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
                          while (System.nanoTime() < end) {
                            model.hash("word01 word02");
                          }
                        });
                  }));
        }
        prepared.close();
        for (Future<?> work : running) {
          work.get();
        }
      }
    }
  }
}
