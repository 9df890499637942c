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
package org.semantichash.plugin.action;

import java.util.List;
import java.util.stream.Stream;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAlias;
import org.semantichash.plugin.store.StoredModel;

/**
 * A model with its other names.
 *
 * @param model the model
 * @param aliases its aliases, by name
 */
record NamedModel(StoredModel model, List<ModelId> aliases) {

  /** Gives each model its aliases. */
  static List<NamedModel> of(List<StoredModel> models, List<ModelAlias> aliases) {
    return models.stream().map(model -> of(model, aliases)).toList();
  }

  private static NamedModel of(StoredModel model, List<ModelAlias> all) {
    return new NamedModel(
        model,
        all.stream()
            .filter(alias -> alias.target().equals(model.id()))
            .map(ModelAlias::name)
            .toList());
  }

  /** All its names, its own first. */
  List<ModelId> names() {
    return Stream.concat(Stream.of(model.id()), aliases.stream()).toList();
  }

  boolean isAsked(NamePatterns patterns) {
    return names().stream().anyMatch(name -> patterns.matches(name.value()));
  }
}
