/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/** A job that looks for near-duplicates within the cluster. */
public final class DuplicateJob {

  private static final int PAGE = 100;

  private final Rest cluster;
  private final String id;
  private final String task;
  private final Duration pause;

  /** Hears how a job goes. */
  public interface Watcher {

    /** The job still runs; the cluster says this about it, which may be nothing. */
    void running(String status);

    /** Whether the job shall be cancelled. */
    boolean isCancelled();
  }

  private DuplicateJob(Rest cluster, String id, String task, Duration pause) {
    this.cluster = cluster;
    this.id = id;
    this.task = task;
    this.pause = pause;
  }

  /** Starts a job, and does not wait for it. */
  public static DuplicateJob start(Rest cluster, DuplicateSearch search) {
    return start(cluster, search, Duration.ofMillis(500));
  }

  static DuplicateJob start(Rest cluster, DuplicateSearch search, Duration pause) {
    JsonNode answer = cluster.post(search.path() + "?wait_for_completion=false", search.body());
    return new DuplicateJob(
        cluster, answer.path("id").asText(), answer.path("task").asText(), pause);
  }

  /**
   * Waits until the job has ended; a wish to cancel cancels its task.
   *
   * @return what it has found; empty when it was cancelled
   * @throws IllegalStateException when it failed, with the cluster's reason
   */
  public Optional<DuplicateSummary> await(Watcher watcher) {
    boolean cancelled = false;
    while (true) {
      JsonNode answer = page(0, 1);
      String state = answer.path("state").asText();
      switch (state) {
        case "completed" -> {
          return Optional.of(DuplicateSummary.of(answer));
        }
        case "cancelled" -> {
          return Optional.empty();
        }
        case "running" -> {
          if (watcher.isCancelled() && cancelled == false) {
            cluster.ask("POST", "_tasks/" + task + "/_cancel");
            cancelled = true;
          }
          watcher.running(status());
          sleep();
        }
        default -> throw new IllegalStateException(failure(state, answer));
      }
    }
  }

  private String failure(String state, JsonNode answer) {
    JsonNode error = answer.path("error");
    String reason = error.isTextual() ? error.asText() : error.path("reason").asText();
    return "job [" + id + "] must end as [completed], got [" + state + "]: " + reason;
  }

  /** What the cluster says about the task, which not everybody may ask for. */
  private String status() {
    try {
      JsonNode told = cluster.ask("GET", "_tasks/" + task).path("task").path("status");
      List<String> parts = new ArrayList<>();
      told.properties().forEach(part -> parts.add(part.getKey() + " " + part.getValue().asText()));
      return String.join(", ", parts);
    } catch (ClusterException e) {
      return "";
    }
  }

  /**
   * Hands over every group, the largest first.
   *
   * @param sink says whether it wants more
   */
  public void forEachGroup(Predicate<DuplicateGroup> sink) {
    int from = 0;
    while (true) {
      JsonNode page = page(from, PAGE);
      JsonNode groups = page.path("groups");
      for (JsonNode group : groups) {
        if (sink.test(DuplicateGroup.of(group)) == false) {
          return;
        }
      }
      from += groups.size();
      if (groups.isEmpty() || from >= page.path("total_groups").asInt()) {
        return;
      }
    }
  }

  private JsonNode page(int from, int size) {
    return cluster.ask("GET", path() + "?from=" + from + "&size=" + size);
  }

  /** Frees what the cluster keeps of the job; what cannot be freed now is left to the cluster. */
  public void forget() {
    try {
      cluster.ask("DELETE", path());
    } catch (ClusterException e) {
      assert e.getMessage() != null; // nothing depends on it, and no other failure is to be hidden
    }
  }

  private String path() {
    return "_semantic_hash/near_duplicates/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private void sleep() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while job [" + id + "] runs", e);
    }
  }
}
