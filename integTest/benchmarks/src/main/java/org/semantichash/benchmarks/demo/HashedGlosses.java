// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.oracle.CodeTable;

/** All glosses with the codes that are computed here, against which the node's answers are held. */
final class HashedGlosses {

  private final List<Gloss> glosses;
  private final TextHasher hasher;
  private final List<HashedText> hashed;
  private final Map<String, Gloss> byId = new HashMap<>();
  private final CodeTable codes;

  HashedGlosses(List<Gloss> glosses, TextHasher hasher) {
    this.glosses = glosses;
    this.hasher = hasher;
    this.hashed = glosses.parallelStream().map(g -> hasher.hash(g.text())).toList();
    Map<String, BinaryCode> table = new LinkedHashMap<>();
    for (int i = 0; i < glosses.size(); i++) {
      byId.put(glosses.get(i).id(), glosses.get(i));
      table.put(glosses.get(i).id(), hashed.get(i).code());
    }
    this.codes = new CodeTable(table);
  }

  int size() {
    return glosses.size();
  }

  int bits() {
    return hasher.bits();
  }

  Gloss gloss(int position) {
    return glosses.get(position);
  }

  Gloss gloss(String id) {
    return byId.get(id);
  }

  HashedText hashed(int position) {
    return hashed.get(position);
  }

  BinaryCode code(String text) {
    return hasher.hash(text).code();
  }

  CodeTable codes() {
    return codes;
  }
}
