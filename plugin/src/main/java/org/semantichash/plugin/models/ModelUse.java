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

import java.util.function.Function;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;
import org.semantichash.analysis.Deadline;

/**
 * Does something with a model once it is loaded, and does it again with the next one when the model
 * is dropped in between; all the waiting together is bounded.
 */
final class ModelUse<T> implements ActionListener<LoadedModel> {

  private final ModelId id;
  private final Function<LoadedModel, T> work;
  private final ActionListener<? super T> listener;
  private final Environment environment;
  private final TimeValue timeout;
  private final Deadline deadline;

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
    this.deadline = Deadline.in(timeout.nanos());
  }

  /** Asks for the model. */
  void begin() {
    BoundedWait<LoadedModel> wait = new BoundedWait<>(this);
    environment.cache().get(id, wait);
    TimeValue left = TimeValue.timeValueNanos(Math.max(0, deadline.nanosLeft()));
    wait.limit(left, environment.threads(), this::timedOut);
  }

  private ModelTimeoutException timedOut() {
    environment.counters().of(id).count(ModelCount.TIMEOUTS);
    return ModelTimeoutException.waiting(id, timeout);
  }

  @Override
  public void onResponse(LoadedModel loaded) {
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

  @Override
  public void onFailure(Exception e) {
    if (e instanceof ModelClosedException dropped) {
      again(dropped);
    } else {
      listener.onFailure(e);
    }
  }

  private void again(ModelClosedException e) {
    if (environment.cache().isClosed()) {
      listener.onFailure(e);
    } else if (deadline.nanosLeft() <= 0) {
      listener.onFailure(timedOut());
    } else {
      begin();
    }
  }
}
