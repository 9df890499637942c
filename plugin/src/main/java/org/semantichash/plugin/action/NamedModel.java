// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
