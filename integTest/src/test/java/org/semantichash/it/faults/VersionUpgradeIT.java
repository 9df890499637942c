// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * A cluster of an older release of Elasticsearch, with the plugin for it, moves up node by node,
 * and by snapshot: the same codes, hits and groups at every step. Needs a second server and zip, so
 * only the profile [older] runs it.
 */
@EnabledIfSystemProperty(named = "semantichash.older", matches = ".+")
class VersionUpgradeIT {

  private static final int NODES = 3;
  private static final int BULKS = 20;
  private static final int ATTEMPTS = 120;
  private static final long PAUSE_NANOS = 500_000_000L;
  private static final String INDEX = "moved";
  private static final String SNAPSHOT = "/_snapshot/files/before";

  private final Distribution newer = Distribution.ofBuild().quickStart();
  private final Distribution older =
      newer.withServer(
          Path.of(System.getProperty("semantichash.older", "")),
          Path.of(System.getProperty("semantichash.older.plugin", "")));
  private Cluster cluster;
  private HashedTexts hashed;
  private AcknowledgedTexts texts;

  @Test
  void codesHitsAndGroupsStayTheSame() throws IOException {
    long seed = System.nanoTime();
    System.out.println("version upgrade: seed " + seed);
    try (Cluster started = Cluster.start("versions", NODES, older)) {
      cluster = started;
      hashed = HashedTexts.create(cluster.http(), INDEX);
      texts = hashed.texts(seed);
      write();
      String old = versions(cluster.http()).iterator().next();
      Map<String, Set<String>> before = answers(cluster.http());
      before.forEach((request, answer) -> assertTrue(answer.size() > 3, request + answer));
      takeSnapshot();
      for (int node = 0; node < NODES; node++) {
        upgrade(node);
        assertEquals(node < NODES - 1 ? 2 : 1, versions(cluster.http()).size());
        for (int asked = 0; asked < NODES; asked++) {
          try (Http one = cluster.http(asked)) {
            awaitAnswer(one);
            assertEquals(before, answers(one), "node [" + asked + "], [" + node + "] upgraded");
          }
        }
      }
      assertTrue(versions(cluster.http()).contains(old) == false, old);
      restoreSnapshot();
      assertEquals(before, answers(cluster.http()), "restored");
      texts.bulk(cluster.http());
      assertEquals(Map.of(), hashed.lost(cluster.http(), texts));
    }
  }

  private void write() throws IOException {
    for (int bulk = 0; bulk < BULKS; bulk++) {
      texts.bulk(cluster.http());
    }
    // Some texts twice, so that there are near-duplicates.
    int copies = 0;
    for (String text : texts.byId().values().stream().sorted().limit(10).toList()) {
      String path = "/" + INDEX + "/_doc/copy-" + copies++ + "?pipeline=" + INDEX;
      cluster.http().put(path, Map.of("text", text)).ok();
    }
    assertEquals(Map.of(), hashed.lost(cluster.http(), texts));
    assertEquals(BULKS * 50, texts.byId().size());
  }

  private static Set<String> versions(Http http) throws IOException {
    Set<String> versions = new TreeSet<>();
    for (JsonNode node : http.get("/_nodes").ok().body().path("nodes")) {
      versions.add(node.path("version").asText());
    }
    return versions;
  }

  private void upgrade(int node) throws IOException {
    cluster.http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
    cluster.stop(node);
    cluster.replaceServer(node, newer);
    cluster.startAgain(node);
    cluster.http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
  }

  /** A node joins the cluster before it listens to clients. */
  private static void awaitAnswer(Http one) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        one.get("/_cluster/health").ok();
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    throw new IllegalStateException("the node does not answer");
  }

  /** What searches and a near-duplicate job find, by the name of the request. */
  private static Map<String, Set<String>> answers(Http http) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("text", hamming("text", "word1 word7 word9", Map.of("max_distance", 28)));
    all.put("code", hamming("code", "0123456789abcdef", Map.of("max_distance", 26)));
    all.put("like", hamming("like", Map.of("_index", INDEX, "_id", "copy-3"), Map.of("k", 10)));
    Map<String, Set<String>> answers = new TreeMap<>();
    for (Map.Entry<String, Object> request : all.entrySet()) {
      JsonNode answer = http.post("/" + INDEX + "/_search", body(request.getValue())).ok().body();
      assertEquals(0, answer.path("_shards").path("failed").asInt(), answer.toString());
      Set<String> hits = new TreeSet<>();
      for (JsonNode hit : answer.at("/hits/hits")) {
        String code = hit.path("fields").path("code").path(0).asText();
        hits.add(hit.path("_id").asText() + " " + hit.path("_score").asText() + " " + code);
      }
      answers.put(request.getKey(), hits);
    }
    answers.put("groups", groups(http));
    return answers;
  }

  private static Map<String, Object> hamming(String by, Object what, Map<String, Object> more) {
    Map<String, Object> query = new HashMap<>(more);
    query.put("field", "code");
    query.put(by, what);
    return Map.of("hamming", query);
  }

  private static Map<String, Object> body(Object query) {
    return Map.of("query", query, "size", 2000, "fields", List.of("code"), "_source", false);
  }

  private static Set<String> groups(Http http) throws IOException {
    JsonNode answer =
        http.post(
                "/" + INDEX + "/_semantic_hash/near_duplicates?size=10000",
                Map.of("field", "code", "max_distance", 2))
            .ok()
            .body();
    Set<String> groups = new TreeSet<>();
    for (JsonNode group : answer.path("groups")) {
      List<String> ids = new ArrayList<>();
      group.findValues("_id").forEach(id -> ids.add(id.asText()));
      groups.add(ids.stream().sorted().toList().toString());
    }
    return groups;
  }

  private void takeSnapshot() throws IOException {
    Map<String, Object> settings =
        Map.of("location", cluster.snapshots().resolve("files").toString());
    cluster.http().put("/_snapshot/files", Map.of("type", "fs", "settings", settings)).ok();
    JsonNode snapshot =
        cluster.http().put(SNAPSHOT + "?wait_for_completion=true", snapshotBody()).ok().body();
    assertEquals("SUCCESS", snapshot.path("snapshot").path("state").asText(), snapshot.toString());
  }

  private static Map<String, Object> snapshotBody() {
    List<String> features = List.of("semantic_hash");
    return Map.of("indices", INDEX, "include_global_state", false, "feature_states", features);
  }

  /** Index and model are gone before, so that both come from the snapshot. */
  private void restoreSnapshot() throws IOException {
    Http http = cluster.http();
    http.delete("/" + INDEX).ok();
    http.delete("/_semantic_hash/models/" + INDEX + "?force=true").ok();
    assertEquals(404, http.get("/_semantic_hash/models/" + INDEX).status());
    http.post(SNAPSHOT + "/_restore?wait_for_completion=true", snapshotBody()).ok();
    http.get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
    http.get("/_semantic_hash/models/" + INDEX).ok();
  }
}
