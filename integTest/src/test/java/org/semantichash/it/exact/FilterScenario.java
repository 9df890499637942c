// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;

/** Filters that leave half of the documents to a thousandth. */
abstract class FilterScenario {

  private static final int SIZE = 50;

  abstract Fixture fixture();

  private static Map<String, Object> search(
      BinaryCode query, String field, int radius, String tag) {
    Object hamming = Hamming.code(query.toHex()).with("field", field).within(radius).query();
    Object filter = Map.of("term", Map.of("tags", tag));
    return Hamming.search(Map.of("bool", Map.of("must", hamming, "filter", filter)), SIZE);
  }

  @Test
  void whatTheFilterLeavesIsSearchedExactly() throws IOException {
    for (String tag : Documents.SHARES.keySet()) {
      CodeTable expected = fixture().documents().table(d -> d.tags().contains(tag));
      for (BinaryCode query : fixture().documents().queries(3)) {
        for (int radius : List.of(8, 62, Documents.BITS)) {
          for (CodeIndex index : fixture().indices()) {
            for (String field : CodeIndex.FIELDS) {
              HitCheck.check(
                  index.search(search(query, field, radius, tag)), expected, query, radius, SIZE);
            }
          }
        }
      }
    }
  }

  @Test
  void fewDocumentsAreLookedUpInTheColumns() throws IOException {
    BinaryCode query = fixture().documents().queries(1).get(0);
    for (CodeIndex index : List.of(fixture().lazy(), fixture().eager())) {
      for (String field : CodeIndex.FIELDS) {
        index.search(Hamming.code(query.toHex()).with("field", field).within(60), 1); // builds them
        assertEquals(
            Set.of("column_lookup"),
            Profile.of(index, search(query, field, 62, "thousandth")).paths(),
            index.name() + " " + field);
        assertEquals(
            Set.of("column_scan"),
            Profile.of(index, search(query, field, 62, "half")).paths(),
            index.name() + " " + field);
      }
    }
    assertEquals(
        Set.of("doc_values"),
        Profile.of(fixture().off(), search(query, "code", 62, "thousandth")).paths());
  }
}
