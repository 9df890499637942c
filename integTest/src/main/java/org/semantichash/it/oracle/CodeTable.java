// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.oracle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.semantichash.hash.BinaryCode;

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
    Map<String, Integer> near = new LinkedHashMap<>();
    codes.forEach(
        (id, code) -> {
          int distance = query.distance(code);
          if (distance <= maxDistance) {
            near.put(id, distance);
          }
        });
    return near;
  }
}
