// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.semantichash.HashedText;
import org.semantichash.plugin.models.ModelCounters.NodeCounters;
import org.semantichash.plugin.models.ModelMemory.CacheMemory;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelSource.ModelFile;
import org.semantichash.plugin.models.ModelStats.ModelCount;

/**
 * The models of a node, each loaded once, on first use, and closed when it is dropped, when another
 * needs its memory or when the node stops. When the models exceed their memory, the least recently
 * used are dropped first; a model in use stays.
 *
 * <p>Callers that ask for a model while it is loaded share that one load. What they get when it
 * fails: 404 for a model that does not exist, 400 for a file that is no valid model, 429 when there
 * is no memory left for it, 503 when ONNX Runtime cannot run on this node; the next call starts a
 * new load. Texts wait no longer than {@link ModelSettings#TIMEOUT} and then fail with 408; the
 * load goes on for later callers even when nobody waits any more. A load stops when its model is
 * dropped, and its waiters get the next one.
 */
public final class ModelCache implements Closeable {

  private static final Logger logger = LogManager.getLogger(ModelCache.class);

  private final ModelSource source;
  private final NativeLibraries libraries;
  private final ModelThreads threads;
  private final NodeCounters counters = new NodeCounters();
  private final ModelLoader loader;
  private final CacheMemory memory;
  private final ModelUse.Environment uses;
  private final ConcurrentMap<ModelId, ModelLoad> loads = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * No model is loaded yet.
   *
   * @param source where models come from
   * @param libraries where ONNX Runtime's native libraries are
   * @param breaker accounts the memory of models
   * @param limits of memory and time
   * @param threads where models are loaded
   */
  public ModelCache(
      ModelSource source,
      NativeLibraries libraries,
      CircuitBreaker breaker,
      ModelLimits limits,
      ModelThreads threads) {
    this.source = source;
    this.libraries = libraries;
    this.threads = threads;
    this.loader = new ModelLoader(source, libraries, breaker, limits, threads, counters);
    this.memory = new CacheMemory(limits::cacheBytes, this::evictOne);
    this.uses = new ModelUse.Environment(this, limits, threads, counters);
  }

  /**
   * Applies work to a model, on the calling thread when it is loaded already; otherwise later, on a
   * thread that may block, in the caller's thread context. Code and digest of a text come from one
   * call, since the model of a name may be another one in the next.
   *
   * @param id the model
   * @param work applied again to the next model when this one is dropped in between
   * @param listener gets what it gives, or the reason why there is none, see above; with status 408
   *     when the model is not loaded in time
   */
  public <T> void use(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    new ModelUse<>(id, work, listener, uses).begin();
  }

  /** Hashes a text, as in {@link #use}. */
  public void hash(ModelId id, String text, ActionListener<HashedText> listener) {
    use(id, loaded -> loaded.hash(text), listener);
  }

  /**
   * Applies work to a model on a thread that may block, for callers on a transport thread.
   *
   * @param id the model
   * @param work as in {@link #use}
   * @param listener gets what it gives, or the reason as in {@link #use}
   */
  public <T> void fork(
      ModelId id, Function<LoadedModel, T> work, ActionListener<? super T> listener) {
    ActionListener<T> result = listener.map(t -> t);
    threads.executor().execute(ActionRunnable.wrap(result, forked -> use(id, work, forked)));
  }

  /** The model if it is in memory, counted as a hit, else null. */
  LoadedModel used(ModelId id) {
    LoadedModel loaded = loaded(id);
    if (loaded != null) {
      loaded.hit();
    }
    return loaded;
  }

  /**
   * Gives a model, loading it first when this is its first use, however long that takes.
   *
   * @param listener gets the model: on the calling thread when it is loaded already, otherwise
   *     later, on a thread that may block, in the caller's thread context; a failure with status
   *     503 when the model is dropped in between
   */
  public void model(ModelId id, ActionListener<LoadedModel> listener) {
    LoadedModel loaded = used(id);
    if (loaded != null) {
      listener.onResponse(loaded);
    } else if (closed) {
      listener.onFailure(ModelClosedException.stopping(id));
    } else {
      load(
          id,
          ActionListener.runBefore(
              listener, () -> counters.countIfKnown(id, ModelCount.CACHE_MISSES)));
    }
  }

  private void load(ModelId id, ActionListener<LoadedModel> listener) {
    ModelLoad load =
        loads.compute(id, (i, other) -> other == null || isOver(other) ? new ModelLoad(id) : other);
    load.addListener(listener, threads.context());
    if (closed) {
      drop(id); // close() may not have seen it
    }
    if (load.begin()) {
      loader.load(
          load,
          memory,
          ActionListener.wrap(
              load::succeed,
              e -> {
                // Forgotten before a waiter is told, so that its retry starts a new load.
                loads.remove(id, load);
                load.fail(e);
              }));
    }
  }

  private static boolean isOver(ModelLoad load) {
    return load.loaded() != null && load.loaded().isClosed();
  }

