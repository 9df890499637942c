// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** On Elasticsearch 8 codes stay in {@code _source}, and so updates keep them. */
@EnabledIfSystemProperty(named = "elasticsearch.version", matches = "8\\..*")
class CodesInSourceIT {

  private static final List<String> CODES =
      List.of(
          "0123456789abcdef",
          "fedcba9876543210@0123456789abcdef",
          "00ff00ff00ff00ff@0123456789abcdef:fedcba9876543210");

  @Test
  void codesStayAsTheyWereWritten() throws IOException {
    try (Cluster cluster =
        Cluster.start("codes-in-source", 1, Distribution.ofBuild().quickStart())) {
      Http http = cluster.http();
      http.post("/_license/start_trial?acknowledge=true").ok();
      for (String mode : List.of("stored", "synthetic")) {
        check(http, mode);
      }
    }
  }

  private static void check(Http http, String mode) throws IOException {
    create(http, mode, mode);
    for (int i = 0; i < CODES.size(); i++) {
      String path = "/" + mode + "/_doc/" + i + "?refresh";
      http.put(path, Map.of("code", CODES.get(i), "other", 1)).ok();
      assertEquals(CODES.get(i), code(http, mode, i), mode);
      http.post("/" + mode + "/_update/" + i, Map.of("doc", Map.of("other", 2))).ok();
      assertEquals(CODES.get(i), code(http, mode, i), mode + ", updated");
    }
    Map<String, Object> hidden = Map.of("_source", Map.of("exclude_vectors", true));
    JsonNode hits = http.post("/" + mode + "/_search", hidden).ok().body().at("/hits/hits");
    assertEquals(CODES.size(), hits.size());
    hits.forEach(hit -> assertTrue(hit.at("/_source/code").isMissingNode(), hit.toString()));
  }

  private static void create(Http http, String index, String mode) throws IOException {
    Map<String, Object> properties =
        Map.of("code", Map.of("type", "hash_code", "bits", 64), "other", Map.of("type", "long"));
    http.put(
            "/" + index,
            Map.of(
                "settings",
                Map.of("index.mapping.source.mode", mode),
                "mappings",
                Map.of("properties", properties)))
        .ok();
  }

  private static String code(Http http, String index, int id) throws IOException {
    return http.get("/" + index + "/_doc/" + id).ok().body().at("/_source/code").asText();
  }
}
