// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;

/** Everything within a radius, thousands of documents. */
abstract class RadiusSetScenario {

  private static final int RADIUS = 62;

  abstract Fixture fixture();

  @Test
  void theTotalIsExact() throws IOException {
    for (CodeIndex index : fixture().indices()) {
      for (BinaryCode query : fixture().documents().queries(1)) {
        CodeTable table = fixture().documents().table();
        assertTrue(table.within(query, RADIUS).size() > 3000);
        for (String field : CodeIndex.FIELDS) {
          Hamming search = Hamming.code(query.toHex()).with("field", field).within(RADIUS);
          HitCheck.check(index.search(search, CodeIndex.MOST), table, query, RADIUS, 10_000);
          HitCheck.check(index.search(search, 0), table, query, RADIUS, 0);
        }
      }
    }
  }

  @Test
  void aggregationsAreOverExactlyTheRadius() throws IOException {
    BinaryCode query = fixture().documents().queries(4).get(3);
    Map<String, Integer> groups = new TreeMap<>();
    int tenth = 0;
    for (String id : fixture().documents().table().within(query, RADIUS).keySet()) {
      Documents.Document document = fixture().documents().get(id);
      groups.merge("g" + document.group(), 1, Integer::sum);
      tenth += document.tags().contains("tenth") ? 1 : 0;
    }
    Map<String, Object> filter = Map.of("term", Map.of("tags", "tenth"));
    for (CodeIndex index : fixture().indices()) {
      for (String field : CodeIndex.FIELDS) {
        Hamming within = Hamming.code(query.toHex()).with("field", field).within(RADIUS);
        Map<String, Object> terms = Map.of("field", "group", "size", 50);
        Map<String, Object> asMain = within.search(0);
        asMain.put(
            "aggs", Map.of("terms", Map.of("terms", terms), "filter", Map.of("filter", filter)));
        JsonNode main = index.ask(asMain).body().path("aggregations");
        assertEquals(groups, counts(main.path("terms")));
        assertEquals(tenth, main.path("filter").path("doc_count").asInt());
        Map<String, Object> asFilter = Hamming.search(filter, 0);
        asFilter.put("aggs", Map.of("near", Map.of("filter", within.query())));
        JsonNode near = index.ask(asFilter).body().path("aggregations").path("near");
        assertEquals(tenth, near.path("doc_count").asInt());
      }
    }
  }

  private static Map<String, Integer> counts(JsonNode terms) {
    Map<String, Integer> counts = new TreeMap<>();
    terms
        .path("buckets")
        .forEach(b -> counts.put(b.path("key").asText(), b.path("doc_count").asInt()));
    return counts;
  }
}
