// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.util.concurrent.AbstractRunnable;
import org.elasticsearch.core.Releasable;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.ModelCounters.NodeCounters;
import org.semantichash.plugin.models.ModelMemory.CacheMemory;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelSource.ModelChangedException;
import org.semantichash.plugin.models.ModelSource.ModelFile;

/**
 * Finds, reads and opens models, each file once for all names that are loaded at the same time or
 * later. A load that is dropped under every name stops at its next step, which is also the next
 * chunk of its file, and gives its memory back.
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

  /** What is in memory or on its way there, by the digests of the files. */
  private final ConcurrentMap<String, SharedLoad> shared = new ConcurrentHashMap<>();

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
              if (attempts > 1 && isWorthAnother(load, e)) {
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
              load.id(),
              load::hindered,
              l.delegateFailureAndWrap((found, file) -> load(load, cache, file, found)));
        });
  }

  /** The file was changed, or what this load would have shared is gone. */
  private static boolean isWorthAnother(ModelLoad load, Exception e) {
    return e instanceof ModelChangedException
        || (e instanceof ModelClosedException && load.hasEnded() == false);
  }

  private void load(
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
    SharedLoad opening = shared(file.digest());
    opening.join(
        load,
        outcome.map(
            open -> {
              if (open.retain() == false) {
                throw ModelClosedException.whileLoading(id);
              }
              return new LoadedModel(id, file.place(), open, counted, limits);
            }));
    if (opening.begin()) {
      ActionListener.run(opening, l -> read(load, cache, file, opening, l));
    }
  }

  private SharedLoad shared(String digest) {
    return digest == null
        ? new SharedLoad(null)
        : shared.compute(
            digest, (d, other) -> other == null || other.isOver() ? new SharedLoad(d) : other);
  }

  /** One file that is being opened, and the model it gave, for all the names it is loaded under. */
  private final class SharedLoad implements ActionListener<OpenModel> {

    private final String digest;
    private final SubscribableListener<OpenModel> outcome = new SubscribableListener<>();
    private final Set<ModelLoad> joined = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile OpenModel open;

    /**
     * Not begun.
     *
     * @param digest of the file; null when nobody else can know that it is this one
     */
    SharedLoad(String digest) {
      this.digest = digest;
    }

    void join(ModelLoad load, ActionListener<OpenModel> listener) {
      if (open == null) { // an open model needs no waiters
        joined.add(load);
      }
      outcome.addListener(listener);
    }

    /** True for the caller that opens the file. */
    boolean begin() {
      return begun.compareAndSet(false, true);
    }

    boolean isOver() {
      return open != null && open.isClosed();
    }

    /**
     * Goes on while one of its names has not been dropped.
     *
     * @throws ModelClosedException when all have
     */
    void requireWanted(ModelId id) {
      if (joined.stream().allMatch(ModelLoad::hasEnded)) {
        throw ModelClosedException.whileLoading(id);
      }
    }

    @Override
    public void onResponse(OpenModel model) {
      open = model;
      model.whenClosed(this::forget);
      joined.clear();
      outcome.onResponse(model);
      model.release(); // its names have it now
    }

    @Override
    public void onFailure(Exception e) {
      forget(); // before a waiter is told, so that its retry opens the file again
      outcome.onFailure(e);
    }

    private void forget() {
      if (digest != null) {
        shared.remove(digest, this);
      }
    }
  }

  private void read(
      ModelLoad load,
      CacheMemory cache,
      ModelFile file,
      SharedLoad opening,
      ActionListener<OpenModel> listener) {
    ModelId id = load.id();
    opening.requireWanted(id);
    var memory =
        new ModelMemory(id, file.length(), cache.new CacheShare(id, file.length()), breaker);
    Runnable stillWanted = () -> opening.requireWanted(id);
    long start = System.nanoTime();
    ActionListener.run(
        orFree(memory, listener),
        l ->
            file.read(
                stillWanted,
                l.delegateFailureAndWrap(
                    (read, bytes) ->
                        threads
                            .executor()
                            .execute(
                                ActionRunnable.supply(
                                    read, () -> open(id, bytes, memory, stillWanted, start))))));
  }

  private static <T> ActionListener<T> orFree(Releasable memory, ActionListener<T> listener) {
    return listener.delegateResponse(
        (l, e) -> {
          memory.close();
          l.onFailure(e);
        });
  }

  private OpenModel open(
      ModelId id, byte[] file, ModelMemory memory, Runnable stillWanted, long start) {
    stillWanted.run();
    EncoderModel read = ModelOpener.read(id, file);
    ModelOpener opening = new ModelOpener(libraries, memory);
    OpenModel model = opening.open(id, read, stillWanted);
    counters.of(id).loaded(System.nanoTime() - start);
    logger.info(
        "loaded model [{}] of [{}] bits, digest [{}]", id, model.hasher().bits(), model.digest());
    later(() -> opening.verifyInUse(id, read, model, breaker));
    return model;
  }

  /** Runs work that nobody waits for; drops it when the node stops. */
  private void later(Runnable work) {
    threads
        .executor()
        .execute(
            new AbstractRunnable() {
              @Override
              protected void doRun() {
                work.run();
              }

              @Override
              public void onFailure(Exception e) {
                logger.debug("a model that is in use was not checked", e);
              }
            });
  }
}
