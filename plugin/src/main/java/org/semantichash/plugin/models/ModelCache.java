// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.util.concurrent.EsExecutors;

/**
 * The models in memory, each loaded once for all who ask while it is being loaded. When they take
 * too much memory, those go that were not used for longest; a model that is in use stays.
 */
final class ModelCache implements Closeable {

  private static final Logger logger = LogManager.getLogger(ModelCache.class);

  private final ModelLoader loader;
  private final NodeCounters counters;
  private final ModelThreads threads;
  private final CacheMemory memory;
  private final ConcurrentMap<ModelId, ModelLoad> loads = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ModelCache(ModelLoader loader, ModelLimits limits, ModelThreads threads, NodeCounters counters) {
    this.loader = loader;
    this.counters = counters;
    this.threads = threads;
    this.memory = new CacheMemory(limits::cacheBytes, this::evictOne);
  }

  /** The model if it is in memory, counted as a hit, else null. */
  LoadedModel used(ModelId id) {
    LoadedModel loaded = loaded(id);
    if (loaded != null) {
      loaded.hit();
    }
    return loaded;
  }

  /** As {@link LoadedModels#model}. */
  void get(ModelId id, ActionListener<LoadedModel> listener) {
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
      drop(id); // the one who closed may not have seen it
    }
    if (load.begin()) {
      loader.load(
          load,
          memory,
          ActionListener.wrap(
              load::succeed,
              e -> {
                // Forgotten before anybody hears of it, so that who tries again starts a new load.
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

  /** The models in memory. */
  List<LoadedModel> loaded() {
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

  /** Drops models until the limit is kept to. */
  void trim() {
    memory.trim();
  }

  /** Lets go of this model; false if it is not, or no longer, this one. */
  boolean drop(LoadedModel model) {
    boolean forgotten = forget(model);
    if (forgotten) {
      model.close();
    }
    return forgotten;
  }

  /** Lets go of a model, also while it is being loaded; the next one to ask loads it again. */
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

  /** Lets go of the models with these names. */
  void drop(Predicate<String> names) {
    loads.keySet().stream().filter(id -> names.test(id.value())).forEach(this::drop);
  }

  /** Whether the node is stopping. */
  boolean isClosed() {
    return closed;
  }

  /** The bytes that are taken of the limit. */
  long memoryTaken() {
    return memory.taken();
  }

  /** Closes the loaded models; a load that still runs closes its own when it ends. */
  @Override
  public void close() {
    closed = true;
    drop(name -> true);
  }
}
