// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.Optional;
import org.semantichash.plugin.models.ModelId;

/**
 * An alias as it is now, and what became of it.
 *
 * @param alias the alias
 * @param model the model it stands for
 * @param previous the model it stood for before, if there was this alias
 */
public record AliasOutcome(ModelAlias alias, StoredModel model, Optional<ModelId> previous) {

  /** One word for it: {@code created}, {@code switched} or {@code unchanged}. */
  public String result() {
    return previous
        .map(before -> before.equals(alias.target()) ? "unchanged" : "switched")
        .orElse("created");
  }
}
