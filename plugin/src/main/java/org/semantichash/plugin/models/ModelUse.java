// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.util.concurrent.AbstractRunnable;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.threadpool.Scheduler;
import org.semantichash.plugin.models.ModelCounters.NodeCounters;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelStats.ModelCount;

/**
 * Applies a caller's work to a model once it is loaded, and applies it again to the next model when
 * this one is dropped in between. The timeout bounds the sum of all waits for loads; the time in
 * the queue after a load does not count.
 */
final class ModelUse<T> {

  private static final Logger logger = LogManager.getLogger(ModelUse.class);

  private final ModelId id;
  private final Function<LoadedModel, T> work;
  private final ActionListener<? super T> listener;
  private final Environment environment;
  private final TimeValue timeout;

  /** How long it has waited for loads. */
  private long waitedNanos;

  /** What all uses on a node share. */
  record Environment(
      ModelCache cache, ModelLimits limits, ModelThreads threads, NodeCounters counters) {}

  ModelUse(
      ModelId id,
      Function<LoadedModel, T> work,
      ActionListener<? super T> listener,
      Environment environment) {
    this.id = id;
    this.work = work;
    this.listener = listener;
    this.environment = environment;
    this.timeout = environment.limits().timeout();
  }

  /** Applies the work at once when the model is loaded, otherwise waits for its load. */
  void begin() {
    LoadedModel loaded = environment.cache().used(id);
    if (loaded != null) {
      use(loaded);
      return;
    }
    LoadWait wait = new LoadWait(this, environment.threads());
    environment.cache().model(id, wait);
    wait.limit(TimeValue.timeValueNanos(Math.max(0, nanosLeft())));
  }

  private long nanosLeft() {
    return timeout.nanos() - waitedNanos;
  }

  private boolean isLoaded() {
    return environment.cache().loaded(id) != null;
  }

  private Exception timedOut() {
    environment.counters().of(id).count(ModelCount.TIMEOUTS);
    Exception obstacle = environment.cache().obstacle(id);
    return obstacle == null ? ModelTimeoutException.waiting(id, timeout) : obstacle;
  }

  private void use(LoadedModel loaded) {
    T result;
    try {
      result = work.apply(loaded);
    } catch (ModelClosedException e) {
      again(e);
      return;
    } catch (RuntimeException e) {
      listener.onFailure(e);
      return;
    }
    // Not inside the try: what the listener throws is not the model's failure.
    listener.onResponse(result);
  }

  private void fail(Exception e) {
    if (e instanceof ModelClosedException dropped) {
      again(dropped);
    } else {
      listener.onFailure(e);
    }
  }

  private void again(ModelClosedException e) {
    if (environment.cache().isClosed()) {
      listener.onFailure(e);
    } else if (nanosLeft() <= 0) {
      listener.onFailure(timedOut());
    } else {
      begin();
    }
  }

  /**
   * The wait for one load, without a thread and for a time at most. It is over when the load ends;
   * what follows runs elsewhere, as many at a time as the node has threads to write documents, so
   * that none of thousands holds up the others. What comes after its end is lost.
   */
  private static final class LoadWait implements ActionListener<LoadedModel> {

    /** Null when it is over: a load that never ends must not keep its waiters in memory. */
    private final AtomicReference<ModelUse<?>> waiting;

    private final Scheduler scheduler;
    private final Executor timeouts;
    private final Executor waiters;
    private final Supplier<ThreadContext.StoredContext> context;
    private final long begun = System.nanoTime();
    private volatile Scheduler.Cancellable timer;

    LoadWait(ModelUse<?> use, ModelThreads threads) {
      this.waiting = new AtomicReference<>(use);
      this.scheduler = threads.scheduler();
      this.timeouts = threads.executor();
      this.waiters = threads.waiters();
      this.context = threads.context().newRestorableContext(true);
    }

    /** Limits the wait, unless it is over already, to a time from now. */
    void limit(TimeValue time) {
      if (isOver()) {
        return;
      }
      try {
        timer = scheduler.schedule(this::timeOut, time, timeouts);
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

    private void cancelTimer() {
      Scheduler.Cancellable running = timer;
      if (running != null) {
        running.cancel();
      }
    }

    /** Ends the wait; null when it has ended before. */
    private ModelUse<?> end() {
      ModelUse<?> use = waiting.getAndSet(null);
      if (use != null) {
        cancelTimer();
        use.waitedNanos += System.nanoTime() - begun;
      }
      return use;
    }

    private void timeOut() {
      ModelUse<?> current = waiting.get();
      if (current == null || current.isLoaded()) {
        return; // the model is there, and its waiters are being told
      }
      ModelUse<?> use = end();
      if (use != null) {
        inContext(() -> use.listener.onFailure(use.timedOut()));
      }
    }

    @Override
    public void onResponse(LoadedModel model) {
      ModelUse<?> use = end();
      if (use != null) {
        Releasable heard = model.untilHeard();
        goOn(use, () -> use.use(model), heard);
      }
    }

    @Override
    public void onFailure(Exception e) {
      ModelUse<?> use = end();
      if (use != null) {
        goOn(use, () -> use.fail(e), () -> {});
      }
    }

    private void inContext(Runnable next) {
      ThreadContext.StoredContext before = context.get();
      try {
        next.run();
      } finally {
        before.restore();
      }
    }

    private void goOn(ModelUse<?> use, Runnable next, Releasable heard) {
      waiters.execute(
          new AbstractRunnable() {
            @Override
            protected void doRun() {
              inContext(next);
            }

            @Override
            public void onRejection(Exception e) {
              inContext(() -> use.listener.onFailure(e)); // the node is stopping
            }

            @Override
            public void onFailure(Exception e) {
              logger.error(() -> "what waited for model [" + use.id + "] failed", e);
            }

            @Override
            public void onAfter() {
              heard.close();
            }
          });
    }
  }

  /**
   * A text was not hashed in time. The status is 408, as Elasticsearch's inference processor
   * answers when its model takes too long: 429 stands for a lack of memory here, 503 for a node
   * that cannot run the model at all.
   */
  public static final class ModelTimeoutException extends ElasticsearchStatusException {

    private static final long serialVersionUID = 1L;

    private ModelTimeoutException(String message, ModelId id, TimeValue timeout) {
      super(message, RestStatus.REQUEST_TIMEOUT, id, timeout, ModelSettings.TIMEOUT.getKey());
    }

    /** The model was not loaded in time. */
    static ModelTimeoutException waiting(ModelId id, TimeValue timeout) {
      return new ModelTimeoutException(
          "model [{}] was not loaded within [{}] (setting [{}]), try again later", id, timeout);
    }

    /** The text is too long for the time. */
    static ModelTimeoutException hashing(ModelId id, TimeValue timeout) {
      return new ModelTimeoutException(
          "model [{}] did not read the text within [{}] (setting [{}])", id, timeout);
    }
  }
}
