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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
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
   * @param names their names
   * @param allowNoMatch whether it is right that no model has a name
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
    storage.list(listener.map(all -> answer(asked, all)));
  }

  private static Answer answer(Parameters asked, List<StoredModel> all) {
    NamePatterns names = asked.names();
    List<StoredModel> found = all.stream().filter(m -> names.matches(m.id().value())).toList();
    List<String> missing = names.missing(found.stream().map(m -> m.id().value()).toList());
    if (missing.isEmpty() == false) {
      throw new ResourceNotFoundException("model {} not found", missing);
    }
    if (found.isEmpty() && asked.allowNoMatch() == false) {
      throw new ResourceNotFoundException("no model matches {}", names.patterns());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", found.size());
    fields.put("models", found.stream().map(Stored::fields).toList());
    return new Answer(fields);
  }
}
