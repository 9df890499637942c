// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.semantichash.trainer.cluster.ClusterException;

/** Waits for what another thread does. */
final class Finished {

  private Finished() {}

  /** What it gives, or the exception that it ended with. */
  static <T> T of(Future<T> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }
}
