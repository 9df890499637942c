// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.semantichash.hash.BinaryCode;
import org.semantichash.search.BruteForce;
import org.semantichash.search.Neighbor;

/** The code of every document by id, as the trainer made it. */
public final class CodeTable {

  private final Map<String, BinaryCode> codes;

  /** A table of these codes, all of the same width. */
  public CodeTable(Map<String, BinaryCode> codes) {
    this.codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
  }

  /** The code of a document, null when it has none. */
  public BinaryCode code(String id) {
    return codes.get(id);
  }

  /** All codes by id. */
  public Map<String, BinaryCode> codes() {
    return codes;
  }

  /** The codes of the documents that pass. */
  public CodeTable filter(Predicate<String> ids) {
    Map<String, BinaryCode> kept = new LinkedHashMap<>(codes);
    kept.keySet().removeIf(ids.negate());
    return new CodeTable(kept);
  }

  /** All documents within a distance, by id; the distances in bits. */
  public Map<String, Integer> within(BinaryCode query, int maxDistance) {
    List<String> ids = new ArrayList<>(codes.keySet());
    Map<String, Integer> near = new LinkedHashMap<>();
    for (Neighbor neighbor : BruteForce.radius(query, List.copyOf(codes.values()), maxDistance)) {
      near.put(ids.get(neighbor.index()), neighbor.distance());
    }
    return near;
  }
}
