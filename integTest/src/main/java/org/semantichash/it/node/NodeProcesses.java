// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.it.http.Http;

/** The servers of a cluster, as far as they run. */
final class NodeProcesses {

  private static final int START_SECONDS = 240;
  private static final int PAUSE_MILLIS = 250;
  private static final String HEAP = "512m";

  private final Distribution distribution;
  private final List<NodeProcess> running = new ArrayList<>();

  /** None runs yet. */
  NodeProcesses(Distribution distribution) {
    this.distribution = distribution;
  }

  /** Starts them; they are not ready yet. */
  void start(List<NodeHome> homes) throws IOException {
    for (NodeHome home : homes) {
      running.add(NodeProcess.start(home, distribution, HEAP));
    }
  }

  /** Starts one that has ended. */
  void startAgain(int node, NodeHome home) throws IOException {
    running.set(node, NodeProcess.start(home, distribution, HEAP));
  }

  /** Ends one at once, as a crash would. */
  void kill(int node) {
    running.get(node).kill();
  }

  /** Stops one in its own way. */
  void stop(int node) {
    running.get(node).close();
  }

  /** Stops them all at the same time. */
  void stop() {
    running.parallelStream().forEach(NodeProcess::close);
    running.clear();
  }

  /** All processes of the servers. */
  List<ProcessHandle> handles() {
    return running.stream().flatMap(process -> process.processes().stream()).toList();
  }

  /**
   * Waits until all are in one cluster and every shard that can be is started.
   *
   * @throws IllegalStateException when a server ends, or it takes too long
   */
  void awaitReady(Http http) {
    long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (isReady(http) == false) {
      for (NodeProcess process : running) {
        if (process.isAlive() == false) {
          throw new IllegalStateException("a node ended while it started:\n" + process.tail());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no answer after [" + START_SECONDS + "] seconds:\n" + running.get(0).tail());
      }
      pause();
    }
  }

  private boolean isReady(Http http) {
    String wish =
        "/_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true"
            + "&timeout=5s&wait_for_nodes="
            + running.size();
    try {
      return http.get(wish).status() == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node started", e);
    }
  }
}
