// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** A node whose plugin is removed: what does not work then, and that all is there afterwards. */
class RemovalIT {

  private static final String BEFORE_NINE = "8\\..*";

  private static final int ATTEMPTS = 240;
  private static final long PAUSE_NANOS = 500_000_000L;

  @Test
  @DisabledIfSystemProperty(named = "elasticsearch.version", matches = BEFORE_NINE)
  void whatTheGuideSaysOfAPluginThatIsRemovedAndInstalledAgain() throws IOException {
    Distribution distribution = Distribution.ofBuild().quickStart();
    try (Cluster cluster = Cluster.start("removed", 1, distribution)) {
      fill(cluster.http());
      cluster.stop(0);
      cluster.plugin(0, "remove", "semantic-hash");
      cluster.begin(0);
      checkWithout(cluster.http());
      cluster.stop(0);
      cluster.plugin(0, "install", "--batch", distribution.plugin().toUri().toString());
      cluster.startAgain(0);
      checkAgain(cluster.http());
    }
  }

  /**
   * Before Elasticsearch 9, which reads mappings when an index is opened, not when a node starts.
   */
  @Test
  @EnabledIfSystemProperty(named = "elasticsearch.version", matches = BEFORE_NINE)
  void anOlderNodeStartsOnlyWithThePlugin() throws IOException {
    Distribution distribution = Distribution.ofBuild().quickStart();
    try (Cluster cluster = Cluster.start("removed", 1, distribution)) {
      fill(cluster.http());
      cluster.stop(0);
      cluster.plugin(0, "remove", "semantic-hash");
      IllegalStateException ended =
          assertThrows(IllegalStateException.class, () -> cluster.startAgain(0));
      assertTrue(
          ended
              .getMessage()
              .contains("The mapper type [hash_code] declared on field [code] does not exist"),
          ended.getMessage());
      cluster.plugin(0, "install", "--batch", distribution.plugin().toUri().toString());
      cluster.startAgain(0);
      checkAgain(cluster.http());
    }
  }

  private static void fill(Http http) throws IOException {
    byte[] model = RandomModel.of(List.of("one", "two", "three"), 8, 16).file();
    http.putBytes("/_semantic_hash/models/m", model).ok();
    Map<String, Object> processor = Map.of("model", "m", "field", "text", "target_field", "code");
    http.put(
            "/_ingest/pipeline/hash",
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
    Map<String, Object> code = Map.of("type", "hash_code", "bits", 16, "model", "m");
    create(http, "codes", Map.of(), Map.of("properties", Map.of("code", code)));
    create(http, "setting", Map.of("index.semantic_hash.columns", "off"), Map.of());
    create(http, "others", Map.of(), Map.of());
    http.put("/codes/_doc/1?refresh&pipeline=hash", Map.of("text", "one two")).ok();
    http.put("/others/_doc/1?refresh", Map.of("text", "one two")).ok();
    // On disk, so that nothing has to be written while the index cannot be opened.
    http.post("/_flush").ok();
  }

  private static void create(
      Http http, String index, Map<String, Object> settings, Map<String, Object> mappings)
      throws IOException {
    var all = new HashMap<String, Object>(settings);
    all.put("number_of_replicas", 0);
    http.put("/" + index, Map.of("settings", all, "mappings", mappings)).ok();
  }

  private static void checkWithout(Http http) throws IOException {
    await(http, "/_cluster/health/others?wait_for_status=green&timeout=1s");
    assertEquals("red", health(http, "codes"));
    assertEquals("red", health(http, "setting"));
    assertEquals(1, hits(http.post("/others/_search", Map.of())));
    assertEquals(503, http.post("/codes/_search", Map.of()).status());
    Reply refused = http.put("/others/_doc/2?pipeline=hash", Map.of("text", "two"));
    assertEquals(500, refused.status());
    assertTrue(
        refused.body().toString().contains("No processor type exists with name [semantic_hash]"),
        refused.body().toString());
    assertTrue(http.get("/_semantic_hash/models").status() >= 400);
  }

  private static void checkAgain(Http http) throws IOException {
    await(http, "/_cluster/health?wait_for_status=green&timeout=1s");
    Map<String, Object> query = Map.of("field", "code", "text", "one two", "max_distance", 0);
    Map<String, Object> hamming = Map.of("query", Map.of("hamming", query));
    assertEquals(1, hits(http.post("/codes/_search", hamming)));
    http.put("/codes/_doc/2?refresh&pipeline=hash", Map.of("text", "one two")).ok();
    assertEquals(2, hits(http.post("/codes/_search", hamming)));
    assertEquals(1, http.get("/_semantic_hash/models/m").ok().body().path("count").asInt());
  }

  private static int hits(Reply reply) {
    return reply.ok().body().path("hits").path("total").path("value").asInt();
  }

  private static String health(Http http, String index) throws IOException {
    JsonNode health = http.get("/_cluster/health/" + index + "?level=indices").body();
    return health.path("indices").path(index).path("status").asText();
  }

  private static void await(Http http, String path) {
    String last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Reply reply = http.get(path);
        if (reply.status() == 200) {
          return;
        }
        last = reply.body().toString();
      } catch (IOException e) {
        last = e.toString();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException("[" + path + "] does not come: " + last);
  }
}
