// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelStats.ModelCount;

/** The limit of the memory of loaded models. */
class ModelCacheMemoryTest {

  private static final byte[] FILE = TestModel.file(64, 1);
  private static final byte[] OTHER = TestModel.file(64, 2);

  /** What the model takes once it is loaded. */
  private static final long SIZE = size();

  private final CountingBreaker breaker = new CountingBreaker(Long.MAX_VALUE);
  private final ModelLimits limits = PreparedModels.unlimited();
  private PreparedModels prepared = new PreparedModels(Runnable::run, breaker, limits);

  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  @AfterEach
  void everythingIsGivenBack() {
    prepared.close();
    assertEquals(0, breaker.getUsed());
    assertEquals(0, prepared.models().cacheMemoryTaken());
  }

  private static long size() {
    try (TextHasher hasher = TestModel.hasher(FILE)) {
      return hasher.bytes();
    }
  }

  private void limit(long bytes) {
    limits.cacheMemory(ByteSizeValue.ofBytes(bytes));
  }

  private static HashedText hash(PreparedModels prepared, String id) {
    PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
    prepared.models().hash(new ModelId(id), "word07", hashed);
    return hashed.actionGet();
  }

  private ElasticsearchStatusException refused(String id) {
    ElasticsearchStatusException e =
        assertThrows(ElasticsearchStatusException.class, () -> hash(prepared, id));
    assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
    return e;
  }

  private ModelStats stats(String id) {
    return prepared.models().stats().stream()
        .filter(stats -> stats.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> loaded() {
    Set<String> ids = new LinkedHashSet<>();
    for (ModelStats stats : prepared.models().stats()) {
      if (stats.loaded() != null) {
        ids.add(stats.id());
      }
    }
    return ids;
  }

  private long loadedBytes() {
    return prepared.models().stats().stream()
        .filter(stats -> stats.loaded() != null)
        .mapToLong(stats -> stats.loaded().bytes())
        .sum();
  }

  @Test
  void aModelMustFit() {
    prepared.put("news", FILE);
    for (long tooLittle : new long[] {0, 1, FILE.length - 1, SIZE - 1}) {
      limit(tooLittle);
      String message = refused("news").getMessage();
      assertTrue(message.contains("[semantic_hash.cache.max_memory]"), message);
      assertTrue(message.contains("/" + tooLittle + "b]"), message);
      assertTrue(message.startsWith("model [news] needs ["), message);
      assertEquals(0, breaker.getUsed());
    }
    assertEquals(4, stats("news").get(ModelCount.REJECTED));
    assertEquals(4, stats("news").get(ModelCount.FAILED_LOADS));
    limit(SIZE);
    assertNotNull(hash(prepared, "news"));
    assertEquals(SIZE, breaker.getUsed());
    assertEquals(4, stats("news").get(ModelCount.REJECTED));
  }

  @Test
  void theModelNotUsedForLongestGoes() {
    limit(3 * SIZE);
    for (String id : List.of("a", "b", "c", "d", "e")) {
      prepared.put(id, FILE);
    }
    for (String id : List.of("a", "b", "c", "a", "d")) {
      hash(prepared, id);
    }
    assertEquals(Set.of("a", "c", "d"), loaded());
    hash(prepared, "e");
    assertEquals(Set.of("a", "d", "e"), loaded());
    hash(prepared, "b");
    assertEquals(Set.of("b", "d", "e"), loaded());
    assertEquals(3 * SIZE, breaker.getUsed());
    assertEquals(3 * SIZE, loadedBytes());
    assertEquals(3 * SIZE, prepared.models().cacheMemoryTaken());
    for (String id : List.of("a", "b", "c")) {
      assertEquals(1, stats(id).get(ModelCount.EVICTIONS), id);
    }
    assertEquals(0, stats("d").get(ModelCount.EVICTIONS));
    assertEquals(1, stats("a").get(ModelCount.CACHE_HITS));
    assertEquals(1, stats("a").get(ModelCount.CACHE_MISSES));
    assertEquals(2, stats("b").get(ModelCount.CACHE_MISSES));
  }

  /** An oracle that keeps a list, most recently used last. */
  @Test
  void keepsThoseUsedLastWhateverTheOrder() {
    SplittableRandom random = new SplittableRandom(11);
    List<String> used = new ArrayList<>();
    for (int id = 0; id < 6; id++) {
      prepared.put("model" + id, FILE);
    }
    long size = 3;
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(10) == 0) {
        size = random.nextInt(1, 5);
        limit(size * SIZE + random.nextLong(SIZE));
        prepared.models().dropAboveLimit();
      } else if (i == 0) {
        limit(size * SIZE);
      }
      String id = "model" + random.nextInt(6);
      used.remove(id);
      used.add(id);
      hash(prepared, id);
      while (used.size() > size) {
        used.removeFirst();
      }
      assertEquals(Set.copyOf(used), loaded());
      assertEquals(used.size() * SIZE, breaker.getUsed());
    }
  }

