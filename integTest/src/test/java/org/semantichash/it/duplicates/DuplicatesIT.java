// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** Near-duplicates of indices that lie on three nodes. The last tests stop nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DuplicatesIT {

  private static final long SEED = 20_261_121;
  private static final int BULK = 5000;
  private static final int TRIES = 20;
  private static final long WAIT_SECONDS = 120;
  private static final String RESULTS = "/_semantic_hash/near_duplicates";

  private final PlantedCodes first = new PlantedCodes(6000, .4, SEED);
  private final PlantedCodes many = new PlantedCodes(80_000, 0, SEED + 1);

  private Cluster cluster;
  private String stored; // the path of a result

  @BeforeAll
  void start() throws IOException {
    cluster = Cluster.start("near-duplicates", 3, Distribution.ofBuild().quickStart());
    create("first-0", 3, 1);
    create("first-1", 2, 0);
    create("many", 3, 1);
    List<String> ids = new ArrayList<>(first.all().keySet());
    add("first-0", first, ids.subList(0, 3000));
    add("first-1", first, ids.subList(3000, 6000));
    add("many", many, new ArrayList<>(many.all().keySet()));
    SplittableRandom random = new SplittableRandom(SEED + 2);
    List<String> deleted = ids.stream().filter(id -> random.nextInt(10) == 0).toList();
    for (String index : List.of("first-0", "first-1")) {
      StringBuilder lines = new StringBuilder();
      for (String id : deleted) {
        lines.append("{\"delete\":{\"_id\":\"").append(id).append("\"}}\n");
      }
      bulk(index, lines);
    }
    first.remove(deleted);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private void create(String index, int shards, int replicas) throws IOException {
    Map<String, Object> settings =
        Map.of("index.number_of_shards", shards, "index.number_of_replicas", replicas);
    Map<String, Object> code = Map.of("type", "hash_code", "bits", PlantedCodes.BITS);
    Map<String, Object> mappings = Map.of("properties", Map.of("code", code));
    cluster.http().put("/" + index, Map.of("settings", settings, "mappings", mappings)).ok();
    cluster.http().get("/_cluster/health/" + index + "?wait_for_status=green&timeout=60s").ok();
  }

  private void add(String index, PlantedCodes codes, List<String> ids) throws IOException {
    for (int from = 0; from < ids.size(); from += BULK) {
      StringBuilder lines = new StringBuilder();
      for (String id : ids.subList(from, Math.min(ids.size(), from + BULK))) {
        String code = PlantedCodes.hex(codes.all().get(id));
        lines.append("{\"index\":{\"_id\":\"").append(id).append("\"}}\n{\"code\":\"");
        lines.append(code).append("\"}\n");
      }
      bulk(index, lines);
    }
  }

  private void bulk(String index, StringBuilder lines) throws IOException {
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    cluster.http().bulk("/" + index + "/_bulk?filter_path=errors&refresh=true", body).ok();
  }

  private static Map<String, Object> search(int maxDistance) {
    return Map.of("field", "code", "max_distance", maxDistance, "linkage", "single");
  }

  private JsonNode find(String index, int maxDistance, String parameters) throws IOException {
    String path = "/" + index + RESULTS + "?" + parameters;
    return cluster.http().post(path, search(maxDistance)).ok().body();
  }

  /**
   * Begins a search that is stored.
   *
   * @return the path of its result
   */
  private String begin(String index, int maxDistance) throws IOException {
    JsonNode begun = find(index, maxDistance, "wait_for_completion=false");
    return result(index, begun);
  }

  private static String result(String index, JsonNode begun) {
    return "/" + index + RESULTS + "/" + begun.path("id").asText();
  }

  private JsonNode get(String result, String parameters) throws IOException {
    return cluster.http().get(result + parameters).ok().body();
  }

  private static Map<Integer, Long> distances(JsonNode answer) {
    Map<Integer, Long> distances = new TreeMap<>();
    answer
        .path("distances")
        .forEach(d -> distances.put(d.path("distance").asInt(), d.path("pairs").asLong()));
    return distances;
  }

  private List<List<String>> groups(JsonNode answer) {
    List<List<String>> groups = new ArrayList<>();
    for (JsonNode group : answer.path("groups")) {
      List<String> members = members(group);
      assertEquals(members.getFirst(), group.path("keep").asText());
      groups.add(members);
    }
    return groups;
  }

  /** The documents of a group, sorted; each must be as far from the first one as it says. */
  private List<String> members(JsonNode group) {
    List<String> members = new ArrayList<>();
    for (JsonNode document : group.path("documents")) {
      String id = document.path("_id").asText();
      members.add(id);
      assertEquals(first.distance(members.getFirst(), id), document.path("distance").asInt(), id);
    }
    members.sort(null);
    return members;
  }

  @Test
  @Order(1)
  void allPairsOfAllShardsAreFound() throws IOException {
    for (int max : List.of(0, 3)) {
      JsonNode answer = find("first-*", max, "size=10000");
      assertEquals("completed", answer.path("state").asText());
      assertEquals(first.all().size(), answer.path("documents").asInt());
      assertEquals(first.distances(max), distances(answer));
      List<List<String>> groups = groups(answer);
      assertEquals(new HashSet<>(first.components(max)), new HashSet<>(groups));
      assertEquals(groups.size(), answer.path("total_groups").asInt());
      assertTrue(answer.path("id").isMissingNode(), "nothing is stored that is shown");
    }
  }

  @Test
  @Order(2)
  void anyNodeShowsPages() throws Exception {
    stored = begin("first-*", 3);
    awaitEnd(stored);
    JsonNode all = get(stored, "?size=10000");
    List<JsonNode> paged = new ArrayList<>();
    int total = all.path("total_groups").asInt();
    for (int from = 0; from < total; from += 37) {
      get(stored, "?from=" + from + "&size=37").path("groups").forEach(paged::add);
    }
    List<JsonNode> expected = new ArrayList<>();
    all.path("groups").forEach(expected::add);
    assertEquals(expected, paged);
    String other = result("first-0", find("first-0", 1, "size=0"));
    cluster.http().delete(other).ok();
    assertEquals(404, cluster.http().get(other).status());
  }

  @Test
  @Order(3)
  void aRunningSearchIsCancelled() throws Exception {
    assertTrue(isCancelled(), "all searches ended too soon");
    assertFalse(await("many", 0).path("total_groups").isMissingNode());
    awaitNothingOpen();
  }

  /** The next sweep is an hour away. */
  @Test
  @Order(2)
  void aResultWhoseTimeIsOverIsNotListed() throws Exception {
    JsonNode found = find("many", 3, "wait_for_completion=false&keep_alive=1s");
    String id = found.path("id").asText();
    assertFalse(id.isEmpty(), found.toString());
    String result = result("many", found);
    for (int i = 0; i < 600 && cluster.http().get(result).status() != 404; i++) {
      Thread.sleep(100);
    }
    assertEquals(404, cluster.http().get(result).status());
    assertFalse(cluster.http().get(RESULTS).ok().body().toString().contains(id), id);
  }

  /** A search may be done before it is cancelled; then the next is tried. */
  private boolean isCancelled() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      JsonNode begun = find("many", 16, "wait_for_completion=false");
      String id = result("many", begun);
      String task = begun.path("task").asText();
      JsonNode shown = cluster.http().get("/_tasks/" + task).ok().body().path("task");
      assertEquals("semantic_hash_near_duplicates", kind(shown), shown.toString());
      long start = System.nanoTime();
      cluster.http().post("/_tasks/" + task + "/_cancel");
      JsonNode ended = awaitEnd(id);
      if (ended.path("state").asText().equals("cancelled")) {
        System.out.println(
            "DuplicatesIT: cancelled after [" + (System.nanoTime() - start) / 1_000_000 + "] ms");
        return true;
      }
    }
    return false;
  }

  private static String kind(JsonNode task) {
    return task.path("status").has("phase") && task.path("cancellable").asBoolean()
        ? "semantic_hash_near_duplicates"
        : "something else";
  }

  private JsonNode await(String index, int maxDistance) throws Exception {
    return awaitEnd(begin(index, maxDistance));
  }

  private JsonNode awaitEnd(String id) throws IOException {
    Deadline deadline = new Deadline("end of the search [" + id + "]", WAIT_SECONDS);
    JsonNode now = get(id, "");
    while (now.path("state").asText().equals("running")) {
      deadline.pause(20);
      now = get(id, "");
    }
    return now;
  }

  private void awaitNothingOpen() throws Exception {
    Deadline.await(
        "search contexts and memory given back", WAIT_SECONDS, () -> openAndReserved() <= 0);
  }

  private long openAndReserved() throws IOException {
    long sum = 0;
    JsonNode nodes = cluster.http().get("/_nodes/stats/indices,breaker").ok().body().path("nodes");
    for (JsonNode node : nodes) {
      sum += node.path("indices").path("search").path("open_contexts").asLong();
      sum += node.path("breakers").path("request").path("estimated_size_in_bytes").asLong();
    }
    return sum;
  }

  @Test
  @Order(4)
  void wrongRequestsSayWhy() throws IOException {
    Http http = cluster.http();
    assertEquals(404, http.post("/nix" + RESULTS, search(1)).status());
    Reply wrong = http.post("/first-0" + RESULTS, Map.of("field", "_id"));
    assertEquals(400, wrong.status());
    assertTrue(wrong.reason().contains("field [_id] of index [first-0]"), wrong.reason());
    assertEquals(400, http.post("/first-0" + RESULTS + "?nix=1", search(1)).status());
    assertEquals(404, http.get("/first-0" + RESULTS + "/nix").status());
  }

  /** Also when shards are put together by and by. */
  @Test
  @Order(5)
  void anAggregationFindsTheSameGroups() throws IOException {
    for (int max : List.of(0, 3)) {
      Map<String, Object> options = new HashMap<>(search(max));
      options.put("size", 10_000);
      Map<String, Object> groups = Map.of("groups", Map.of("near_duplicates", options));
      for (int batch : List.of(2, 512)) {
        String path = "/first-*/_search?batched_reduce_size=" + batch;
        Reply reply = cluster.http().post(path, Map.of("size", 0, "aggs", groups)).ok();
        assertEquals(5, reply.body().path("_shards").path("successful").asInt());
        JsonNode found = reply.body().path("aggregations").path("groups");
        List<List<String>> members = new ArrayList<>();
        found.path("groups").forEach(group -> members.add(members(group)));
        assertEquals(new HashSet<>(first.components(max)), new HashSet<>(members));
        assertEquals(members.size(), found.path("total_groups").asInt());
      }
    }
  }

  @Test
  @Order(6)
  void aSearchWhoseNodeIsKilledHasFailed() throws Exception {
    JsonNode begun = find("many", 18, "wait_for_completion=false");
    String node = begun.path("task").asText().split(":", 2)[0];
    String name =
        cluster
            .http()
            .get("/_nodes/" + node)
            .ok()
            .body()
            .path("nodes")
            .path(node)
            .path("name")
            .asText();
    cluster.kill(Integer.parseInt(name.replace("node-", "")));
    JsonNode ended = awaitAnswer(result("many", begun));
    assertEquals("failed", ended.path("state").asText(), ended.toString());
  }

  /** The nodes that are left need some time to agree, and answer with errors until then. */
  private JsonNode awaitAnswer(String id) {
    Deadline deadline = new Deadline("answer of the nodes that are left", WAIT_SECONDS);
    while (true) {
      try {
        return awaitEnd(id);
      } catch (IOException | IllegalStateException e) {
        deadline.pause(500);
      }
    }
  }

  @Test
  @Order(7)
  void aResultSurvivesARestart() throws IOException {
    cluster.restart();
    assertEquals(
        new HashSet<>(first.components(3)), new HashSet<>(groups(get(stored, "?size=10000"))));
    cluster.http().delete(stored).ok();
  }
}
