// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelAliases.AliasOutcome;
import org.semantichash.plugin.store.ModelIndex;
import org.semantichash.plugin.store.ModelStore;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;

/**
 * What follows a change of a model or an alias: all nodes are told, so that they drop the old one,
 * then the caller gets a response.
 */
public final class ModelChanges {

  private static final Logger logger = LogManager.getLogger(ModelChanges.class);

  /** How long a node is waited for. */
  private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(5);

  private final ModelStore store;
  private final Client client;
  private final ModelReferences users;
  private final OldCodes oldCodes;

  @Inject
  public ModelChanges(ModelStore store, Client client, ModelReferences users, OldCodes oldCodes) {
    this.store = store;
    this.client = new OriginSettingClient(client, ModelIndex.ORIGIN);
    this.users = users;
    this.oldCodes = oldCodes;
  }

  /** After a model was put. */
  void stored(StoredOutcome stored, ActionListener<JsonResponse> listener) {
    SubscribableListener.<List<ModelId>>newForked(l -> names(stored.model().id(), l))
        .<JsonResponse>andThen(
            (l, names) ->
                tellAndCount(
                    names,
                    stored.model().file().digest(),
                    l.map(codes -> response(stored, users.indices(names), codes))))
        .addListener(listener);
  }

  private static JsonResponse response(
      StoredOutcome stored, List<String> indices, List<Map<String, Object>> oldCodes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("acknowledged", true);
    fields.put("result", stored.outcome().toString());
    fields.putAll(GetModels.fields(stored.model()));
    if (stored.outcome() == StoredOutcome.Outcome.REPLACED) {
      fields.put("indices_with_old_codes", indices);
    }
    fields.put("old_codes", oldCodes);
    return new JsonResponse(fields);
  }

  /** After an alias was put. */
  void switched(AliasOutcome outcome, ActionListener<JsonResponse> listener) {
    tellAndCount(
        List.of(outcome.alias().name()),
        outcome.model().file().digest(),
        listener.map(codes -> response(outcome, codes)));
  }

  private static JsonResponse response(AliasOutcome outcome, List<Map<String, Object>> oldCodes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("acknowledged", true);
    fields.put("result", outcome.result());
    fields.putAll(AliasApi.fields(outcome.alias(), outcome.model()));
    outcome.previous().ifPresent(previous -> fields.put("previous_model", previous.value()));
    fields.put("old_codes", oldCodes);
    return new JsonResponse(fields);
  }

  private void tellAndCount(
      List<ModelId> names, String digest, ActionListener<List<Map<String, Object>>> listener) {
    SubscribableListener.<Void>newForked(l -> tellNodes(client, names, l))
        .<List<Map<String, Object>>>andThen(l -> oldCodes.of(names, digest, l))
        .addListener(listener);
  }

  /** After a model or an alias was deleted. */
  void deleted(ModelId id, ActionListener<JsonResponse> listener) {
    SubscribableListener.<List<ModelId>>newForked(l -> names(id, l))
        .<Void>andThen((l, names) -> tellNodes(client, names, l))
        .andThenApply(told -> JsonResponse.acknowledged())
        .addListener(listener);
  }

  /** All names that a model may be loaded by: its own and its aliases. */
  private void names(ModelId model, ActionListener<List<ModelId>> listener) {
    store
        .aliases()
        .of(
            model,
            listener.map(
                aliases -> {
                  List<ModelId> names = new ArrayList<>(aliases);
                  names.add(0, model);
                  return names;
                }));
  }

  /**
   * Makes all nodes drop models.
   *
   * @param names what they may be loaded by
   * @param listener is told when the nodes have dropped them; a node that cannot be told finds out
   *     by itself
   */
  static void tellNodes(Client client, List<ModelId> names, ActionListener<Void> listener) {
    var request = new NodesApi.NodesRequest(names.stream().map(ModelId::value).toList());
    request.waitFor(PATIENCE);
    client.execute(
        NodesApi.ClearCache.TYPE,
        request,
        new ThreadedActionListener<>(
            client.threadPool().generic(),
            listener
                .delegateResponse(
                    (l, e) -> {
                      warn(names, e);
                      l.onResponse(null);
                    })
                .map(
                    told -> {
                      told.failures().forEach(e -> warn(names, e));
                      return null;
                    })));
  }

  private static void warn(List<ModelId> names, Exception e) {
    logger.warn(() -> "a node could not be told that models " + names + " have changed", e);
  }
}
