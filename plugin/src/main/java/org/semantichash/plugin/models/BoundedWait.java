/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.threadpool.Scheduler;

/** A listener that waits for a time at most, without a thread. What comes later is lost. */
final class BoundedWait<T> implements ActionListener<T> {

  /** Null when it is over: who never answers must not keep what waits for it in memory. */
  private final AtomicReference<ActionListener<T>> waiting;

  private volatile Scheduler.Cancellable timer;

  /** Waits without limit. */
  BoundedWait(ActionListener<T> waiting) {
    this.waiting = new AtomicReference<>(waiting);
  }

  /**
   * Limits the wait unless it is over already.
   *
   * @param time how long from now
   * @param timedOut what the listener gets then, in the caller's thread context
   */
  void limit(TimeValue time, ModelThreads threads, Supplier<Exception> timedOut) {
    if (isOver()) {
      return;
    }
    try {
      timer = threads.scheduler().schedule(() -> timeOut(timedOut), time, threads.executor());
    } catch (EsRejectedExecutionException e) {
      onFailure(e); // the node is stopping
    }
    if (isOver()) {
      cancelTimer();
    }
  }

  private boolean isOver() {
    return waiting.get() == null;
  }

  private void timeOut(Supplier<Exception> timedOut) {
    ActionListener<T> listener = waiting.getAndSet(null);
    if (listener != null) {
      listener.onFailure(timedOut.get());
    }
  }

  private void cancelTimer() {
    Scheduler.Cancellable running = timer;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void onResponse(T response) {
    ActionListener<T> listener = waiting.getAndSet(null);
    if (listener != null) {
      cancelTimer();
      listener.onResponse(response);
    }
  }

  @Override
  public void onFailure(Exception e) {
    ActionListener<T> listener = waiting.getAndSet(null);
    if (listener != null) {
      cancelTimer();
      listener.onFailure(e);
    }
  }
}
