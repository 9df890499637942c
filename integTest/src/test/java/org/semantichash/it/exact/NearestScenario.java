// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;

/** Only the nearest of each shard. */
abstract class NearestScenario {

  private static final List<Integer> COUNTS = List.of(1, 10, 1000);
  private static final List<Integer> RADII = List.of(6, 50, Documents.BITS);

  abstract Fixture fixture();

  private static Hamming nearest(BinaryCode query, String field, int k, int radius) {
    return Hamming.code(query.toHex()).with("field", field).with("k", k).within(radius);
  }

  /** The documents of a shard in the order that ties are broken by. */
  private static List<String> shard(CodeIndex index, int shard) throws IOException {
    Map<String, Object> body = Hamming.search(Map.of("match_all", Map.of()), CodeIndex.MOST);
    body.put("sort", List.of("_doc"));
    body.put("_source", false);
    body.put("search_after", List.of(-1));
    List<String> ids = new ArrayList<>();
    while (true) {
      Hits page = Hits.of(index.ask(body, "preference=_shards:" + shard));
      if (page.hits().isEmpty()) {
        return ids;
      }
      page.hits().forEach(hit -> ids.add(hit.id()));
      body.put("search_after", page.hits().get(page.hits().size() - 1).body().path("sort"));
    }
  }

  /** Which documents a shard must find: by distance, then by document. */
  private Set<String> expected(List<String> shard, BinaryCode query, int k, int radius) {
    Map<Integer, Set<String>> byDistance = new TreeMap<>();
    for (String id : shard) {
      BinaryCode code = fixture().documents().get(id).code();
      if (code != null && query.distance(code) <= radius) {
        byDistance.computeIfAbsent(query.distance(code), d -> new LinkedHashSet<>()).add(id);
      }
    }
    Set<String> nearest = new HashSet<>();
    byDistance.values().stream().flatMap(Set::stream).limit(k).forEach(nearest::add);
    return nearest;
  }

  private static Set<String> ids(Hits hits) {
    Set<String> ids = new HashSet<>();
    hits.hits().forEach(hit -> ids.add(hit.id()));
    assertEquals(hits.total(), ids.size());
    return ids;
  }

  @Test
  void eachShardFindsItsNearestAndTiesGoByDocument() throws IOException {
    for (CodeIndex index : fixture().indices()) {
      int shards = index.equals(fixture().eager()) ? 3 : 1;
      for (int shard = 0; shard < shards; shard++) {
        List<String> documents = shard(index, shard);
        assertTrue(documents.size() > 3000);
        for (BinaryCode query : fixture().documents().queries(2)) {
          for (int k : COUNTS) {
            for (int radius : RADII) {
              Set<String> expected = expected(documents, query, k, radius);
              for (String field : CodeIndex.FIELDS) {
                Map<String, Object> body = nearest(query, field, k, radius).search(CodeIndex.MOST);
                Hits hits = Hits.of(index.ask(body, "preference=_shards:" + shard));
                String what = index.name() + shard + " " + field + " k " + k + " within " + radius;
                assertEquals(expected, ids(hits), what);
                HitCheck.check(hits, table(expected), query, radius, k);
              }
            }
          }
        }
      }
    }
  }

  private CodeTable table(Set<String> ids) {
    return fixture().documents().table(document -> ids.contains(document.id()));
  }

  @Test
  void ofSeveralShardsTheNearestComeFirst() throws IOException {
    for (BinaryCode query : fixture().documents().queries(4)) {
      for (int k : List.of(1, 10, 100)) {
        for (String field : CodeIndex.FIELDS) {
          Hits hits = fixture().eager().search(nearest(query, field, k, Documents.BITS), k);
          assertEquals(3L * k, hits.total());
          CodeTable all = fixture().documents().table();
          Hits first = new Hits(all.codes().size(), true, hits.hits());
          HitCheck.check(first, all, query, Documents.BITS, k);
        }
      }
    }
  }

  @Test
  void aFilterBesideItChoosesAmongTheNearest() throws IOException {
    CodeIndex[] indices = {fixture().lazy(), fixture().off()};
    for (CodeIndex index : indices) {
      List<String> documents = shard(index, 0);
      for (BinaryCode query : fixture().documents().queries(3)) {
        Set<String> nearest = expected(documents, query, 200, Documents.BITS);
        CodeTable left =
            fixture()
                .documents()
                .table(d -> nearest.contains(d.id()) && d.tags().contains("tenth"));
        for (String field : CodeIndex.FIELDS) {
          Object must = nearest(query, field, 200, Documents.BITS).query();
          Object filter = Map.of("term", Map.of("tags", "tenth"));
          Object bool = Map.of("bool", Map.of("must", must, "filter", filter));
          Hits hits = index.search(Hamming.search(bool, CodeIndex.MOST));
          HitCheck.check(hits, left, query, Documents.BITS, 200);
        }
      }
    }
  }

  @Test
  void theProfileSaysHowTheNearestWereFound() throws IOException {
    BinaryCode query = fixture().documents().queries(1).get(0);
    for (CodeIndex index : fixture().indices()) {
      Set<String> scan = Set.of(index.equals(fixture().off()) ? "doc_values" : "column_scan");
      for (String field : List.of("code", "bytes")) {
        Map<String, Object> body = nearest(query, field, 10, Documents.BITS).search(10);
        assertEquals(scan, Profile.of(index, body).paths(), index.name() + " " + field);
      }
    }
    BinaryCode stored = fixture().documents().table().codes().values().iterator().next();
    Map<String, Object> body = nearest(stored, "chunked", 1, 3).search(10);
    assertEquals(Set.of("chunks"), Profile.of(fixture().off(), body).paths());
  }

  @Test
  void nestedCodesCompeteAsDocumentsOfTheirOwn() throws IOException {
    for (BinaryCode query : fixture().documents().queries(4)) {
      List<Integer> distances =
          fixture().documents().list().stream()
              .flatMap(document -> document.parts().stream())
              .map(query::distance)
              .sorted()
              .toList();
      int k = 20;
      while (distances.get(k - 1).equals(distances.get(k))) {
        k++; // so that ties do not matter
      }
      int last = distances.get(k - 1);
      Map<String, Integer> expected = new TreeMap<>();
      for (Documents.Document document : fixture().documents().list()) {
        for (BinaryCode part : document.parts()) {
          if (query.distance(part) <= last) {
            expected.merge(document.id(), 1, Integer::sum);
          }
        }
      }
      for (CodeIndex index : List.of(fixture().lazy(), fixture().off())) {
        Object hamming = nearest(query, "parts.code", k, Documents.BITS).query();
        Object constant = Map.of("constant_score", Map.of("filter", hamming));
        Object nested = Map.of("path", "parts", "score_mode", "sum", "query", constant);
        Hits hits = index.search(Hamming.search(Map.of("nested", nested), CodeIndex.MOST));
        Map<String, Integer> found = new TreeMap<>();
        hits.hits().forEach(hit -> found.put(hit.id(), Math.round(hit.score())));
        assertEquals(expected, found, index.name());
      }
    }
  }
}
