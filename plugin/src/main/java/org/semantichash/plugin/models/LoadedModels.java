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

import static java.util.stream.Collectors.toMap;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.encoder.EncoderModel;

/**
 * The models of a node, each loaded once, on first use, and closed when it is dropped or the node
 * stops.
 *
 * <p>Who asks while a model is being loaded waits for that one load. What they get when it fails:
 * 404 for a model that does not exist, 400 for a file that is no valid model, 429 when there is no
 * memory left for it, 503 when ONNX Runtime cannot run on this node; the next one to ask starts a
 * new load.
 */
public final class LoadedModels implements TextHashing, Closeable {

  private static final Logger logger = LogManager.getLogger(LoadedModels.class);

  /** The file and the copy that is checked and given to ONNX Runtime are there at the same time. */
  private static final int COPIES_WHILE_LOADING = 2;

  /** How often a load begins anew because the model is changed while it is being read. */
  private static final int ATTEMPTS = 10;

  private final ModelSource source;
  private final NativeLibraries libraries;
  private final CircuitBreaker breaker;
  private final Executor executor;
  private final ThreadContext threadContext;
  private final ConcurrentMap<ModelId, SubscribableListener<LoadedModel>> models =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<ModelId, ModelCounters> counters = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * No model is loaded yet.
   *
   * @param source where models come from
   * @param libraries where ONNX Runtime's native libraries are
   * @param breaker accounts the memory of models
   * @param executor runs the loads, which block
   * @param threadContext the node's; who waits for a load goes on in the context it asked in
   */
  public LoadedModels(
      ModelSource source,
      NativeLibraries libraries,
      CircuitBreaker breaker,
      Executor executor,
      ThreadContext threadContext) {
    this.source = source;
    this.libraries = libraries;
    this.breaker = breaker;
    this.executor = executor;
    this.threadContext = threadContext;
  }

  /**
   * Gives a model, loading it first when this is its first use.
   *
   * @param listener gets the model: on the calling thread when it is loaded already, otherwise
   *     later, on a thread that may block, in the caller's thread context
   */
  public void model(ModelId id, ActionListener<LoadedModel> listener) {
    SubscribableListener<LoadedModel> own = new SubscribableListener<>();
    SubscribableListener<LoadedModel> first = models.putIfAbsent(id, own);
    SubscribableListener<LoadedModel> loading = first == null ? own : first;
    loading.addListener(listener, EsExecutors.DIRECT_EXECUTOR_SERVICE, threadContext);
    if (first == null) {
      load(id, own);
    }
  }

