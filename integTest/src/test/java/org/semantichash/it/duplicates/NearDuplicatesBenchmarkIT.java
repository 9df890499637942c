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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.it.SmallRun;

/** The benchmark, too small to measure anything: it runs, and every answer is exact. */
class NearDuplicatesBenchmarkIT {

  @TempDir private Path results;

  private Options options(String phases) {
    return options(phases, 5000);
  }

  private Options options(String phases, int documents) {
    Map<String, String> sizes =
        Map.of("duplicates.documents", "" + documents, "duplicates.rounds", "1");
    return Options.of(SmallRun.REPOSITORY, SmallRun.properties(phases, results, sizes));
  }

  @Test
  void everyAnswerIsThatOfBruteForceAndIsRecorded() throws IOException {
    List<Map<String, Object>> rows = NearDuplicatesBenchmark.run(options("all-pairs"));
    assertEquals(8, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_brute_force"), row.toString());
    }
    assertTrue(rows.stream().anyMatch(row -> ((Number) row.get("pairs")).longValue() > 0));
    assertTrue(Files.readString(results.resolve("near-duplicates.md")).contains("## all-pairs"));
    assertTrue(Files.exists(results.resolve("near-duplicates.json")));
  }

  @Test
  void aNodeFindsWhatTheJoinFindsAndGivesItsMemoryBack() throws IOException {
    List<Map<String, Object>> rows = NearDuplicatesBenchmark.run(options("node", 3000));
    assertEquals(4, rows.size());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("equal_to_core_join"), row.toString());
      assertEquals(0L, row.get("breaker_bytes_after"), row.toString());
    }
    assertTrue(rows.stream().anyMatch(row -> ((Number) row.get("groups")).longValue() > 0));
  }

  @Test
  void allWaysOfHashingGiveTheCodesOfTheHasher() throws IOException {
    List<Map<String, Object>> rows = NearDuplicatesBenchmark.run(options("hash-index", 2000));
    assertEquals(
        List.of("plain re-index", "hash-index --into", "hash-index"),
        rows.stream().map(row -> row.get("way")).toList());
    for (Map<String, Object> row : rows) {
      assertEquals(true, row.get("count_equal"), row.toString());
    }
    assertEquals(
        List.of("-", true, true), rows.stream().map(row -> row.get("codes_equal")).toList());
  }

  @Test
  void anUnknownPhaseIsRefused() {
    SmallRun.assertRefusesNothing(NearDuplicatesBenchmark.PHASES, () -> options("nothing"));
  }
}
