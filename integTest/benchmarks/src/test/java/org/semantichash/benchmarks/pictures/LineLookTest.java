// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No two lines of a picture may look the same. */
class LineLookTest {

  @Test
  void everyItemInEveryGroupLooksDifferent() {
    Set<List<Object>> seen = new HashSet<>();
    for (int item = 0; item < LineLook.ITEMS; item++) {
      for (int group = 0; group < LineLook.GROUPS; group++) {
        LineLook look = new LineLook(item, group);
        assertTrue(seen.add(List.of(look.colour(), look.marker(), look.stroke())), look.toString());
      }
    }
  }

  @Test
  void sevenItemsDifferByColourAlone() {
    Set<Object> colours = new HashSet<>();
    for (int item = 0; item < 7; item++) {
      assertTrue(colours.add(new LineLook(item, 0).colour()), "item " + item);
    }
  }

  @Test
  void whatCannotBeToldApartIsRefused() {
    String item =
        assertThrows(IllegalArgumentException.class, () -> new LineLook(49, 0)).getMessage();
    assertEquals("[item] must be from [0] to [48], got [49]", item);
    String group =
        assertThrows(IllegalArgumentException.class, () -> new LineLook(0, 4)).getMessage();
    assertEquals("[group] must be from [0] to [3], got [4]", group);
  }
}
