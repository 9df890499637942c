// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.semantichash.trainer.cluster.Rest;

/** A job that looks for near-duplicates within the cluster. */
public final class DuplicateJob {

  private static final int PAGE = 100;

  private final Rest cluster;
  private final String path;
  private final String id;
  private final Duration pause;

  private DuplicateJob(Rest cluster, String path, String id, Duration pause) {
    this.cluster = cluster;
    this.path = path;
    this.id = id;
    this.pause = pause;
  }

  /**
   * Starts a job, and does not wait for it.
   *
   * @param index names or patterns of indices, with commas between them
   * @param body of the request
   */
  public static DuplicateJob start(Rest cluster, String index, JsonNode body) {
    return start(cluster, index, body, Duration.ofMillis(500));
  }

  static DuplicateJob start(Rest cluster, String index, JsonNode body, Duration pause) {
    String jobs = encoded(index) + "/_semantic_hash/near_duplicates";
    JsonNode answer = cluster.ask("POST", jobs + "?wait_for_completion=false", body);
    String id = answer.path("id").asText();
    return new DuplicateJob(cluster, jobs + "/" + encoded(id), id, pause);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Waits until the job has ended; cancelling deletes it, which the rights of its owner allow.
   *
   * @param running gets the status of the running job, which may be empty
   * @param cancelled whether the job shall be cancelled
   * @return what it has found; empty when it was cancelled
   * @throws IllegalStateException when it failed, with the cluster's reason
   */
  public Optional<DuplicateSummary> await(Consumer<String> running, BooleanSupplier cancelled) {
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
          if (cancelled.getAsBoolean()) {
            forget();
            return Optional.empty();
          }
          running.accept(status(answer));
          sleep();
        }
        default -> throw new IllegalStateException(failure(state, answer));
      }
    }
  }

  private String failure(String state, JsonNode answer) {
    String reason = answer.path("reason").asText();
    return "job [" + id + "] must end as [completed], got [" + state + "]: " + reason;
  }

  private static String status(JsonNode answer) {
    List<String> parts = new ArrayList<>();
    answer
        .path("status")
        .properties()
        .forEach(part -> parts.add(part.getKey() + " " + part.getValue().asText()));
    return String.join(", ", parts);
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
    return cluster.ask("GET", path + "?from=" + from + "&size=" + size);
  }

  /** Frees what the cluster keeps of the job, and ends it when it runs. */
  public void forget() {
    cluster.askUnless(Set.of(404), "DELETE", path); // expired, or deleted by another client
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
