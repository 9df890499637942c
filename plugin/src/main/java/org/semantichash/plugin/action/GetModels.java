// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.ArrayList;
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

/** Shows the models that are stored in the cluster. */
public final class GetModels extends LocalAction<GetModels.Parameters> {

  /** Its name. */
  public static final ActionType<Answer> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/model/get");

  private final ModelStorage storage;
  private final OldCodes oldCodes;

  /**
   * Which models.
   *
   * @param names their names or aliases
   * @param allowNoMatch whether it is right that no model has such a name
   * @param oldCodes whether the fields with codes of other files are shown
   * @param digest the file that counts as the model's own then, before it replaces that; null for
   *     the one there is
   */
  public record Parameters(
      NamePatterns names, boolean allowNoMatch, boolean oldCodes, String digest) {}

  /** Made by the node. */
  @Inject
  public GetModels(
      ActionFilters filters, TransportService transport, ModelStorage storage, OldCodes oldCodes) {
    super(TYPE, filters, transport);
    this.storage = storage;
    this.oldCodes = oldCodes;
  }

  @Override
  void answer(Parameters asked, ActionListener<Answer> listener) {
    SubscribableListener.<List<ModelAlias>>newForked(l -> storage.aliases().list(l))
        .<List<NamedModel>>andThen(
            (l, aliases) -> storage.list(l.map(all -> find(asked, NamedModel.of(all, aliases)))))
        .<List<Map<String, Object>>>andThen((l, found) -> show(found, asked, l))
        .andThenApply(GetModels::answer)
        .addListener(listener);
  }

  private static List<NamedModel> find(Parameters asked, List<NamedModel> all) {
    List<NamedModel> found = all.stream().filter(m -> m.isAsked(asked.names())).toList();
    List<String> names =
        found.stream().flatMap(m -> m.names().stream()).map(ModelId::value).toList();
    asked.names().requireFound("model", names, asked.allowNoMatch());
    return found;
  }

  private void show(
      List<NamedModel> found, Parameters asked, ActionListener<List<Map<String, Object>>> l) {
    List<Map<String, Object>> shown = new ArrayList<>();
    SubscribableListener<Void> done = SubscribableListener.nullSuccess();
    for (NamedModel named : found) {
      Map<String, Object> fields = Stored.fields(named.model());
      fields.put("aliases", named.aliases().stream().map(ModelId::value).toList());
      shown.add(fields);
      if (asked.oldCodes()) {
        String digest = asked.digest() == null ? named.model().file().digest() : asked.digest();
        done = done.andThen(next -> putOldCodes(named, digest, fields, next));
      }
    }
    done.addListener(l.map(v -> shown));
  }

  private void putOldCodes(
      NamedModel named, String digest, Map<String, Object> fields, ActionListener<Void> listener) {
    oldCodes.of(
        named.names(),
        digest,
        listener.map(
            codes -> {
              fields.put("old_codes", codes);
              return null;
            }));
  }

  private static Answer answer(List<Map<String, Object>> models) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", models.size());
    fields.put("models", models);
    return new Answer(fields);
  }
}
