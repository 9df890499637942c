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
package org.semantichash.it.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** With security everybody finds duplicates among the documents he may read, and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredDuplicatesIT {

  private static final String RESULTS = "/_semantic_hash/near_duplicates";
  private static final Map<String, Object> SEARCH = Map.of("field", "code");

  private static final Map<String, String> ROLES =
      Map.of(
          "operator",
          """
          {"cluster": ["cluster:admin/semantic_hash/*", "cluster:monitor/semantic_hash/*"]}""",
          "monitor",
          """
          {"cluster": ["cluster:monitor/semantic_hash/*"]}""",
          "all",
          """
          {"indices": [{"names": ["twins*"], "privileges": ["read"]}]}""",
          "some",
          """
          {"indices": [{"names": ["some-twins"], "privileges": ["read"]}]}""");

  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster =
        Cluster.startSecured("secured-duplicates", Distribution.ofBuild().quickStart(), ROLES);
    Http admin = cluster.http();
    Map<String, Object> fields =
        Map.of("code", Map.of("type", "hash_code", "bits", 64), "part", Map.of("type", "integer"));
    Map<String, Object> filter = Map.of("filter", Map.of("term", Map.of("part", 1)));
    admin
        .put(
            "/twins",
            Map.of(
                "mappings", Map.of("properties", fields), "aliases", Map.of("some-twins", filter)))
        .ok();
    for (int i = 0; i < 6; i++) {
      Map<String, Object> twin = Map.of("code", "00000000000000ff", "part", i % 2);
      admin.put("/twins/_doc/" + i + "?refresh", twin).ok();
    }
    admin.put("/secret/_doc/1?refresh", Map.of("code", "x")).ok();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Reply find(String user, String index) throws IOException {
    try (Http http = cluster.as(user)) {
      return http.post("/" + index + RESULTS, SEARCH);
    }
  }

  private int status(String user, String method, String path) throws IOException {
    try (Http http = cluster.as(user)) {
      return (method.equals("GET") ? http.get(path) : http.delete(path)).status();
    }
  }

  @Test
  void whoMayReadMayFind() throws IOException {
    assertEquals(6, find("all", "twins").ok().body().at("/groups/0/size").asInt());
    // A wildcard means what the caller may read.
    assertEquals(6, find("all", "*").ok().body().at("/groups/0/size").asInt());
    assertEquals(403, find("monitor", "twins").status());
    assertEquals(403, find("all", "secret").status());
  }

  @Test
  void whoMayReadAnAliasFindsWhatItsFilterPasses() throws IOException {
    Reply found = find("some", "some-twins").ok();
    assertEquals(3, found.body().path("documents").asInt(), found.body().toString());
    assertEquals(3, found.body().at("/groups/0/size").asInt());
    assertEquals("1", found.body().at("/groups/0/keep").asText());
    assertEquals(403, find("some", "twins").status());
  }

  @Test
  void resultsAreShownToThoseWhoMonitorAndDeletedByThoseWhoAdministrate() throws IOException {
    String result = RESULTS + "/" + find("all", "twins").ok().body().path("id").asText();
    assertEquals(200, status("monitor", "GET", result));
    assertEquals(200, status("monitor", "GET", RESULTS));
    assertEquals(403, status("all", "GET", result));
    assertEquals(403, status("monitor", "DELETE", result));
    assertEquals(200, status("operator", "DELETE", result));
    assertEquals(404, status("monitor", "GET", result));
  }
}
