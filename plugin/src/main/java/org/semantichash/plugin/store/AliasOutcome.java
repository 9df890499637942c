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
