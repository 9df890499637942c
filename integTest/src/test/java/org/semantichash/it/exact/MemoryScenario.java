// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.HitCheck;

/** The fielddata breaker decides over memory, never over hits. */
abstract class MemoryScenario {

  private static final int COUNT = 2400;
  private static final int RADIUS = 60;

  private final Documents documents = new Documents(COUNT, 6);
  private final BinaryCode query = documents.queries(1).get(0);

  abstract Fixture fixture();

  private FielddataBreaker breaker() {
    return new FielddataBreaker(fixture().http());
  }

  private CodeIndex fill(String name, String columns) throws IOException {
    CodeIndex index = CodeIndex.create(fixture().http(), name, 1, columns);
    index.add(documents.list());
    return index;
  }

  /** Searches by radius and for the nearest, exactly, and says how. */
  private Set<String> paths(CodeIndex index, String field) throws IOException {
    Hamming hamming = Hamming.code(query.toHex()).with("field", field).within(RADIUS);
    Profile radius = Profile.of(index, hamming.search(CodeIndex.MOST));
    HitCheck.check(radius.hits(), documents.table(), query, RADIUS, CodeIndex.MOST);
    Profile nearest = Profile.of(index, hamming.with("k", COUNT).search(CodeIndex.MOST));
    HitCheck.check(nearest.hits(), documents.table(), query, RADIUS, CodeIndex.MOST);
    Set<String> paths = new TreeSet<>(radius.paths());
    paths.addAll(nearest.paths());
    return paths;
  }

  @Test
  void withoutMemorySearchesReadTheDocValuesUntilThereIsSome() throws IOException {
    FielddataBreaker breaker = breaker();
    long without = breaker.settledEstimate();
    breaker.limit("10b");
    CodeIndex index;
    CodeIndex eager;
    try {
      index = fill("exact-full", "lazy");
      eager = fill("exact-full-eager", "eager");
      long before = breaker.estimate();
      for (String field : CodeIndex.FIELDS) {
        assertEquals(Set.of("doc_values"), paths(index, field), field);
        assertEquals(Set.of("doc_values"), paths(eager, field), field);
      }
      assertEquals(before, breaker.estimate());
    } finally {
      breaker.limit(null);
    }
    for (String field : CodeIndex.FIELDS) {
      for (CodeIndex one : List.of(index, eager)) {
        FielddataBreaker.await(
            "columns of [" + field + "]", () -> paths(one, field).equals(Set.of("column_scan")));
      }
    }
    index.drop();
    eager.drop();
    // Idle columns of other indices may have given way.
    FielddataBreaker.await(
        "return to [" + without + "] bytes in the fielddata breaker",
        () -> breaker.estimate() <= without);
  }

  private long columnBytes() throws IOException {
    JsonNode nodes = fixture().http().get("/_semantic_hash/stats").ok().body().path("nodes");
    return nodes.elements().next().path("columns").path("memory_in_bytes").asLong(-1);
  }

  private void maxMemory(String limit) throws IOException {
    Map<String, Object> setting = new HashMap<>();
    setting.put("semantic_hash.columns.max_memory", limit);
    fixture().http().put("/_cluster/settings", Map.of("persistent", setting)).ok();
  }

  /**
   * Clearing, by Elasticsearch or by the plugin, and a limit that is lowered; never a wrong hit.
   */
  @Test
  void columnsAreClearedAndKeepToTheirOwnLimit() throws IOException {
    CodeIndex index = fill("exact-cleared", "lazy");
    try {
      for (String clear :
          List.of(
              "/exact-cleared/_cache/clear?fielddata=true",
              "/_cache/clear",
              "/_semantic_hash/_clear_cache")) {
        assertEquals(Set.of("column_scan"), paths(index, "code"), clear);
        long before = columnBytes();
        fixture().http().post(clear).ok();
        FielddataBreaker.await(
            "fewer than [" + before + "] bytes of columns after " + clear,
            () -> columnBytes() <= before - (long) COUNT * Documents.BITS / 8);
      }
      maxMemory("0b");
      FielddataBreaker.await("no columns", () -> columnBytes() == 0);
      assertEquals(Set.of("doc_values"), paths(index, "code"));
    } finally {
      maxMemory(null);
      index.drop();
    }
  }

  @Test
  void aFieldHasItsColumnsOnce() throws IOException {
    FielddataBreaker breaker = breaker();
    long before = breaker.settledEstimate();
    CodeIndex index = fill("exact-once", "eager");
    long eager = breaker.estimate() - before;
    assertTrue(
        eager >= 2L * Documents.BITS / 8 * documents.table().codes().size(), eager + " bytes");
    for (String field : List.of("code", "chunked")) {
      assertEquals(Set.of("column_scan"), paths(index, field));
    }
    assertEquals(eager, breaker.estimate() - before);
    index.drop();
    breaker.awaitEstimate(before);
  }

  @Test
  void aClosedIndexGivesItsMemoryBack() throws IOException {
    FielddataBreaker breaker = breaker();
    long before = breaker.settledEstimate();
    for (String columns : List.of("lazy", "eager")) {
      CodeIndex index = fill("exact-closed", columns);
      paths(index, "code");
      assertTrue(breaker.estimate() > before);
      fixture().http().post("/exact-closed/_close").ok();
      breaker.awaitEstimate(before);
      fixture().http().post("/exact-closed/_open").ok();
      assertEquals(Set.of("column_scan"), paths(index, "code"));
      assertTrue(breaker.estimate() > before);
      index.drop();
      breaker.awaitEstimate(before);
    }
  }
}
