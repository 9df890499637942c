// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.duplicates.BarChart.SizeClasses;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;

class DuplicateReportTest {

  private static final String HOSTILE = "<script>alert('x')</script> & \"more\"";

  private final FakeIndex index = new FakeIndex();

  private String page(NavigableMap<Integer, Long> distances, DuplicateGroup... groups) {
    DuplicateReport report =
        new DuplicateReport(index, Groups.summary(16, distances), Optional.of("body.text"));
    for (DuplicateGroup group : groups) {
      report.add(group);
    }
    return report.page();
  }

  private static NavigableMap<Integer, Long> pairs(long... counts) {
    NavigableMap<Integer, Long> pairs = new TreeMap<>();
    for (int d = 0; d < counts.length; d++) {
      pairs.put(d, counts[d]);
    }
    return pairs;
  }

  @Test
  void textsAndNamesStayTexts() {
    index.put("news", HOSTILE, "0000").source.put("body", Map.of("text", HOSTILE + " one\u0000"));
    index.put("news", "b", "0000").source.put("body.text", "two " + HOSTILE);
    String page = page(pairs(5), Groups.group(Groups.member(HOSTILE, 0), Groups.member("b", 0)));
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("\u0000"), page);
    String escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;";
    assertTrue(page.contains(escaped + " one\ufffd"), page);
    assertTrue(page.contains("<ins>two</ins> " + escaped + " <del>one\ufffd</del>"), page);
    assertTrue(page.contains("<code>news/" + escaped + "</code>"), page);
  }

  @Test
  void indicesWithoutTheFieldAreNamed() {
    String row = "<tr><th>left out without that field</th><td>old</td></tr>";
    assertTrue(page(pairs(5)).contains(row));
  }

  @Test
  void nothingIsLoaded() {
    String page = page(pairs(5, 4, 2), Groups.group(Groups.member("a", 0), Groups.member("b", 0)));
    assertTrue(page.contains("default-src 'none'"));
    for (String loading : new String[] {"http:", "https:", "src=", "href=", "url(", "@import"}) {
      assertFalse(page.contains(loading), loading);
    }
  }

  @Test
  void atMost50GroupsAnd10DocumentsOfEach() {
    DuplicateGroup[] groups = new DuplicateGroup[60];
    for (int g = 0; g < groups.length; g++) {
      GroupMember[] others = new GroupMember[30];
      for (int i = 0; i < others.length; i++) {
        others[i] = Groups.member("o" + g + "-" + i, 1);
      }
      groups[g] = Groups.group(Groups.member("k" + g, 0), others);
    }
    String page = page(pairs(5), groups);
    assertEquals(50, page.split("<section>", -1).length - 1);
    assertEquals(500, page.split("<code>", -1).length - 1);
    assertTrue(page.contains("and 21 more"));
  }

  @Test
  void barsAreLogarithmicTooWhereSmallOnesWouldVanish() {
    assertTrue(page(pairs(10_000, 3)).contains("heights logarithmic"));
    assertFalse(page(pairs(100, 30)).contains("heights logarithmic"));
  }

  /** A page with many distances is read on a telephone too. */
  @Test
  void manyDistancesShareBars() {
    long[] counts = new long[33];
    Arrays.fill(counts, 5);
    String page =
        new DuplicateReport(index, Groups.summary(64, pairs(counts), 32), Optional.empty()).page();
    assertTrue(page.contains("distance in bits; each bar counts 3 distances from its number on"));
    assertEquals(11, page.split("<title>\\d+: 15</title>", -1).length - 1, page);
    assertTrue(page.contains("</svg><p class=\"axis\">"), "no axis is cut off by its picture");
  }

  @Test
  void sizesFrom8OnShareBars() {
    NavigableMap<Integer, Long> sizes =
        new TreeMap<>(Map.of(2, 5L, 7, 1L, 8, 2L, 15, 3L, 16, 1L, 900, 1L));
    assertEquals(Map.of(2, 5L, 7, 1L, 8, 5L, 16, 1L, 512, 1L), SizeClasses.of(sizes));
  }

  /** The report suggests no radius of its own beside the default and what calibrate measures. */
  @Test
  void namesTheDefaultRadiusOfTheWidth() {
    String page =
        new DuplicateReport(index, Groups.summary(64, pairs(9, 5), 3), Optional.empty()).page();
    assertTrue(page.contains("Searched up to distance 3; the default is 8 for codes of 64 bits."));
    page =
        new DuplicateReport(index, Groups.summary(128, pairs(9, 5), 24), Optional.empty()).page();
    assertTrue(page.contains("Searched up to distance 24, the default for codes of 128 bits."));
    assertFalse(page.contains("Suggested radius"), page);
  }
}
