// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.common.util.concurrent.DeterministicTaskQueue;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.plugin.models.ModelId;

public class ModelChangesTests extends ESTestCase {

  /** A client whose nodes answer, or cannot be reached. */
  private static final class Nodes extends NoOpClient {

    private final Exception failure;

    Nodes(ThreadPool threadPool, Exception failure) {
      super(threadPool);
      this.failure = failure;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <A extends ActionRequest, R extends ActionResponse> void doExecute(
        ActionType<R> action, A request, ActionListener<R> listener) {
      if (failure == null) {
        listener.onResponse((R) new NodesModelStats(ClusterName.DEFAULT, List.of(), List.of()));
      } else {
        listener.onFailure(failure);
      }
    }
  }

  /** Who throws when it is told must not be told again. */
  public void testAListenerIsToldOnce() {
    for (Exception failure : new Exception[] {null, new IllegalStateException("no node")}) {
      DeterministicTaskQueue tasks = new DeterministicTaskQueue();
      AtomicInteger told = new AtomicInteger();
      ModelChanges.tellNodes(
          new Nodes(tasks.getThreadPool(), failure),
          List.of(new ModelId("news")),
          ActionListener.running(
              () -> {
                told.incrementAndGet();
                throw new UnsupportedOperationException("from the listener");
              }));
      expectThrows(Throwable.class, tasks::runAllTasks);
      assertThat(told.get(), equalTo(1));
    }
  }
}
