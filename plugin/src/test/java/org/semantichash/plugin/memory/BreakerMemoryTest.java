// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.plugin.models.CountingBreaker;

class BreakerMemoryTest {

  private final CircuitBreaker breaker = new CountingBreaker(100);
  private final BreakerMemory memory = new BreakerMemory(breaker, "work");

  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  @Test
  void countsWhatIsGrantedAndNothingElse() {
    assertTrue(memory.reserve(60));
    assertFalse(memory.reserve(50));
    assertThrows(CircuitBreakingException.class, () -> memory.require(41));
    assertEquals(60, breaker.getUsed());
    memory.release(20);
    memory.require(60);
    assertEquals(100, breaker.getUsed());
  }

  @Test
  void givesBackExactlyWhatIsHeldAndOnlyOnce() {
    breaker.addWithoutBreaking(7); // of others
    memory.require(60);
    memory.release(20);
    memory.close();
    memory.close();
    assertEquals(7, breaker.getUsed());
  }

  @Test
  void whoComesAfterTheEndGetsNothingAndGivesNothingBack() {
    memory.require(60);
    memory.close();
    assertFalse(memory.reserve(1));
    CircuitBreakingException e =
        assertThrows(CircuitBreakingException.class, () -> memory.require(1));
    assertEquals("work: the work has ended", e.getMessage());
    memory.release(60);
    assertEquals(0, breaker.getUsed());
  }

  @Test
  void aRefusalSaysWhatToDoAndWhatTheBreakerSaid() {
    memory.reserve(101);
    JoinResources.MemoryRefusedException given =
        new JoinResources.MemoryRefusedException("take fewer documents");
    CircuitBreakingException e = memory.refused(given);
    assertEquals("take fewer documents", e.getMessage());
    assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
    assertEquals(100, e.getByteLimit());
    assertEquals(101, e.getBytesWanted());
    assertSame(CircuitBreakingException.class, e.getCause().getClass());
    assertSame(given, e.getSuppressed()[0]);
  }

  /** More pairs than an array holds are refused before the breaker is asked. */
  @Test
  void aRefusalWithoutTheBreakerIsATooManyRequestsToo() {
    JoinResources.MemoryRefusedException given =
        new JoinResources.MemoryRefusedException("too many pairs");
    for (CircuitBreakingException e :
        List.of(memory.refused(given), memory.refusedByBreaker(given))) {
      assertEquals("work: too many pairs", e.getMessage());
      assertEquals(RestStatus.TOO_MANY_REQUESTS, e.status());
      assertSame(given, e.getSuppressed()[0]);
    }
  }

  @Test
  void aSearchHearsWhatTheBreakerSaid() {
    memory.reserve(101);
    JoinResources.MemoryRefusedException given =
        new JoinResources.MemoryRefusedException("take fewer documents");
    CircuitBreakingException e = memory.refusedByBreaker(given);
    String own =
        assertThrows(
                CircuitBreakingException.class,
                () -> breaker.addEstimateBytesAndMaybeBreak(101, "work"))
            .getMessage();
    assertEquals(own, e.getMessage());
    assertSame(given, e.getSuppressed()[0]);
  }
}
