// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.models.ModelMemory.CacheMemory;

class CacheMemoryTest {

  private static final ModelId NEWS = new ModelId("news");

  private final Deque<CacheMemory.CacheShare> idle = new ArrayDeque<>();
  private long limit = 100;
  private final CacheMemory memory = new CacheMemory(() -> limit, this::evictOne);

  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  private boolean evictOne() {
    CacheMemory.CacheShare oldest = idle.pollFirst();
    if (oldest != null) {
      oldest.close();
    }
    return oldest != null;
  }

  private ElasticsearchStatusException refused(long bytes) {
    ElasticsearchStatusException e =
        assertThrows(
            ElasticsearchStatusException.class,
            () -> memory.new CacheShare(NEWS, bytes),
            "" + bytes);
    assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
    return e;
  }

  @Test
  void aModelLargerThanTheLimitDropsNobody() {
    idle.add(memory.new CacheShare(NEWS, 60));
    assertEquals(
        "model [news] needs [101b/101b] of memory, but the limit is [100b/100b] (setting"
            + " [semantic_hash.cache.max_memory])",
        refused(101).getMessage());
    assertEquals(60, memory.taken());
    limit = 0;
    refused(1);
  }

  @Test
  void dropsNoMoreThanNeeded() {
    for (int i = 0; i < 5; i++) {
      idle.add(memory.new CacheShare(NEWS, 20));
    }
    CacheMemory.CacheShare share = memory.new CacheShare(NEWS, 40);
    assertEquals(3, idle.size());
    assertEquals(100, memory.taken());
    share.resizeTo(41);
    assertEquals(2, idle.size());
    assertEquals(81, memory.taken());
    share.close();
    share.close();
    assertEquals(40, memory.taken());
  }

  @Test
  void whatIsInUseStays() {
    CacheMemory.CacheShare first = memory.new CacheShare(NEWS, 60);
    assertEquals(
        "model [news] needs [41b/41b] of memory, but models that are in use or being loaded have"
            + " [60b/60b] of the limit of [100b/100b] (setting [semantic_hash.cache.max_memory])",
        refused(41).getMessage());
    CacheMemory.CacheShare second = memory.new CacheShare(NEWS, 40);
    assertThrows(ElasticsearchStatusException.class, () -> second.resizeTo(41));
    assertEquals(100, memory.taken());
    first.close();
    second.close();
    assertEquals(0, memory.taken());
  }

  @Test
  void aLoweredLimitIsKeptToWhenItIsLookedAt() {
    for (int i = 0; i < 5; i++) {
      idle.add(memory.new CacheShare(NEWS, 20));
    }
    limit = 50;
    memory.trim();
    assertEquals(40, memory.taken());
    limit = 0;
    memory.trim();
    assertEquals(0, memory.taken());
    memory.new CacheShare(NEWS, 0).close();
  }

  @Test
  void neverGivesMoreThanTheLimit() {
    SplittableRandom random = new SplittableRandom(5);
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long bytes = random.nextInt(120);
      if (bytes > limit) {
        refused(bytes);
      } else {
        idle.add(memory.new CacheShare(NEWS, bytes));
        sum += bytes;
      }
      assertTrue(memory.taken() <= limit);
    }
    assertTrue(sum > 100 * limit);
  }
}
