// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.Executor;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.util.concurrent.AbstractRunnable;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.common.util.concurrent.ThrottledTaskRunner;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.threadpool.Scheduler;
import org.elasticsearch.threadpool.ThreadPool;

/**
 * The threads of a node that models use.
 *
 * @param executor runs the loads, which block
 * @param waiters runs what waited for a load, a few at a time
 * @param scheduler tells when the time is over
 * @param context of the node; a waiter goes on in the context it asked in
 */
public record ModelThreads(
    Executor executor, Executor waiters, Scheduler scheduler, ThreadContext context) {

  /** The threads of a node: as many waiters go on at a time as the node writes documents. */
  public static ModelThreads of(ThreadPool threadPool) {
    int writers = threadPool.info(ThreadPool.Names.WRITE).getMax();
    var waiters = new ThrottledTaskRunner("semantic_hash_waiters", writers, threadPool.generic());
    return new ModelThreads(
        threadPool.generic(),
        task -> waiters.enqueueTask(new Turn(task)),
        threadPool,
        threadPool.getThreadContext());
  }

  /** A task that is told when the node stops before its turn. */
  private record Turn(Runnable task) implements ActionListener<Releasable> {

    @Override
    public void onResponse(Releasable turn) {
      try (turn) {
        task.run();
      }
    }

    @Override
    public void onFailure(Exception e) {
      if (task instanceof AbstractRunnable rejected) {
        rejected.onRejection(e);
        rejected.onAfter();
      }
    }
  }
}
