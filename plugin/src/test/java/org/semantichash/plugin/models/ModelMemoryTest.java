// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.logging.LogConfigurator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.models.ModelMemory.CacheMemory;

class ModelMemoryTest {

  private static final ModelId NEWS = new ModelId("news");

  private final CacheMemory cache = new CacheMemory(() -> 150, () -> false);

  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  @Test
  void countsTheFileTwiceThenWhatTheModelTakes() {
    CountingBreaker breaker = new CountingBreaker(200);
    ModelMemory memory = new ModelMemory(NEWS, 100, cache.new CacheShare(NEWS, 100), breaker);
    assertEquals(200, breaker.getUsed());
    assertEquals(100, cache.taken());
    memory.opened(150);
    assertEquals(150, breaker.getUsed());
    assertEquals(150, memory.bytes());
    assertEquals(150, cache.taken());
    memory.close();
    memory.close();
    assertEquals(0, breaker.getUsed());
    assertEquals(0, cache.taken());
  }

  @Test
  void whatIsLargerThanTwoFilesIsRefusedByTheBreakerToo() {
    CountingBreaker breaker = new CountingBreaker(200);
    ModelMemory memory = new ModelMemory(NEWS, 100, null, breaker);
    assertThrows(CircuitBreakingException.class, () -> memory.opened(201));
    assertEquals(200, breaker.getUsed());
    memory.opened(200);
    assertEquals(200, breaker.getUsed());
    memory.close();
    assertEquals(0, breaker.getUsed());
  }

  @Test
  void whatTheModelTakesMustFitTheCache() {
    CountingBreaker breaker = new CountingBreaker(1000);
    ModelMemory memory = new ModelMemory(NEWS, 100, cache.new CacheShare(NEWS, 100), breaker);
    assertThrows(ElasticsearchStatusException.class, () -> memory.opened(151));
    memory.close();
    assertEquals(0, breaker.getUsed());
    assertEquals(0, cache.taken());
  }

  @Test
  void aBreakerThatRefusesLeavesNoShareBehind() {
    CountingBreaker breaker = new CountingBreaker(199);
    assertThrows(
        CircuitBreakingException.class,
        () -> new ModelMemory(NEWS, 100, cache.new CacheShare(NEWS, 100), breaker));
    assertEquals(0, breaker.getUsed());
    assertEquals(0, cache.taken());
  }
}
