// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Rest;

/** A cluster with one job [j 1]. */
final class FakeJob implements Rest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB = "/_semantic_hash/near_duplicates/j+1";

  /** The path of the index that was searched, and so of the job. */
  private String index;

  /** The states that asking for the job gives, one after the other; the last one stays. */
  final List<String> states = new ArrayList<>(List.of("completed"));

  /** Every request, as [METHOD path]. */
  final List<String> requests = new ArrayList<>();

  final List<Object> groups = new ArrayList<>();
  JsonNode searched;

  void addGroup(int number) {
    Map<String, Object> kept = Map.of("_index", "news", "_id", "a" + number, "distance", 0);
    Map<String, Object> other = Map.of("_index", "news", "_id", "b" + number, "distance", 2);
    groups.add(
        Map.of("size", 2, "diameter", 2, "keep", "a" + number, "documents", List.of(other, kept)));
  }

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    String request = method + " " + path;
    requests.add(request);
    if (method.equals("POST") && path.contains("/_semantic_hash/near_duplicates?")) {
      searched = body;
      index = path.substring(0, path.indexOf('/'));
      return JSON.valueToTree(Map.of("id", "j 1"));
    }
    if (request.startsWith("GET " + index + JOB + "?")) {
      return JSON.valueToTree(page(path));
    }
    if (request.equals("DELETE " + index + JOB)) {
      return JSON.createObjectNode();
    }
    throw new AssertionError("unexpected request " + request);
  }

  private Object page(String path) {
    int from = number(path, "from=");
    int to = Math.min(groups.size(), from + number(path, "size="));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("state", states.size() > 1 ? states.removeFirst() : states.getFirst());
    answer.put("reason", "no memory");
    answer.put("status", Map.of("pairs", 12));
    answer.put("documents", 1000);
    answer.put("distances", List.of(Map.of("distance", 2, "pairs", groups.size())));
    answer.put("total_groups", groups.size());
    answer.put("groups", from < to ? groups.subList(from, to) : List.of());
    return answer;
  }

  private static int number(String path, String name) {
    return Integer.parseInt(path.split(name, 2)[1].split("&", 2)[0]);
  }

  @Override
  public JsonNode bulk(String path, String operations) {
    throw new AssertionError("unexpected bulk request");
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    throw new AssertionError(path);
  }
}
