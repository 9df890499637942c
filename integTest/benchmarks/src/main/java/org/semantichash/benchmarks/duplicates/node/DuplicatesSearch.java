// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;

/** A search of near-duplicates that has ended on a node. */
final class DuplicatesSearch {

  private static final String PATH = "/_semantic_hash/near_duplicates";
  private static final int PAGE = 10_000;
  private static final long POLL_MILLIS = 100;
  private static final long HOURS = 10;

  private final Http http;
  private final String path;
  private final JsonNode answer;

  private DuplicatesSearch(Http http, String path, JsonNode answer) {
    this.http = http;
    this.path = path;
    this.answer = answer;
  }

  /** Starts it and waits for its end. */
  static DuplicatesSearch run(Http http, String index, int maxDistance) throws IOException {
    Map<String, Object> body =
        Map.of("field", "code", "max_distance", maxDistance, "max_group_size", 1000);
    String id =
        http.post("/" + index + PATH + "?wait_for_completion=false", body)
            .ok()
            .body()
            .path("id")
            .asText();
    String path = "/" + index + PATH + "/" + id;
    JsonNode now;
    Deadline deadline = new Deadline("end of the search of [" + index + "]", HOURS * 3600);
    do {
      deadline.pause(POLL_MILLIS);
      now = http.get(path + "?size=0").ok().body();
    } while (now.path("state").asText().equals("running"));
    if (now.path("state").asText().equals("completed") == false) {
      throw new IllegalStateException("the search of [" + index + "] failed: " + now);
    }
    return new DuplicatesSearch(http, path, now);
  }

  /** How long the node says that it took. */
  double seconds() {
    return answer.path("took").asLong() / 1e3;
  }

  /** What it has found, page by page. */
  FoundDuplicates found() throws IOException {
    Map<Integer, Long> distances = new HashMap<>();
    answer
        .path("distances")
        .forEach(row -> distances.put(row.path("distance").asInt(), row.path("pairs").asLong()));
    Set<List<Integer>> groups = new HashSet<>();
    int total = answer.path("total_groups").asInt();
    for (int from = 0; from < total; from += PAGE) {
      for (JsonNode group :
          http.get(path + "?from=" + from + "&size=" + PAGE).ok().body().path("groups")) {
        groups.add(
            group
                .path("documents")
                .valueStream()
                .map(document -> Integer.valueOf(document.path("_id").asText()))
                .sorted()
                .toList());
      }
    }
    if (groups.size() != total) {
      throw new IllegalStateException(
          "pages must show [" + total + "] groups, got [" + groups.size() + "]");
    }
    return new FoundDuplicates(distances, groups);
  }

  /** Forgets it. */
  void delete() throws IOException {
    http.delete(path).ok();
  }
}