  @Test
  void aLoweredLimitIsKeptToAtTheNextLook() {
    prepared.put("a", FILE).put("b", FILE);
    hash(prepared, "a");
    hash(prepared, "b");
    limit(2 * SIZE - 1);
    prepared.models().dropAboveLimit();
    assertEquals(Set.of("b"), loaded());
    limit(-1);
    hash(prepared, "a");
    prepared.models().dropAboveLimit();
    assertEquals(Set.of("a", "b"), loaded());
  }

  /** Inside the use of a model there is no room for another, and nobody waits for ever. */
  @Test
  void aModelInUseStays() {
    prepared.put("a", FILE).put("b", FILE);
    limit(SIZE);
    PlainActionFuture<LoadedModel> a = new PlainActionFuture<>();
    prepared.models().model(new ModelId("a"), a);
    List<String> messages = new ArrayList<>();
    a.actionGet().giveTo(ActionListener.running(() -> messages.add(refused("b").getMessage())));
    assertTrue(messages.get(0).contains("models that are in use or being loaded"));
    assertEquals(Set.of("a"), loaded());
    hash(prepared, "b");
    assertEquals(Set.of("b"), loaded());
  }

  @Test
  void aModelUnderSeveralNamesIsLoadedOnce() {
    prepared.withDigests().put("news-2", FILE).put("news", FILE).put("other", OTHER);
    limit(SIZE);
    for (int i = 0; i < 5; i++) {
      assertEquals(hash(prepared, "news").code(), hash(prepared, "news-2").code());
      assertEquals(SIZE, breaker.getUsed(), "there is room for one, and one is there");
    }
    assertEquals(1, prepared.filesRead());
    assertEquals(1, stats("news").get(ModelCount.LOADS) + stats("news-2").get(ModelCount.LOADS));
    assertEquals(5, stats("news").texts());
    assertEquals(5, stats("news-2").texts());
    assertEquals(Set.of("news", "news-2"), loaded());
    hash(prepared, "other");
    assertEquals(Set.of("other"), loaded(), "it has made way under both names");
    assertEquals(1, stats("news").get(ModelCount.EVICTIONS));
    assertEquals(1, stats("news-2").get(ModelCount.EVICTIONS));
  }

  @Test
  void whoDropsANameLeavesTheOthersTheModel() {
    prepared.withDigests().put("news-2", FILE).put("news", FILE);
    hash(prepared, "news");
    hash(prepared, "news-2");
    prepared.models().drop("news"::equals);
    assertEquals(Set.of("news-2"), loaded());
    assertEquals(SIZE, breaker.getUsed());
    hash(prepared, "news");
    assertEquals(1, prepared.filesRead());
    prepared.put("news", OTHER).models().dropOutdated();
    hash(prepared, "news");
    assertEquals(2, prepared.filesRead());
    prepared.models().drop(name -> true);
    assertEquals(0, breaker.getUsed());
  }

