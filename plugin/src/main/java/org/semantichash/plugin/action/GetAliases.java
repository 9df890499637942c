// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAlias;
import org.semantichash.plugin.store.ModelStorage;
import org.semantichash.plugin.store.StoredModel;

/** Shows the aliases, and which models they stand for. */
public final class GetAliases extends LocalAction<GetAliases.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/alias/get");

  private final ModelStorage storage;

  /**
   * Which aliases.
   *
   * @param names their names
   * @param allowNoMatch whether it is right that no alias has a name
   */
  public record Parameters(NamePatterns names, boolean allowNoMatch) {}

  /** Made by the node. */
  @Inject
  public GetAliases(ActionFilters filters, TransportService transport, ModelStorage storage) {
    super(TYPE, filters, transport);
    this.storage = storage;
  }

  @Override
  void answer(Parameters asked, ActionListener<Answer> listener) {
    SubscribableListener.<List<ModelAlias>>newForked(l -> storage.aliases().list(l))
        .<Answer>andThen((l, all) -> storage.list(l.map(models -> answer(asked, all, models))))
        .addListener(listener);
  }

  private static Answer answer(Parameters asked, List<ModelAlias> all, List<StoredModel> models) {
    List<ModelAlias> found =
        all.stream().filter(alias -> asked.names().matches(alias.name().value())).toList();
    asked
        .names()
        .requireFound(
            "alias", found.stream().map(a -> a.name().value()).toList(), asked.allowNoMatch());
    Map<ModelId, StoredModel> byId = models.stream().collect(toMap(StoredModel::id, m -> m));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", found.size());
    fields.put(
        "aliases",
        found.stream().map(alias -> Stored.fields(alias, byId.get(alias.target()))).toList());
    return new Answer(fields);
  }
}
