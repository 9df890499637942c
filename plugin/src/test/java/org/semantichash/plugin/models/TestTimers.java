// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.threadpool.Scheduler;

/** Timers that fire when the test says so. */
final class TestTimers implements Scheduler {

  private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();

  /** Threads with these timers. */
  ModelThreads threads(Executor executor) {
    return new ModelThreads(executor, executor, this, new ThreadContext(Settings.EMPTY));
  }

  /** Lets the time of all be over; how many had not been cancelled. */
  int fire() {
    int fired = 0;
    for (Timer timer = timers.poll(); timer != null; timer = timers.poll()) {
      if (timer.cancel()) {
        timer.command().run();
        fired++;
      }
    }
    return fired;
  }

  /** How many run. */
  long running() {
    return timers.stream().filter(timer -> timer.isCancelled() == false).count();
  }

  @Override
  public ScheduledCancellable schedule(Runnable command, TimeValue delay, Executor executor) {
    Timer timer = new Timer(command, delay, new AtomicBoolean());
    timers.add(timer);
    return timer;
  }

  private record Timer(Runnable command, TimeValue delay, AtomicBoolean cancelled)
      implements ScheduledCancellable {

    @Override
    public boolean cancel() {
      return cancelled.compareAndSet(false, true);
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(delay.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
