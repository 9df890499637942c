/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
