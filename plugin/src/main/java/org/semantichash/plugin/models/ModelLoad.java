// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThreadContext;

/**
 * One load of a model, and the model it gave. It ends once: with a model, with a failure, or by
 * being dropped, and then what is still running of it stops at its next step.
 */
final class ModelLoad {

  private final ModelId id;
  private final SubscribableListener<LoadedModel> outcome = new SubscribableListener<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile LoadedModel loaded;
  private volatile Exception obstacle;

  ModelLoad(ModelId id) {
    this.id = id;
  }

  ModelId id() {
    return id;
  }

  /** True for the caller that loads. */
  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  /** The model; null before it is loaded and after a failure. */
  LoadedModel loaded() {
    return loaded;
  }

  /** Tells the outcome, in the caller's thread context. */
  void addListener(ActionListener<LoadedModel> listener, ThreadContext context) {
    outcome.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, context);
  }

  /** Remembers what delays it, for callers whose wait ends earlier. */
  void hindered(Exception e) {
    obstacle = e;
  }

  /** What keeps it from its end; null when nothing does. */
  Exception obstacle() {
    return obstacle;
  }

  /** Whether nobody waits for it any more. */
  boolean hasEnded() {
    return ended.get();
  }

  /**
   * Goes on while the load has not been dropped.
   *
   * @throws ModelClosedException when it has
   */
  void requireWanted() {
    if (ended.get()) {
      throw ModelClosedException.whileLoading(id);
    }
  }

  /** Ends with a model, which is closed when the load was dropped. */
  void succeed(LoadedModel model) {
    if (ended.compareAndSet(false, true)) {
      assert loaded == null : "loaded twice";
      loaded = model;
      model.giveTo(outcome);
    } else {
      model.close();
    }
  }

  /** Ends with a failure; does nothing when the load was dropped. */
  void fail(Exception e) {
    if (ended.compareAndSet(false, true)) {
      outcome.onFailure(e);
    }
  }

  /**
   * Closes the model or, while there is none, ends the load.
   *
   * @param executor where waiters are told
   * @param reason what they are told
   */
  void drop(Executor executor, ModelClosedException reason) {
    if (ended.compareAndSet(false, true)) {
      executor.execute(ActionRunnable.wrap(outcome, l -> l.onFailure(reason)));
    } else {
      outcome.addListener(ActionListener.wrap(LoadedModel::close, e -> {}));
    }
  }
}
