// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.cluster.ClusterException;

class IndexWalkTest {

  private static final int DOCUMENTS = 100;
  private static final int BATCH = 7;

  private final FakeIndex index = new FakeIndex();
  private final AtomicInteger searches = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  IndexWalkTest() {
    for (int i = 0; i < DOCUMENTS; i++) {
      index.put("d" + i, "{\"body\":\"text " + i + "\"}");
    }
  }

  private void through(int slices, Consumer<List<SourceDocument>> to) {
    IndexWalk.Pace pace = new IndexWalk.Pace(slices, BATCH, 0);
    new IndexWalk(index, pace, IndexWalk.Progress.NONE, stop::get)
        .through("news", HashPlan.ALL, BooleanNode.TRUE, () -> {}, to);
  }

  @Test
  void givesEveryDocumentOnceInBatches() {
    for (int slices = 1; slices <= 5; slices++) {
      Set<String> seen = new ConcurrentSkipListSet<>();
      AtomicInteger count = new AtomicInteger();
      through(
          slices,
          documents -> {
            assertTrue(documents.size() <= BATCH);
            documents.forEach(document -> seen.add(document.id().id()));
            count.addAndGet(documents.size());
          });
      assertEquals(new TreeSet<>(index.documents.keySet()), seen);
      assertEquals(DOCUMENTS, count.get());
    }
  }

  @Test
  void readsTheNextBatchWhileOneIsWorkedOnAndNoMore() {
    CountDownLatch second = new CountDownLatch(2);
    AtomicInteger batches = new AtomicInteger();
    index.before =
        request -> {
          if (request.equals("POST _search")) {
            searches.incrementAndGet();
            second.countDown();
          }
        };
    through(
        1,
        documents -> {
          assertTrue(isReached(second), "the second batch was not read beside the first");
          assertTrue(searches.get() <= batches.incrementAndGet() + 1);
        });
    assertEquals(DOCUMENTS / BATCH + 1, batches.get());
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureOfOneSliceEndsTheOthers() {
    AtomicInteger batches = new AtomicInteger();
    assertThrows(
        ClusterException.class,
        () ->
            through(
                2,
                documents -> {
                  batches.incrementAndGet();
                  throw new ClusterException(400, "no");
                }));
    assertTrue(batches.get() <= 2, batches.toString());
  }

  @Test
  void endsAfterTheRunningBatches() {
    AtomicInteger batches = new AtomicInteger();
    through(
        1,
        documents -> {
          batches.incrementAndGet();
          stop.set(true);
        });
    assertEquals(1, batches.get());
  }
}
