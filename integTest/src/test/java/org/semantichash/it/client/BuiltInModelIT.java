// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** Near-duplicates on a fresh node, in several scripts, with nothing trained or uploaded. */
class BuiltInModelIT {

  private static final int FAMILIES = 12;
  private static final int COPIES = 3;
  private static final int WORDS = 60;

  /** First and last character, and the longest word; 0 without spaces between words. */
  private static final int[][] SCRIPTS = {
    {'a', 'z', 9},
    {0x0430, 0x044F, 9},
    {0x4E00, 0x9FA5, 0},
    {0x3041, 0x3096, 0},
    {0x0E01, 0x0E2E, 0}
  };

  @Test
  void copiesAreGroupedInAnyLanguage() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder lines = new StringBuilder();
    List<Set<String>> families = new ArrayList<>();
    for (int family = 0; family < FAMILIES; family++) {
      List<String> words = words(random, SCRIPTS[family % SCRIPTS.length]);
      Set<String> ids = new TreeSet<>();
      for (int copy = 0; copy < COPIES; copy++) {
        String id = family + "-" + copy;
        ids.add(id);
        List<String> edited = new ArrayList<>(words);
        edited.remove(random.nextInt(edited.size()));
        boolean spaces = SCRIPTS[family % SCRIPTS.length][2] > 0;
        lines.append(Http.JSON.writeValueAsString(Map.of("index", Map.of("_id", id)))).append('\n');
        Map<String, String> source = Map.of("body", String.join(spaces ? " " : "", edited));
        lines.append(Http.JSON.writeValueAsString(source)).append('\n');
      }
      families.add(ids);
    }
    try (Cluster cluster =
        Cluster.start("built-in-model", 1, Distribution.ofBuild().quickStart())) {
      Http http = cluster.http();
      byte[] bulk = lines.toString().getBytes(StandardCharsets.UTF_8);
      http.bulk("/docs/_bulk?refresh=true", bulk).ok();
      new CommandLine(cluster.address())
          .run(
              "hash-index",
              "--index=docs",
              "--field=body",
              "--model=_near_duplicates_64",
              "--code-field=copy")
          .ok();
      http.post("/docs/_refresh").ok();
      Map<String, Object> search = Map.of("field", "copy", "max_distance", 12);
      JsonNode groups =
          http.post("/docs/_semantic_hash/near_duplicates", search).ok().body().path("groups");
      assertEquals(
          families.stream().map(Object::toString).sorted().toList(),
          ids(groups).stream().map(Object::toString).sorted().toList());
    }
  }

  private static List<Set<String>> ids(JsonNode groups) {
    List<Set<String>> all = new ArrayList<>();
    for (JsonNode group : groups) {
      Set<String> ids = new TreeSet<>();
      group.findValuesAsText("_id").forEach(ids::add);
      all.add(ids);
    }
    return all;
  }

  private static List<String> words(SplittableRandom random, int[] script) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      int length = script[2] == 0 ? 1 : random.nextInt(2, script[2] + 1);
      StringBuilder word = new StringBuilder();
      random.ints(length, script[0], script[1] + 1).forEach(word::appendCodePoint);
      words.add(word.toString());
    }
    return words;
  }
}
