// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.models.OpenModel.CallCount;

class CallCountTest {

  private final AtomicInteger released = new AtomicInteger();
  private final CallCount uses = new CallCount(released::incrementAndGet);

  @Test
  void isReleasedOnceWhenTheLastCallEnds() {
    assertTrue(uses.begin());
    assertTrue(uses.begin());
    assertFalse(uses.closeIfIdle());
    uses.close();
    uses.close();
    assertTrue(uses.isClosed());
    assertFalse(uses.begin());
    uses.end();
    assertEquals(0, released.get());
    uses.end();
    assertEquals(1, released.get());
    assertFalse(uses.closeIfIdle());
    uses.close();
    assertEquals(1, released.get());
  }

  @Test
  void isReleasedAtOnceWhenIdle() {
    assertTrue(uses.begin());
    uses.end();
    assertTrue(uses.closeIfIdle());
    assertFalse(uses.closeIfIdle());
    assertEquals(1, released.get());
  }

  @Test
  void noCallRunsAfterTheReleaseWhoeverCloses() throws Exception {
    int threads = 4;
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 500; round++) {
        AtomicInteger releases = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        CallCount shared = new CallCount(releases::incrementAndGet);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          boolean closes = i == 0;
          boolean evicts = i == 1;
          running.add(
              workers.submit(
                  () -> {
                    start.await();
                    while (shared.begin()) {
                      late.addAndGet(releases.get());
                      shared.end();
                      if (closes || (evicts && shared.closeIfIdle())) {
                        shared.close();
                      }
                    }
                    return null;
                  }));
        }
        for (Future<?> work : running) {
          work.get();
        }
        assertEquals(1, releases.get());
        assertEquals(0, late.get());
      }
    }
  }
}
