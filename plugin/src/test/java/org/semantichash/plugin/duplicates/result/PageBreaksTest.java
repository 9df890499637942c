// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.plugin.duplicates.result.DuplicatesResults.ResultGroups;

class PageBreaksTest {

  private static Map<String, Object> group(int place, int size) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("size", size);
    group.put("keep", place + "/0");
    group.put(
        "documents", IntStream.range(0, size).<Object>mapToObj(i -> place + "/" + i).toList());
    return group;
  }

  private static ResultGroups groups(List<Map<String, Object>> groups) {
    return new ResultGroups() {
      @Override
      public int count() {
        return groups.size();
      }

      @Override
      public Map<String, Object> group(int place) {
        return groups.get(place);
      }
    };
  }

  /** Whatever the sizes, every group begins where the starts say, and comes back whole. */
  @Test
  void everyGroupComesBackFromItsPages() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 30; round++) {
      List<Map<String, Object>> groups = new ArrayList<>();
      int largest = random.nextBoolean() ? 20_000 : 30;
      for (int place = random.nextInt(1, 40) * (largest > 30 ? 1 : 40); place > 0; place--) {
        groups.add(group(groups.size(), random.nextInt(2, largest)));
      }
      List<List<Map<String, Object>>> pages = new ArrayList<>();
      List<Integer> starts = PageBreaks.write(groups(groups), (page, some) -> pages.add(some));
      assertEquals(pages.size(), starts.size());
      for (List<Map<String, Object>> page : pages) {
        int documents = page.stream().mapToInt(g -> ((List<?>) g.get("documents")).size()).sum();
        assertTrue(documents <= 4000 && page.size() <= 500, documents + " of " + page.size());
      }
      for (int place = 0; place < groups.size(); place++) {
        int first = DuplicatesResults.pageOf(starts, place);
        int last = first;
        List<Map<String, Object>> parts = new ArrayList<>();
        while (last < starts.size() && starts.get(last) <= place) {
          parts.addAll(pages.get(last++));
        }
        assertEquals(groups.get(place), PageBreaks.join(parts).get(place - starts.get(first)));
      }
    }
  }
}
