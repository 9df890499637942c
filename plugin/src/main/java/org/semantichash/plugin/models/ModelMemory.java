// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.rest.RestStatus;

/** The memory of one model: what the circuit breaker knows of it, and its share of the cache. */
final class ModelMemory implements Releasable {

  /** The file and the copy that is checked and given to ONNX Runtime are there at the same time. */
  private static final int COPIES_WHILE_LOADING = 2;

  private final CacheMemory.CacheShare share;
  private final AccountedBytes accounted;

  /**
   * Takes what loading a file needs.
   *
   * @param length of the file
   * @param share of at least the file's length, closed with this; null for a model that is not kept
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException with status 429, and the
   *     share is closed, when the breaker has not so much left
   */
  ModelMemory(ModelId id, long length, CacheMemory.CacheShare share, CircuitBreaker breaker) {
    this.share = share;
    AccountedBytes taken = null;
    try {
      taken = new AccountedBytes(breaker, COPIES_WHILE_LOADING * length, "model [" + id + "]");
    } finally {
      if (taken == null) {
        closeShare();
      }
    }
    this.accounted = taken;
  }

  /**
   * Keeps what an open model has.
   *
   * @param bytes of its weights, on the heap or in ONNX Runtime's memory, and of its vocabulary
   * @throws org.elasticsearch.ElasticsearchException with status 429 when there is not so much left
   */
  void opened(long bytes) {
    if (share != null) {
      share.resizeTo(bytes);
    }
    accounted.resizeTo(bytes);
  }

  long bytes() {
    return accounted.bytes();
  }

  private void closeShare() {
    if (share != null) {
      share.close();
    }
  }

  /** Gives back all; a second call does nothing. */
  @Override
  public void close() {
    closeShare();
    accounted.close();
  }

  /**
   * The memory that the models of a node may take as long as they stay loaded. The circuit breaker
   * counts more: copies while a model is loaded, uploads, and checks of models that do not stay.
   */
  static final class CacheMemory {

    private final LongSupplier limit;

    /** Gives back some memory by dropping a model; false when there is none to drop. */
    private final BooleanSupplier evictOne;

    private long taken;

    /**
     * All is free.
     *
     * @param limit in bytes, which may change
     * @param evictOne gives back some memory before it returns, on the calling thread; false when
     *     no more can be given back
     */
    CacheMemory(LongSupplier limit, BooleanSupplier evictOne) {
      this.limit = limit;
      this.evictOne = evictOne;
    }

    /** The part of one model. */
    final class CacheShare implements Releasable {

      private final ModelId id;
      private long bytes;

      /**
       * Takes memory, dropping other models where need be.
       *
       * @throws ElasticsearchStatusException with status 429 when there is not so much
       */
      CacheShare(ModelId id, long bytes) {
        this.id = id;
        resizeTo(bytes);
      }

      /**
       * Takes more, or gives back some.
       *
       * @throws ElasticsearchStatusException with status 429, and it has as much as before, when
       *     there is not so much
       */
      void resizeTo(long size) {
        synchronized (CacheMemory.this) {
          if (size > bytes) {
            makeRoom(id, size, size - bytes);
          }
          taken += size - bytes;
          bytes = size;
          assert taken >= 0 && bytes >= 0 : taken + " " + bytes;
        }
      }

      /** Gives back all; a second call does nothing. */
      @Override
      public void close() {
        resizeTo(0);
      }
    }

    private void makeRoom(ModelId id, long size, long more) {
      assert Thread.holdsLock(this);
      long most = limit.getAsLong();
      if (size > most) {
        throw refused(id, size, "the limit is", most);
      }
      while (taken + more > most) {
        if (evictOne.getAsBoolean() == false) {
          throw refused(
              id,
              size,
              "models that are in use or being loaded have ["
                  + shown(taken - (size - more))
                  + "] of the limit of",
              most);
        }
      }
    }

    private static ElasticsearchStatusException refused(
        ModelId id, long size, String reason, long most) {
      return new ElasticsearchStatusException(
          String.format(
              Locale.ROOT,
              "model [%s] needs [%s] of memory, but %s [%s] (setting [%s])",
              id,
              shown(size),
              reason,
              shown(most),
              ModelSettings.CACHE_MEMORY.getKey()),
          RestStatus.TOO_MANY_REQUESTS);
    }

    /** In bytes too: sizes that differ by a byte must not look alike. */
    private static String shown(long bytes) {
      return ByteSizeValue.ofBytes(bytes) + "/" + bytes + "b";
    }

    /** Drops models until the others keep to the limit, which may have been lowered. */
    synchronized void trim() {
      while (taken > limit.getAsLong() && evictOne.getAsBoolean()) {
        // once more
      }
    }

    synchronized long taken() {
      return taken;
    }
  }

  /** The memory of one model that a circuit breaker knows of. */
  static final class AccountedBytes implements Releasable {

    private final CircuitBreaker breaker;
    private final String what;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Accounts memory before it is used.
     *
     * @param bytes how much
     * @param what the name of it, for the message
     * @throws CircuitBreakingException with status 429 when there is not so much left
     */
    AccountedBytes(CircuitBreaker breaker, long bytes, String what) {
      this.breaker = breaker;
      this.what = what;
      resizeTo(bytes);
    }

    /**
     * Accounts more, or gives back some.
     *
     * @throws CircuitBreakingException with status 429, and as much as before is accounted, when
     *     there is not so much left
     */
    void resizeTo(long size) {
      long more = size - bytes.get();
      if (more > 0) {
        breaker.addEstimateBytesAndMaybeBreak(more, what);
        bytes.addAndGet(more);
      } else {
        breaker.addWithoutBreaking(size - bytes.getAndSet(size));
      }
    }

    long bytes() {
      return bytes.get();
    }

    /** Gives back all; a second call does nothing. */
    @Override
    public void close() {
      resizeTo(0);
    }
  }
}
