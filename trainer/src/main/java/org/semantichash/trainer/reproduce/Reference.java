// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Optional;

/** What every table shows besides its methods; nothing is trained for it. */
enum Reference {
  /** Exact search by the cosine of the same vectors. */
  COSINE("cosine", "TF-IDF cosine (exact)"),
  /** A random order. */
  CHANCE("chance", "chance");

  private final String method;
  private final String label;

  Reference(String method, String label) {
    this.method = method;
    this.label = label;
  }

  RowKey key(TableSpec table) {
    return new RowKey(table.name(), method, label, false, null, 0, 0);
  }

  static Optional<Reference> of(RowKey key) {
    for (Reference reference : values()) {
      if (reference.method.equals(key.method()) && key.bits() == 0) {
        return Optional.of(reference);
      }
    }
    return Optional.empty();
  }
}
