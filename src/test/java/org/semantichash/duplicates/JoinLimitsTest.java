// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelled, out of memory or without threads: nothing is left behind. */
class JoinLimitsTest {

  private static final Grouping GROUPING = new Grouping(Grouping.Linkage.COMPLETE, 2, 1000);

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final CodeTable codes = TableKind.CLUSTERED.table(new Random(1), 64, 20_000);

  @AfterEach
  void close() {
    executor.close();
  }

  /** Counts the questions and throws at one of them. */
  private static final class Stopping implements JoinResources.Monitor {
    private final int at;
    private final AtomicInteger asked = new AtomicInteger();
    private final RuntimeException thrown = new RuntimeException("cancelled");
    private double done;

    Stopping(int at) {
      this.at = at;
    }

    @Override
    public void checkCancelled() {
      if (asked.incrementAndGet() >= at) {
        throw thrown;
      }
    }

    @Override
    public void progress(double part) {
      assertTrue(part >= done && part <= 1, "after " + done + " comes " + part);
      done = part;
    }
  }

  private JoinResources resources(CountedMemory memory, JoinResources.Monitor monitor) {
    return new JoinResources(memory, executor, 3, monitor);
  }

  @Test
  void progressGrowsToTheEnd() {
    Stopping monitor = new Stopping(Integer.MAX_VALUE);
    CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
    NearDuplicates.find(codes, 3, GROUPING, resources(memory, monitor)).close();
    assertEquals(1, monitor.done);
    assertEquals(0, memory.used());
  }

  @Test
  void whoeverCancelsGetsItsExceptionAndTheMemoryIsBack() {
    Stopping all = new Stopping(Integer.MAX_VALUE);
    NearDuplicates.find(codes, 3, GROUPING, resources(new CountedMemory(Long.MAX_VALUE), all))
        .close();
    Random random = new Random(2);
    for (int i = 0; i < 30; i++) {
      Stopping monitor = new Stopping(1 + random.nextInt(all.asked.get()));
      CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
      RuntimeException thrown =
          assertThrows(
              RuntimeException.class,
              () -> NearDuplicates.find(codes, 3, GROUPING, resources(memory, monitor)));
      assertSame(monitor.thrown, thrown);
      assertEquals(0, memory.used());
    }
  }

  @Test
  void whatIsNotGrantedIsRefusedAndTheRestIsBack() {
    CountedMemory enough = new CountedMemory(Long.MAX_VALUE);
    NearDuplicates.find(codes, 3, GROUPING, resources(enough, JoinResources.Monitor.NONE)).close();
    for (int tenth = 0; tenth < 9; tenth++) {
      CountedMemory memory = new CountedMemory(enough.most() / 10 * tenth);
      assertThrows(
          JoinResources.MemoryRefusedException.class,
          () ->
              NearDuplicates.find(
                  codes, 3, GROUPING, resources(memory, JoinResources.Monitor.NONE)));
      assertEquals(0, memory.used());
    }
  }

  @Test
  void tooManyPairsNameTheRadius() {
    CountedMemory memory = new CountedMemory(4 << 20);
    String message =
        assertThrows(
                JoinResources.MemoryRefusedException.class,
                () ->
                    NearDuplicates.find(
                        codes, 60, GROUPING, resources(memory, JoinResources.Monitor.NONE)))
            .getMessage();
    assertEquals(
        "too many pairs of codes are within [max_distance] [60] for the memory that is free: lower"
            + " it, or take fewer documents",
        message);
    assertEquals(0, memory.used());
  }

  @Test
  void anExecutorThatRefusesLeavesItToTheCaller() {
    CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
    JoinResources alone =
        new JoinResources(
            memory,
            task -> {
              throw new RejectedExecutionException();
            },
            4,
            JoinResources.Monitor.NONE);
    JoinResources late = new JoinResources(memory, task -> {}, 4, JoinResources.Monitor.NONE);
    long pairs;
    try (NearDuplicates found =
        NearDuplicates.find(codes, 3, GROUPING, resources(memory, JoinResources.Monitor.NONE))) {
      pairs = found.pairs();
    }
    assertTrue(pairs > 0);
    for (JoinResources resources : new JoinResources[] {alone, late}) {
      try (NearDuplicates found = NearDuplicates.find(codes, 3, GROUPING, resources)) {
        assertEquals(pairs, found.pairs());
      }
    }
    assertEquals(0, memory.used());
  }
}