  @Test
  void twoNamesThatAreLoadedAtOnceShareTheLoad() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (PreparedModels others = new PreparedModels(tasks::add, breaker, limits)) {
      others.withDigests().put("a", FILE).put("b", FILE);
      List<PlainActionFuture<HashedText>> waiting = new ArrayList<>();
      for (String id : List.of("a", "b")) {
        PlainActionFuture<HashedText> future = new PlainActionFuture<>();
        others.models().hash(new ModelId(id), "word07", future);
        waiting.add(future);
      }
      others.models().drop("a"::equals); // the load goes on for the other
      while (tasks.isEmpty() == false) {
        tasks.remove().run();
      }
      for (PlainActionFuture<HashedText> future : waiting) {
        assertNotNull(future.actionGet());
      }
      assertEquals(1, others.filesRead());
      assertEquals(SIZE, breaker.getUsed());
    }
  }

  @Test
  void theBreakerRefusesToo() {
    CountingBreaker small = new CountingBreaker(2L * FILE.length - 1);
    try (PreparedModels others = new PreparedModels(Runnable::run, small).put("news", FILE)) {
      assertThrows(Exception.class, () -> hash(others, "news"));
      assertEquals(1, others.models().stats().get(0).get(ModelCount.REJECTED));
      assertEquals(0, small.getUsed());
      assertEquals(0, others.models().cacheMemoryTaken());
    }
  }

  @Test
  @Timeout(120)
  void manyUsersOfManyModelsNeitherLeakNorWaitForEver() throws Exception {
    int users = 6;
    int models = 5;
    AtomicLong hashed = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    try (ExecutorService loaders = Executors.newFixedThreadPool(3);
        ExecutorService workers = Executors.newFixedThreadPool(users)) {
      limits.timeout(TimeValue.timeValueMinutes(10));
      limit(2 * SIZE);
      prepared.close();
      prepared = new PreparedModels(loaders, breaker, limits);
      for (int id = 0; id < models; id++) {
        prepared.put("model" + id, FILE);
      }
      HashedText expected = hash(prepared, "model0");
      List<Future<?>> running = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        SplittableRandom random = new SplittableRandom(user);
        boolean drops = user == 0;
        running.add(
            workers.submit(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    if (drops && random.nextInt(4) == 0) {
                      String id = "model" + random.nextInt(models);
                      prepared.models().drop(id::equals);
                    }
                    try {
                      HashedText got = hash(prepared, "model" + random.nextInt(models));
                      assertEquals(expected.code(), got.code());
                      hashed.incrementAndGet();
                    } catch (ElasticsearchStatusException e) {
                      assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
                      refused.incrementAndGet();
                    }
                    assertTrue(prepared.models().cacheMemoryTaken() <= 2 * SIZE);
                  }
                }));
      }
      for (Future<?> work : running) {
        work.get();
      }
      assertEquals(200L * users, hashed.get() + refused.get());
      assertNotEquals(0, hashed.get());
      assertEquals(0, prepared.timers().running());
      prepared.models().drop(name -> true);
    } // the loaders have ended
    assertEquals(0, breaker.getUsed());
    assertEquals(0, loadedBytes());
  }

  /**
   * Names of one file are loaded, dropped, replaced by a damaged file and evicted while others wait
   * for them, some for a short time only: each use gets one answer.
   */
  @Test
  @Timeout(120)
  void everyUseOfASharedLoadIsAnsweredOnce() throws Exception {
    int users = 4;
    int uses = 400;
    AtomicIntegerArray answers = new AtomicIntegerArray(users * uses);
    List<String> names = List.of("a", "b", "c", "d");
    byte[] damaged = TestModel.fileWithWrongGoldenCode(64, 1);
    try (ExecutorService loaders = Executors.newFixedThreadPool(3);
        ExecutorService workers = Executors.newFixedThreadPool(users + 1)) {
      limit(2 * SIZE);
      prepared.close();
      prepared = new PreparedModels(loaders, breaker, limits).withDigests();
      names.forEach(name -> prepared.put(name, FILE));
      AtomicBoolean over = new AtomicBoolean();
      Future<?> disturbs = workers.submit(() -> disturb(names, damaged, over));
      List<Future<?>> running = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        int first = user * uses;
        running.add(workers.submit(() -> useAll(names, first, uses, answers)));
      }
      for (Future<?> work : running) {
        work.get();
      }
      over.set(true);
      disturbs.get();
      for (int i = 0; i < answers.length(); i++) {
        int use = i;
        assertTimeout(() -> answers.get(use) > 0, "use " + use + " has no answer");
      }
      prepared.models().drop(name -> true);
    } // the loaders have ended
    for (int i = 0; i < answers.length(); i++) {
      assertEquals(1, answers.get(i), "answers of use " + i);
    }
    assertEquals(0, prepared.timers().running());
    assertEquals(0, breaker.getUsed());
  }

  private static void assertTimeout(BooleanSupplier done, String message) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (done.getAsBoolean() == false) {
      assertTrue(System.nanoTime() < end, message);
      Thread.onSpinWait();
    }
  }

  private void disturb(List<String> names, byte[] damaged, AtomicBoolean over) {
    SplittableRandom random = new SplittableRandom(7);
    while (over.get() == false) {
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> prepared.put(name, FILE);
        case 1 -> prepared.put(name, random.nextBoolean() ? OTHER : damaged);
        case 2 -> prepared.models().dropOutdated();
        case 3 -> prepared.timers().fire();
        default -> prepared.models().drop(name::equals);
      }
    }
  }

  private Void useAll(List<String> names, int first, int uses, AtomicIntegerArray answers) {
    SplittableRandom random = new SplittableRandom(first);
    for (int use = first; use < first + uses; use++) {
      int answered = use;
      prepared
          .models()
          .hash(
              new ModelId(names.get(random.nextInt(names.size()))),
              "word07",
              ActionListener.running(() -> answers.incrementAndGet(answered)));
      if (random.nextInt(4) > 0) {
        assertTimeout(() -> answers.get(answered) > 0, "use " + answered + " has no answer");
      }
    }
    return null;
  }
}
