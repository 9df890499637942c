// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;

/** An alias may have a filter with a code. */
abstract class AliasScenario {

  private static final int RADIUS = 60;
  private static final int NEAREST = 500;
  private static final int FEW = 20;

  abstract Fixture fixture();

  private void alias(CodeIndex index, Object filter) throws IOException {
    Map<String, Object> add =
        Map.of("index", index.name(), "alias", "exact-part", "filter", filter);
    http().post("/_aliases", Map.of("actions", List.of(Map.of("add", add)))).ok();
  }

  private Http http() {
    return fixture().http();
  }

  private void dropAlias(CodeIndex index) throws IOException {
    http().delete("/" + index.name() + "/_alias/exact-part").ok();
  }

  private CodeIndex part() {
    return new CodeIndex(http(), "exact-part");
  }

  @Test
  void aRadiusAsTheFilterOfAnAlias() throws IOException {
    BinaryCode centre = fixture().documents().queries(1).get(0);
    BinaryCode query = fixture().documents().queries(2).get(1);
    Set<String> inside = fixture().documents().table().within(centre, RADIUS).keySet();
    CodeTable table = fixture().documents().table(d -> inside.contains(d.id()));
    for (CodeIndex index : fixture().indices()) {
      for (String field : CodeIndex.FIELDS) {
        alias(index, Hamming.code(centre.toHex()).with("field", field).within(RADIUS).query());
        Hamming within = Hamming.code(query.toHex()).with("field", field).within(RADIUS);
        HitCheck.check(part().search(within, 100), table, query, RADIUS, 100);
        // The nearest of what the alias shows, all of it here, and here only the best.
        Hamming everything = Hamming.code(query.toHex()).with("field", field).with("k", 10_000);
        Hits shown = part().search(everything, CodeIndex.MOST);
        HitCheck.check(shown, table, query, Documents.BITS, CodeIndex.MOST);
        Hits first = part().search(everything.with("k", FEW), FEW);
        assertEquals(
            table.within(query, Documents.BITS).values().stream().sorted().limit(FEW).toList(),
            first.hits().stream().map(hit -> table.code(hit.id()).distance(query)).toList());
        dropAlias(index);
      }
    }
  }

  @Test
  void theNearestAsTheFilterOfAnAlias() throws IOException {
    BinaryCode centre = fixture().documents().queries(1).get(0);
    BinaryCode query = fixture().documents().queries(2).get(1);
    for (CodeIndex index : fixture().indices()) {
      for (String field : CodeIndex.FIELDS) {
        Hamming nearest = Hamming.code(centre.toHex()).with("field", field).with("k", NEAREST);
        Set<String> inside = ids(index.search(nearest, CodeIndex.MOST));
        assertEquals(index.equals(fixture().eager()) ? 3 * NEAREST : NEAREST, inside.size());
        alias(index, nearest.query());
        CodeTable left = fixture().documents().table(d -> inside.contains(d.id()));
        Hits hits = part().search(Hamming.code(query.toHex()), CodeIndex.MOST);
        HitCheck.check(hits, left, query, Documents.BITS, CodeIndex.MOST);
        Map<String, Object> all = Hamming.search(Map.of("match_all", Map.of()), CodeIndex.MOST);
        assertEquals(inside, ids(part().search(all)));
        dropAlias(index);
      }
    }
  }

  private static Set<String> ids(Hits hits) {
    return new HashSet<>(hits.hits().stream().map(Hits.Hit::id).toList());
  }
}
