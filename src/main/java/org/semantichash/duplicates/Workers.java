// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the numbered tasks of one computation on the calling thread and on those of an executor,
 * stops them all when one fails or the caller cancels, and tells the progress of all together.
 */
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

  /** Steps of about a nanosecond after which a thread asks whether to stop. */
  static final int STEPS = 1 << 20;

  private final JoinResources resources;
  private volatile boolean failed;
  private double base;
  private double share;
  private double done;

  Workers(JoinResources resources) {
    this.resources = resources;
  }

  /** Throws when a thread failed or the caller cancelled. */
  void check() {
    if (failed) {
      throw new CancellationException("another thread failed");
    }
    resources.monitor().checkCancelled();
  }

  /** What comes now ends at this part of the whole. */
  synchronized void stage(double end) {
    assert end > base && end <= 1 : end + " after " + base;
    base += share;
    share = end - base;
    done = 0;
    tell();
  }

  /** A part of the stage is done. */
  synchronized void advance(double part) {
    done = Math.min(1, done + part);
    tell();
  }

  private void tell() {
    resources.monitor().progress(Math.min(1, base + share * done));
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
    Batch batch = new Batch(tasks, task);
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

  private final class Batch {
    private final int tasks;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private int started = 1; // the caller is worker 0
    private int running;
    private boolean closed;
    private Throwable failure;

    Batch(int tasks, Task task) {
      this.tasks = tasks;
      this.task = task;
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
      doTasks(worker);
      synchronized (this) {
        running--;
        notifyAll();
      }
    }

    void lead() {
      doTasks(0);
      awaitHelpers();
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }

    private void doTasks(int worker) {
      try {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
          check();
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
      failed = true;
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
