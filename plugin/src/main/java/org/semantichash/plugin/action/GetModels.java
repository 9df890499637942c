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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.store.ModelAlias;
import org.semantichash.plugin.store.ModelStorage;
import org.semantichash.plugin.store.StoredModel;

/** Shows the models that are stored in the cluster. */
public final class GetModels extends LocalAction<GetModels.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/get");

  private final ModelStorage storage;

  /**
   * Which models.
   *
   * @param names their names or aliases
   * @param allowNoMatch whether it is right that no model has such a name
   */
  public record Parameters(NamePatterns names, boolean allowNoMatch) {}

  /** Made by the node. */
  @Inject
  public GetModels(ActionFilters filters, TransportService transport, ModelStorage storage) {
    super(TYPE, filters, transport);
    this.storage = storage;
  }

  @Override
  void answer(Parameters asked, ActionListener<Answer> listener) {
    SubscribableListener.<List<ModelAlias>>newForked(l -> storage.aliases().list(l))
        .<Answer>andThen((l, aliases) -> storage.list(l.map(all -> answer(asked, all, aliases))))
        .addListener(listener);
  }

  private static Answer answer(Parameters asked, List<StoredModel> all, List<ModelAlias> aliases) {
    List<Map<String, Object>> models = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (StoredModel model : all) {
      List<String> others = others(model, aliases);
      List<String> names = Stream.concat(Stream.of(model.id().value()), others.stream()).toList();
      if (names.stream().anyMatch(asked.names()::matches)) {
        found.addAll(names);
        Map<String, Object> fields = Stored.fields(model);
        fields.put("aliases", others);
        models.add(fields);
      }
    }
    asked.names().requireFound("model", found, asked.allowNoMatch());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", models.size());
    fields.put("models", models);
    return new Answer(fields);
  }

  private static List<String> others(StoredModel model, List<ModelAlias> aliases) {
    return aliases.stream()
        .filter(alias -> alias.target().equals(model.id()))
        .map(alias -> alias.name().value())
        .toList();
  }
}
