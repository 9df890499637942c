// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
import org.semantichash.search.HammingSimilarity;

/** Every way to search a segment finds the same. */
abstract class PathScenario {

  private static final int SIZE = 50;
  private static final Set<String> CHUNKS = Set.of("chunks");
  private static final Set<String> SCAN = Set.of("column_scan");
  private static final Set<String> LOOKUP = Set.of("column_lookup");
  private static final Set<String> DOC_VALUES = Set.of("doc_values");

  abstract Fixture fixture();

  private CodeTable table() {
    return fixture().documents().table();
  }

  private static Hamming hamming(BinaryCode code, String field) {
    return Hamming.code(code.toHex()).with("field", field);
  }

  private static void assertPaths(Set<String> expected, Profile profile, String what) {
    assertEquals(expected, profile.paths(), what);
  }

  @Test
  void theIndicesHaveDeletionsAndSegments() throws IOException {
    for (CodeIndex index : fixture().indices()) {
      JsonNode stats = index.stats("docs,segments");
      assertTrue(stats.path("docs").path("deleted").asLong() > 5000, stats.toString());
      assertTrue(stats.path("segments").path("count").asLong() > 7, stats.toString());
    }
  }

  @Test
  void everyRadiusIsExactInEveryFieldOfEveryIndex() throws IOException {
    for (BinaryCode query : fixture().documents().queries(4)) {
      for (int radius : List.of(0, 1, 3, 8, 15, 30, 50, 127, 128)) {
        for (CodeIndex index : fixture().indices()) {
          for (String field : CodeIndex.FIELDS) {
            Hits hits = index.search(hamming(query, field).within(radius), SIZE);
            HitCheck.check(hits, table(), query, radius, SIZE);
          }
        }
      }
    }
  }

  @Test
  void withoutASizeableRadiusEachIndexIsSearchedItsWay() throws IOException {
    for (BinaryCode query : fixture().documents().queries(4)) {
      for (String field : CodeIndex.FIELDS) {
        checkPath(fixture().lazy(), query, field, 40, SCAN);
        checkPath(fixture().eager(), query, field, 40, SCAN);
        checkPath(fixture().off(), query, field, 40, DOC_VALUES);
      }
    }
  }

  @Test
  void chunksAreReadWhereTheMappingAndTheRadiusAllowIt() throws IOException {
    for (BinaryCode query : table().codes().values().stream().skip(100).limit(4).toList()) {
      for (CodeIndex index : fixture().indices()) {
        // The segments of three shards are so small that a scan costs less than a term.
        checkPath(index, query, "chunked", 0, index.equals(fixture().eager()) ? SCAN : CHUNKS);
        checkPath(index, query, "code", 0, index.equals(fixture().off()) ? DOC_VALUES : SCAN);
      }
      checkPath(fixture().off(), query, "chunked", 3, CHUNKS);
    }
  }

  private void checkPath(
      CodeIndex index, BinaryCode query, String field, int radius, Set<String> path)
      throws IOException {
    Map<String, Object> body = hamming(query, field).within(radius).search(SIZE);
    Profile profile = Profile.of(index, body);
    HitCheck.check(profile.hits(), table(), query, radius, SIZE);
    assertPaths(path, profile, index.name() + " " + field + " " + radius);
  }

  @Test
  void eagerColumnsAreThereBeforeTheFirstSearch() throws IOException {
    Documents documents = new Documents(3000, 4);
    BinaryCode query = documents.queries(1).get(0);
    CodeTable expected = documents.table(d -> d.tags().contains("hundredth"));
    for (String mode : List.of("eager", "lazy", "off")) {
      CodeIndex index = CodeIndex.create(fixture().http(), "exact-fresh", 1, mode);
      index.add(documents.list());
      for (String field : List.of("code", "chunked")) {
        Object filter = Map.of("term", Map.of("tags", "hundredth"));
        Object bool = Map.of("must", hamming(query, field).query(), "filter", filter);
        Profile profile = Profile.of(index, Hamming.search(Map.of("bool", bool), SIZE));
        HitCheck.check(profile.hits(), expected, query, Documents.BITS, SIZE);
        assertPaths(mode.equals("eager") ? LOOKUP : DOC_VALUES, profile, mode + " " + field);
      }
      index.drop();
    }
  }

  @Test
  void theSettingCanBeChangedAtAnyTime() throws IOException {
    Documents documents = new Documents(3000, 5);
    BinaryCode query = documents.queries(1).get(0);
    CodeIndex index = CodeIndex.create(fixture().http(), "exact-switched", 3, "lazy");
    index.add(documents.list());
    for (String mode : List.of("lazy", "off", "eager", "off", "lazy")) {
      Map<String, Object> setting = Map.of("index.semantic_hash.columns", mode);
      fixture().http().put("/exact-switched/_settings", setting).ok();
      for (String field : CodeIndex.FIELDS) {
        Set<String> path = mode.equals("off") ? DOC_VALUES : SCAN;
        Profile profile = Profile.of(index, hamming(query, field).within(60).search(SIZE));
        HitCheck.check(profile.hits(), documents.table(), query, 60, SIZE);
        assertPaths(path, profile, mode + " " + field);
      }
    }
    index.drop();
  }

  @Test
  void nestedCodesAreFoundThroughTheirDocuments() throws IOException {
    for (BinaryCode query : fixture().documents().queries(4)) {
      Map<String, Integer> nearest = new TreeMap<>();
      for (Documents.Document document : fixture().documents().list()) {
        for (BinaryCode part : document.parts()) {
          nearest.merge(document.id(), query.distance(part), Math::min);
        }
      }
      for (int radius : List.of(8, 50, 60, 128)) {
        Map<String, Integer> expected = new TreeMap<>(nearest);
        expected.values().removeIf(distance -> distance > radius);
        Object hamming = hamming(query, "parts.code").within(radius).query();
        Object nested = Map.of("path", "parts", "score_mode", "max", "query", hamming);
        for (CodeIndex index : fixture().indices()) {
          Hits hits = index.search(Hamming.search(Map.of("nested", nested), CodeIndex.MOST));
          assertEquals(expected.size(), hits.total(), index.name() + " " + radius);
          Map<String, Float> scores = new TreeMap<>();
          hits.hits().forEach(hit -> scores.put(hit.id(), hit.score()));
          Map<String, Float> right = new TreeMap<>();
          expected.forEach((id, d) -> right.put(id, HammingSimilarity.score(Documents.BITS, d)));
          assertEquals(right, scores, index.name() + " " + radius);
        }
      }
    }
  }
}