  @Override
  public <T> void use(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    model(
        id,
        new ActionListener<>() {
          @Override
          public void onResponse(LoadedModel loaded) {
            T result;
            try {
              result = work.apply(loaded);
            } catch (ModelClosedException e) {
              again(id, work, listener, e);
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
            listener.onFailure(e);
          }
        });
  }

  private <T> void again(
      ModelId id,
      Function<LoadedModel, T> work,
      ActionListener<? super T> listener,
      ModelClosedException e) {
    if (closed) {
      listener.onFailure(e);
    } else {
      use(id, work, listener);
    }
  }

  @Override
  public <T> void fork(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    ActionListener<T> result = listener.map(t -> t);
    model(
        id,
        result.delegateFailureAndWrap(
            (l, loaded) ->
                executor.execute(ActionRunnable.wrap(l, forked -> use(id, work, forked)))));
  }

  private void load(ModelId id, SubscribableListener<LoadedModel> loading) {
    ActionListener<LoadedModel> outcome =
        ActionListener.wrap(
            loading::onResponse,
            e -> {
              // Forgotten before anybody hears of it, so that who tries again starts a new load.
              models.remove(id, loading);
              loading.onFailure(e);
            });
    find(id, ATTEMPTS, outcome);
  }

  private void find(ModelId id, int attempts, ActionListener<LoadedModel> listener) {
    ActionListener<LoadedModel> orAgain =
        listener.delegateResponse(
            (l, e) -> {
              if (attempts > 1 && e instanceof ModelChangedException) {
                find(id, attempts - 1, l);
              } else {
                l.onFailure(e);
              }
            });
    ActionListener.run(
        orAgain,
        l -> source.find(id, l.delegateFailureAndWrap((opened, file) -> read(id, file, opened))));
  }

  private void read(ModelId id, ModelFile file, ActionListener<LoadedModel> listener) {
    long start = System.nanoTime();
    ModelCounters counted = counters.computeIfAbsent(id, i -> new ModelCounters());
    ActionListener<LoadedModel> outcome =
        listener.delegateResponse(
            (l, e) -> {
              counted.failedToLoad();
              l.onFailure(e);
            });
    ActionListener.run(
        outcome,
        l -> {
          AccountedBytes memory = account(id, file.length());
          var opening = new LoadedModel.Opening(file.place(), libraries, memory, counted);
          file.read(
              l.delegateResponse(
                      (failed, e) -> {
                        memory.close();
                        failed.onFailure(e);
                      })
                  .delegateFailureAndWrap(
                      (read, bytes) ->
                          executor.execute(
                              ActionRunnable.supply(read, () -> open(id, bytes, opening, start)))));
        });
  }

  private AccountedBytes account(ModelId id, long length) {
    return new AccountedBytes(breaker, COPIES_WHILE_LOADING * length, "model [" + id + "]");
  }

  private LoadedModel open(ModelId id, byte[] file, LoadedModel.Opening opening, long start) {
    LoadedModel model = LoadedModel.open(id, LoadedModel.read(id, file), opening);
    if (closed) {
      model.close();
      throw new ElasticsearchStatusException(
          "model [{}] is not loaded, the node is stopping", RestStatus.SERVICE_UNAVAILABLE, id);
    }
    opening.memory().shrinkTo(file.length);
    opening.counters().loaded(System.nanoTime() - start);
    logger.info(
        "loaded model [{}] of [{}] bits from the [{}], digest [{}]",
        id,
        model.bits(),
        model.place(),
        model.digest());
    return model;
  }

  /**
   * Reads a file as a model and replays its golden texts, on the calling thread, without keeping
   * it.
   *
   * @throws IllegalArgumentException when the file is no valid model or computes other codes
   * @throws ElasticsearchStatusException with status 503 when ONNX Runtime cannot run here
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is no memory left
   */
  public EncoderModel validate(ModelId id, byte[] file) {
    try (AccountedBytes memory = account(id, file.length)) {
      var opening =
          new LoadedModel.Opening(ModelFile.Place.CLUSTER, libraries, memory, new ModelCounters());
      EncoderModel model = LoadedModel.read(id, file);
      LoadedModel.open(id, model, opening).close();
      return model;
    }
  }

  /** Lets go of a model; the next one to ask loads it again. */
  void drop(ModelId id) {
    SubscribableListener<LoadedModel> dropped = models.remove(id);
    if (dropped != null) {
      closeWhenLoaded(dropped);
    }
  }

  /** Lets go of the models with these names. */
  public void drop(Predicate<String> names) {
    models.keySet().stream().filter(id -> names.test(id.value())).forEach(this::drop);
  }

  /** Lets go of the models that were replaced or deleted. */
  public void dropOutdated() {
    forEachLoaded(this::dropIfOutdated);
  }

  /**
   * Lets go of the models that have not been used for a while. Those of the folder stay: another
   * file could have taken the place of theirs.
   *
   * @param expiry how long; zero for none
   */
  public void dropUnused(TimeValue expiry) {
    if (expiry.nanos() > 0) {
      forEachLoaded(
          (loading, model) -> {
            if (model.place() == ModelFile.Place.CLUSTER
                && model.idleNanos() > expiry.nanos()
                && models.remove(model.id(), loading)) {
              model.close();
            }
          });
    }
  }

  private void forEachLoaded(BiConsumer<SubscribableListener<LoadedModel>, LoadedModel> consumer) {
    for (SubscribableListener<LoadedModel> loading : models.values()) {
      if (loading.isSuccess()) {
        loading.addListener(ActionListener.wrap(model -> consumer.accept(loading, model), e -> {}));
      }
    }
  }

  private void dropIfOutdated(SubscribableListener<LoadedModel> loading, LoadedModel model) {
    ModelId id = model.id();
    source.isCurrent(
        model,
        ActionListener.wrap(
            current -> {
              if (current == false && models.remove(id, loading)) {
                logger.info(
                    "model [{}] of digest [{}] was replaced or deleted", id, model.digest());
                model.close();
              }
            },
            e -> logger.debug(() -> "cannot tell whether model [" + id + "] is current", e)));
  }

  /** What this node did with each model since it started, by name. */
  public List<ModelStats> stats() {
    List<ModelStats> stats = new ArrayList<>();
    new TreeMap<>(counters.entrySet().stream().collect(toMap(e -> e.getKey().value(), e -> e)))
        .values()
        .forEach(entry -> stats.add(stats(entry.getKey(), entry.getValue())));
    return stats;
  }

  private ModelStats stats(ModelId id, ModelCounters counted) {
    List<ModelStats> found = new ArrayList<>();
    SubscribableListener<LoadedModel> loading = models.get(id);
    if (loading != null && loading.isSuccess()) {
      loading.addListener(ActionListener.wrap(model -> found.add(model.stats()), e -> {}));
    }
    return found.isEmpty() ? counted.stats(id, null) : found.get(0);
  }

  /** Where ONNX Runtime's native libraries are, and whether they could be loaded. */
  public NativeLibraries libraries() {
    return libraries;
  }

  /** Closes the loaded models; a load that still runs closes its own when it ends. */
  @Override
  public void close() {
    closed = true;
    drop(name -> true);
  }

  private static void closeWhenLoaded(SubscribableListener<LoadedModel> loading) {
    loading.addListener(ActionListener.wrap(LoadedModel::close, e -> {}));
  }
}