  /** The model if it is in memory, else null. */
  LoadedModel loaded(ModelId id) {
    ModelLoad load = loads.get(id);
    return load == null || isOver(load) ? null : load.loaded();
  }

  /** What keeps the load of a model from its end; null when nothing does or none runs. */
  Exception obstacle(ModelId id) {
    ModelLoad load = loads.get(id);
    return load == null ? null : load.obstacle();
  }

  private List<LoadedModel> loaded() {
    List<LoadedModel> models = new ArrayList<>();
    for (ModelId id : loads.keySet()) {
      LoadedModel model = loaded(id);
      if (model != null) {
        models.add(model);
      }
    }
    return models;
  }

  private record Candidate(LoadedModel model, long idleNanos) {}

  private boolean evictOne() {
    // One time for all: what passes between two looks at a clock must not change their order.
    long now = System.nanoTime();
    return loaded().stream()
        .map(model -> new Candidate(model, model.idleNanos(now)))
        .sorted(Comparator.comparingLong(Candidate::idleNanos).reversed())
        .anyMatch(candidate -> evict(candidate.model()));
  }

  private boolean evict(LoadedModel model) {
    if (model.closeIfIdle() == false) {
      return false;
    }
    for (LoadedModel same : loadsOf(model)) {
      forget(same);
      counters.countIfKnown(same.id(), ModelCount.EVICTIONS);
      logger.info("dropped model [{}] for the memory of another", same.id());
    }
    return true;
  }

  /** The same model under all its names. */
  private List<LoadedModel> loadsOf(LoadedModel model) {
    return loads.values().stream()
        .map(ModelLoad::loaded)
        .filter(loaded -> loaded != null && loaded.isSame(model))
        .toList();
  }

  private boolean forget(LoadedModel model) {
    ModelLoad load = loads.get(model.id());
    return load != null && load.loaded() == model && loads.remove(model.id(), load);
  }

  /** Drops models, the least recently used first, until they fit their memory. */
  public void dropAboveLimit() {
    memory.trim();
  }

  /** Drops the models that were replaced or deleted. */
  public void dropOutdated() {
    loaded().forEach(this::dropIfOutdated);
  }

  private void dropIfOutdated(LoadedModel model) {
    ModelId id = model.id();
    source.isCurrent(
        model,
        ActionListener.wrap(
            current -> {
              if (current == false && drop(model)) {
                logger.info(
                    "model [{}] of digest [{}] was replaced or deleted", id, model.digest());
              }
            },
            e -> logger.debug(() -> "cannot tell whether model [" + id + "] is current", e)));
  }

  /**
   * Drops the models that have not been used for a while. Models of the folder stay: another file
   * could have taken the place of theirs.
   *
   * @param expiry how long; zero for never
   */
  public void dropUnused(TimeValue expiry) {
    if (expiry.nanos() > 0) {
      for (LoadedModel model : loaded()) {
        if (model.place() != ModelFile.Location.FOLDER
            && model.idleNanos(System.nanoTime()) > expiry.nanos()) {
          drop(model);
        }
      }
    }
  }

  /** Drops this model; false if it is not, or no longer, this one. */
  private boolean drop(LoadedModel model) {
    boolean forgotten = forget(model);
    if (forgotten) {
      model.close();
    }
    return forgotten;
  }

  /** Drops a model, also while it is being loaded; the next call loads it again. */
  void drop(ModelId id) {
    Executor direct = EsExecutors.DIRECT_EXECUTOR_SERVICE;
    drop(
        id,
        closed ? direct : threads.executor(),
        closed ? ModelClosedException.stopping(id) : ModelClosedException.whileLoading(id));
  }

  private void drop(ModelId id, Executor executor, ModelClosedException reason) {
    ModelLoad dropped = loads.remove(id);
    if (dropped != null) {
      dropped.drop(executor, reason);
    }
  }

  /** Drops the models with these names, also while they are being loaded. */
  public void drop(Predicate<String> names) {
    loads.keySet().stream().filter(id -> names.test(id.value())).forEach(this::drop);
  }

  /** Whether the node is stopping. */
  boolean isClosed() {
    return closed;
  }

  /** What this node did with each model since it started, by name. */
  public List<ModelStats> stats() {
    List<ModelStats> stats = new ArrayList<>();
    counters
        .byName()
        .forEach(
            (id, counted) -> {
              LoadedModel model = loaded(id);
              stats.add(counted.stats(id, model == null ? null : model.inMemory()));
            });
    return stats;
  }

  /** Where ONNX Runtime's native libraries are, and whether they could be loaded. */
  public NativeLibraries libraries() {
    return libraries;
  }

  /** The bytes that are taken of {@link ModelSettings#CACHE_MEMORY}. */
  long cacheMemoryTaken() {
    return memory.taken();
  }

  /** Closes the loaded models; a load that still runs closes its own when it ends. */
  @Override
  public void close() {
    closed = true;
    drop(name -> true);
  }
}
