// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By the formulas of the guide about sizing, with numbers that are computed by hand. */
class SizingCommandTest {

  private static Map<String, String> sizing(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("sizing"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray());
    assertEquals(0, run.code(), run.err());
    Map<String, String> lines = new LinkedHashMap<>();
    run.out().lines().forEach(l -> lines.put(l.substring(0, 40).strip(), l.substring(40).strip()));
    return lines;
  }

  /** 16 GB of columns, 20 shards, 80 ms for each: the worked example of the guide. */
  @Test
  void aBillionCodesOf128Bits() {
    Map<String, String> lines =
        sizing("--documents", "1e9", "--bits", "128", "--replicas", "0", "--heap", "5.4");
    assertEquals("16.0 GB", lines.get("codes on disk, all copies"));
    assertEquals("16.0 GB", lines.get("columns in the heaps, all copies"));
    assertEquals("20", lines.get("primary shards"));
    assertEquals("1,600.0 ms", lines.get("processor time of a search"));
    assertEquals("80.0 ms", lines.get("time of a search when nothing else runs"));
    assertEquals("10", lines.get("nodes for the heap"));
    assertEquals("1", lines.get("nodes for the searches"));
    assertEquals("10", lines.get("nodes"));
  }

  @Test
  void searchesReplicasAndChunksCount() {
    Map<String, String> lines =
        sizing("--documents", "1e10", "--queries", "20", "--heap", "30", "--multi-index-hashing");
    assertEquals("400.0 GB", lines.get("codes on disk, all copies")); // 8 + 3 * 4 bytes, twice
    assertEquals("160.0 GB", lines.get("columns in the heaps, all copies"));
    assertEquals("18", lines.get("nodes for the heap"));
    assertEquals("40", lines.get("nodes for the searches")); // 20 searches of 8 s on 4 of 8 cores
    assertEquals("40", lines.get("nodes"));
    assertEquals("200", lines.get("primary shards"));
  }

  @Test
  void fewCodesNeedANodeForEachCopy() {
    Map<String, String> lines = sizing("--documents", "100000");
    assertEquals("2", lines.get("nodes"));
    assertEquals("1", lines.get("primary shards"));
  }

  @Test
  void nonsenseIsRefused() {
    for (String option : List.of("documents", "bits", "cores", "heap", "bandwidth")) {
      CommandRun run =
          option.equals("documents")
              ? CommandRun.of("sizing", "--documents", "0")
              : CommandRun.of("sizing", "--documents", "10", "--" + option, "0");
      assertEquals(1, run.code());
      String start = "semantic-hash sizing: [" + option + "] must be at least [";
      assertEquals(start, run.lastError().substring(0, start.length()));
    }
    assertEquals(
        "semantic-hash sizing: [documents] must be at least [1], got [NaN]",
        CommandRun.of("sizing", "--documents", "NaN").lastError());
  }
}
