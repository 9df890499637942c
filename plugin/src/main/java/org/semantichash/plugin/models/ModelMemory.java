// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.Releasable;

/** The memory of one model: what the circuit breaker knows of it, and its share of the cache. */
final class ModelMemory implements Releasable {

  /** The file and the copy that is checked and given to ONNX Runtime are there at the same time. */
  private static final int COPIES_WHILE_LOADING = 2;

  private final CacheMemory.Share share;
  private final AccountedBytes accounted;

  /**
   * Takes what loading a file needs.
   *
   * @param length of the file
   * @param share of at least the file's length, closed with this; null for a model that is not kept
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException with status 429, and the
   *     share is closed, when the breaker has not so much left
   */
  ModelMemory(ModelId id, long length, CacheMemory.Share share, CircuitBreaker breaker) {
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
}
