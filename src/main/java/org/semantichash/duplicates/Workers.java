// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs numbered tasks on the calling thread and on those of an executor. */
final class Workers {

  /** A task. */
  interface Task {
    /**
     * Does it.
     *
     * @param worker who does it, 0 to threads - 1, one task at a time
     * @param task which
     */
    void run(int worker, int task);
  }

  private final JoinResources resources;
  private final Work work;

  Workers(JoinResources resources, Work work) {
    this.resources = resources;
    this.work = work;
  }

  /** How many tasks run at once, at most. */
  int threads() {
    return resources.threads();
  }

  /**
   * Runs all tasks and returns when the last has ended.
   *
   * <p>A thread that the executor starts late finds nothing to do and is not waited for, so a full
   * executor cannot block the caller.
   */
  void run(int tasks, Task task) {
    Batch batch = new Batch(tasks, task, work);
    int helpers = Math.min(threads(), tasks) - 1;
    for (int i = 0; i < helpers; i++) {
      try {
        resources.executor().execute(batch::help);
      } catch (RejectedExecutionException e) {
        break; // the calling thread does it all
      }
    }
    batch.lead();
  }

  private static final class Batch {
    private final int tasks;
    private final Task task;
    private final Work work;
    private final AtomicInteger next = new AtomicInteger();
    private int started = 1; // the caller is worker 0
    private int running;
    private boolean closed;
    private Throwable failure;

    Batch(int tasks, Task task, Work work) {
      this.tasks = tasks;
      this.task = task;
      this.work = work;
    }

    void help() {
      int worker;
      synchronized (this) {
        if (closed) {
          return;
        }
        worker = started++;
        running++;
      }
      work(worker);
      synchronized (this) {
        running--;
        notifyAll();
      }
    }

    void lead() {
      work(0);
      awaitHelpers();
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }

    private void work(int worker) {
      try {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
          work.check();
          task.run(worker, i);
        }
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      }
      work.fail();
    }

    private synchronized void awaitHelpers() {
      closed = true;
      boolean interrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the tasks end soon, and their arrays are in use until then
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
