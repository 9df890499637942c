// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.Transports;

/** Asynchronous calls that the thread of a search waits for, until its task is cancelled. */
final class BlockingCalls {

  private final CancellableTask task;
  private volatile CompletableFuture<?> current = new CompletableFuture<>();

  BlockingCalls(CancellableTask task) {
    this.task = task;
    task.addListener(() -> task.notifyIfCancelled(listener(current, late -> {})));
  }

  /** Waits for what a call answers; its failure is thrown. */
  <T> T await(Consumer<ActionListener<T>> call) {
    return await(call, late -> {});
  }

  /**
   * The same.
   *
   * @param late takes a response that comes after the wait has ended, to release what it holds
   */
  <T> T await(Consumer<ActionListener<T>> call, Consumer<T> late) {
    CompletableFuture<T> future = new CompletableFuture<>();
    current = future;
    task.ensureNotCancelled(); // as the listener may have missed this future
    call.accept(listener(future, late));
    return get(future);
  }

  /** The same, whether or not anything is cancelled. */
  static <T> T awaitUncancelled(Consumer<ActionListener<T>> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    call.accept(listener(future, late -> {}));
    return get(future);
  }

  /** Waits some time; not longer than until the task is cancelled. */
  void pause(TimeValue time, ThreadPool threadPool) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    current = future;
    if (task.isCancelled() == false) {
      threadPool.schedule(() -> future.complete(null), time, threadPool.generic());
      future.exceptionally(cancelled -> null).join();
    }
  }

  private static <T> ActionListener<T> listener(CompletableFuture<T> future, Consumer<T> late) {
    return ActionListener.wrap(
        answer -> {
          if (future.complete(answer) == false) {
            late.accept(answer);
          }
        },
        future::completeExceptionally);
  }

  private static <T> T get(CompletableFuture<T> future) {
    assert Transports.assertNotTransportThread("it waits");
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ElasticsearchException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the node is closing", e);
    }
  }
}
