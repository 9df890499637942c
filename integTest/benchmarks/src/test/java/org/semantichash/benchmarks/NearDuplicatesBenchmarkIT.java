// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.duplicates.NearDuplicatesBenchmark;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.it.node.Distribution;

/** The benchmark, too small to measure anything: it runs, and every answer is exact. */
class NearDuplicatesBenchmarkIT {

  @TempDir private Path results;

  private Options options(String phases) {
    Map<String, String> sizes =
        Map.of("duplicates.documents", "3000", "duplicates.rounds", "1", "duplicates.cold", "1");
    return SmallRun.options(phases, results, sizes);
  }

  private List<Map<String, Object>> run(String phases) throws IOException {
    return NearDuplicatesBenchmark.run(options(phases), Distribution.ofBuild().quickStart());
  }

  private static List<Map<String, Object>> of(String phase, List<Map<String, Object>> rows) {
    return rows.stream().filter(row -> phase.equals(row.get("phase"))).toList();
  }

  @Test
  void everyAnswerIsThatOfBruteForceAndIsRecorded() throws IOException {
    List<Map<String, Object>> rows = run("all-pairs");
    assertEquals(10, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_brute_force"), row.toString());
    }
    assertTrue(rows.stream().anyMatch(row -> ((Number) row.get("pairs")).longValue() > 0));
    assertTrue(Files.readString(results.resolve("near-duplicates.md")).contains("## all-pairs"));
    assertTrue(Files.exists(results.resolve("near-duplicates.json")));
  }

  @Test
  void newDocumentsMakeTheGroupsOfAFullSearch() throws IOException {
    List<Map<String, Object>> rows = run("new-documents");
    assertEquals(6, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_full"), row.toString());
      assertEquals(30, row.get("new_documents"), row.toString());
    }
  }

  /** The phases that need a node, since they can have the same. */
  @Test
  void aNodeFindsWhatTheJoinFindsAndAllWaysOfHashingGiveTheSameCodes() throws IOException {
    List<Map<String, Object>> rows = run("node,hash-index,ingest");
    theProcessorTagsWhatBruteForceFinds(of("ingest", rows));
    aNodeFindsWhatTheJoinFindsAndGivesItsMemoryBack(of("node", rows));
    allWaysOfHashingGiveTheCodesOfTheHasher(of("hash-index", rows));
  }

  private static void aNodeFindsWhatTheJoinFindsAndGivesItsMemoryBack(
      List<Map<String, Object>> rows) {
    assertEquals(4, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_core_join"), row.toString());
      assertEquals(0L, row.get("breaker_bytes_after"), row.toString());
    }
    assertTrue(rows.stream().anyMatch(row -> ((Number) row.get("groups")).longValue() > 0));
    assertEquals(1, rows.stream().filter(row -> row.get("cold_seconds") != null).count());
  }

  private static void allWaysOfHashingGiveTheCodesOfTheHasher(List<Map<String, Object>> rows) {
    assertEquals(
        List.of("plain re-index", "hash-index --into", "hash-index"),
        rows.stream().map(row -> row.get("way")).toList());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("count_equal"), row.toString());
    }
    assertEquals(
        List.of("-", true, true), rows.stream().map(row -> row.get("codes_equal")).toList());
  }

  private static void theProcessorTagsWhatBruteForceFinds(List<Map<String, Object>> rows) {
    assertEquals(4, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_brute_force"), row.toString());
    }
  }

  @Test
  void anUnknownPhaseIsRefused() {
    SmallRun.assertRefusesNothing(
        NearDuplicatesBenchmark.PHASES,
        () -> options("nothing").phases(NearDuplicatesBenchmark.PHASES));
  }
}
