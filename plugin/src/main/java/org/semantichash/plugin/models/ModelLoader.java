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

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.Releasable;
import org.semantichash.encoder.EncoderModel;

/**
 * Finds, reads and opens models. A load that is dropped stops at its next step, which is also the
 * next chunk of its file, and gives its memory back.
 */
final class ModelLoader {

  private static final Logger logger = LogManager.getLogger(ModelLoader.class);

  /** How often a load begins anew because the model is changed while it is being read. */
  private static final int ATTEMPTS = 10;

  private final ModelSource source;
  private final NativeLibraries libraries;
  private final CircuitBreaker breaker;
  private final ModelLimits limits;
  private final ModelThreads threads;
  private final NodeCounters counters;

  ModelLoader(
      ModelSource source,
      NativeLibraries libraries,
      CircuitBreaker breaker,
      ModelLimits limits,
      ModelThreads threads,
      NodeCounters counters) {
    this.source = source;
    this.libraries = libraries;
    this.breaker = breaker;
    this.limits = limits;
    this.threads = threads;
    this.counters = counters;
  }

  /**
   * Loads a model, without blocking the caller.
   *
   * @param cache where its memory is taken from
   * @param listener gets the model, which is the listener's to close, or the reason why not
   */
  void load(ModelLoad load, CacheMemory cache, ActionListener<LoadedModel> listener) {
    find(load, cache, ATTEMPTS, listener);
  }

  private void find(
      ModelLoad load, CacheMemory cache, int attempts, ActionListener<LoadedModel> listener) {
    ActionListener<LoadedModel> orAgain =
        listener.delegateResponse(
            (l, e) -> {
              if (attempts > 1 && e instanceof ModelChangedException) {
                find(load, cache, attempts - 1, l);
              } else {
                l.onFailure(e);
              }
            });
    ActionListener.run(
        orAgain,
        l -> {
          load.requireWanted();
          source.find(
              load.id(), l.delegateFailureAndWrap((found, file) -> read(load, cache, file, found)));
        });
  }

  private void read(
      ModelLoad load, CacheMemory cache, ModelFile file, ActionListener<LoadedModel> listener) {
    ModelId id = load.id();
    ModelCounters counted = counters.of(id);
    ActionListener<LoadedModel> outcome =
        listener.delegateResponse(
            (l, e) -> {
              if (e instanceof ModelClosedException == false) {
                counters.failedToLoad(id, e);
              }
              l.onFailure(e);
            });
    ActionListener.run(
        outcome,
        l -> {
          load.requireWanted();
          var memory =
              new ModelMemory(id, file.length(), cache.new Share(id, file.length()), breaker);
          read(load, file, opening(file.place(), memory, counted), orFree(memory, l));
        });
  }

  private ModelOpening opening(ModelFile.Place place, ModelMemory memory, ModelCounters counted) {
    return new ModelOpening(place, libraries, memory, counted, limits);
  }

  private static <T> ActionListener<T> orFree(Releasable memory, ActionListener<T> listener) {
    return listener.delegateResponse(
        (l, e) -> {
          memory.close();
          l.onFailure(e);
        });
  }

  private void read(
      ModelLoad load, ModelFile file, ModelOpening opening, ActionListener<LoadedModel> listener) {
    long start = System.nanoTime();
    ActionListener.run(
        listener,
        l ->
            file.read(
                load::requireWanted,
                l.delegateFailureAndWrap(
                    (read, bytes) ->
                        threads
                            .executor()
                            .execute(
                                ActionRunnable.supply(
                                    read, () -> open(load, bytes, opening, start))))));
  }

  private static LoadedModel open(ModelLoad load, byte[] file, ModelOpening opening, long start) {
    load.requireWanted();
    EncoderModel read = ModelOpening.read(load.id(), file);
    LoadedModel model = opening.open(load.id(), read, load::requireWanted);
    opening.counters().loaded(System.nanoTime() - start);
    logger.info(
        "loaded model [{}] of [{}] bits from the [{}], digest [{}]",
        load.id(),
        model.bits(),
        model.place(),
        model.digest());
    return model;
  }

  /** As {@link LoadedModels#validate}. */
  EncoderModel validate(ModelId id, byte[] file) {
    try (ModelMemory memory = new ModelMemory(id, file.length, null, breaker)) {
      EncoderModel model = ModelOpening.read(id, file);
      opening(ModelFile.Place.CLUSTER, memory, new ModelCounters())
          .open(id, model, () -> {})
          .close();
      return model;
    }
  }
}
