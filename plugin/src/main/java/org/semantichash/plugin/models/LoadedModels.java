// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.TimeValue;
import org.semantichash.encoder.EncoderModel;

/**
 * The models of a node, each loaded once, on first use, and closed when it is dropped, when another
 * needs its memory or when the node stops.
 *
 * <p>Who asks while a model is being loaded waits for that one load. What they get when it fails:
 * 404 for a model that does not exist, 400 for a file that is no valid model, 429 when there is no
 * memory left for it, 503 when ONNX Runtime cannot run on this node; the next one to ask starts a
 * new load. Texts wait no longer than {@link ModelSettings#TIMEOUT} and then fail with 408; the
 * load goes on even when nobody is left who waits, for the next one to ask. A load stops when its
 * model is dropped, and who waited for it gets the next one.
 */
public final class LoadedModels implements TextHashing, Closeable {

  private final NativeLibraries libraries;
  private final CircuitBreaker breaker;
  private final ModelThreads threads;
  private final NodeCounters counters = new NodeCounters();
  private final ModelLoader loader;
  private final ModelCache cache;
  private final ModelSweeper sweeper;
  private final ModelUse.Environment uses;

  /**
   * No model is loaded yet.
   *
   * @param source where models come from
   * @param libraries where ONNX Runtime's native libraries are
   * @param breaker accounts the memory of models
   * @param limits of memory and time
   * @param threads where models are loaded
   */
  public LoadedModels(
      ModelSource source,
      NativeLibraries libraries,
      CircuitBreaker breaker,
      ModelLimits limits,
      ModelThreads threads) {
    this.libraries = libraries;
    this.breaker = breaker;
    this.threads = threads;
    this.loader = new ModelLoader(source, libraries, breaker, limits, threads, counters);
    this.cache = new ModelCache(loader, limits, threads, counters);
    this.sweeper = new ModelSweeper(cache, source);
    this.uses = new ModelUse.Environment(cache, limits, threads, counters);
  }

  /**
   * Gives a model, loading it first when this is its first use, however long that takes.
   *
   * @param listener gets the model: on the calling thread when it is loaded already, otherwise
   *     later, on a thread that may block, in the caller's thread context; a failure with status
   *     503 when the model is dropped in between
   */
  public void model(ModelId id, ActionListener<LoadedModel> listener) {
    cache.get(id, listener);
  }

  @Override
  public <T> void use(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    new ModelUse<>(id, work, listener, uses).begin();
  }

  @Override
  public <T> void fork(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    ActionListener<T> result = listener.map(t -> t);
    threads.executor().execute(ActionRunnable.wrap(result, forked -> use(id, work, forked)));
  }

  /**
   * Reads a file as a model and replays its golden texts, on the calling thread, without keeping
   * it.
   *
   * @throws IllegalArgumentException when the file is no valid model or computes other codes
   * @throws org.elasticsearch.ElasticsearchStatusException with status 503 when ONNX Runtime cannot
   *     run here
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is no memory left
   */
  public EncoderModel validate(ModelId id, byte[] file) {
    return loader.validate(id, file);
  }

  /**
   * Accounts the memory of a file that is put together to become a model.
   *
   * @return gives the memory back
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException when there is no memory left
   */
  public Releasable account(ModelId id, long bytes) {
    return new AccountedBytes(breaker, bytes, "upload of model [" + id + "]");
  }

  /** Lets go of a model; the next one to ask loads it again. */
  void drop(ModelId id) {
    cache.drop(id);
  }

  /** Lets go of the models with these names, also of those that are being loaded. */
  public void drop(Predicate<String> names) {
    cache.drop(names);
  }

  /** Lets go of the models that were replaced or deleted. */
  public void dropOutdated() {
    sweeper.dropOutdated();
  }

  /**
   * Lets go of the models that have not been used for a while. Those of the folder stay: another
   * file could have taken the place of theirs.
   *
   * @param expiry how long; zero for none
   */
  public void dropUnused(TimeValue expiry) {
    sweeper.dropUnused(expiry);
  }

  /** Lets go of models, those not used for longest first, while they take more than they may. */
  public void dropAboveLimit() {
    cache.trim();
  }

  /** What this node did with each model since it started, by name. */
  public List<ModelStats> stats() {
    List<ModelStats> stats = new ArrayList<>();
    counters.byName().forEach((id, counted) -> stats.add(stats(id, counted)));
    return stats;
  }

  private ModelStats stats(ModelId id, ModelCounters counted) {
    LoadedModel loaded = cache.loaded(id);
    return counted.stats(id, loaded == null ? null : loaded.inMemory());
  }

  /** The bytes that are taken of {@link ModelSettings#CACHE_MEMORY}. */
  long cacheMemoryTaken() {
    return cache.memoryTaken();
  }

  /** Where ONNX Runtime's native libraries are, and whether they could be loaded. */
  public NativeLibraries libraries() {
    return libraries;
  }

  /** Closes the loaded models; a load that still runs closes its own when it ends. */
  @Override
  public void close() {
    cache.close();
  }
}
