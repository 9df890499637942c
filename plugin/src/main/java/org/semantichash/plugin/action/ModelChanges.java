// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.AliasOutcome;
import org.semantichash.plugin.store.ModelStorage;
import org.semantichash.plugin.store.StoredOutcome;

/** What follows a change of a model or an alias: the nodes are told, then the caller. */
public final class ModelChanges {

  private final ModelStorage storage;
  private final Announcements announcements;
  private final ProjectState state;
  private final OldCodes oldCodes;

  /** Made by the node. */
  @Inject
  public ModelChanges(
      ModelStorage storage,
      Client client,
      ClusterService clusterService,
      ProjectResolver projects,
      OldCodes oldCodes) {
    this.storage = storage;
    this.announcements = new Announcements(client);
    this.state = new ProjectState(clusterService, projects);
    this.oldCodes = oldCodes;
  }

  /** Who names a model or an alias now. */
  ModelUsers users(ModelId name) {
    return state.users(List.of(name));
  }

  /** After a model was put. */
  void stored(StoredOutcome stored, ActionListener<Answer> listener) {
    SubscribableListener.<List<ModelId>>newForked(l -> names(stored.model().id(), l))
        .<Answer>andThen(
            (l, names) ->
                tellAndCount(
                    names,
                    stored.model().file().digest(),
                    l.map(codes -> Stored.answer(stored, state.users(names), codes))))
        .addListener(listener);
  }

  /** After an alias was put. */
  void switched(AliasOutcome outcome, ActionListener<Answer> listener) {
    tellAndCount(
        List.of(outcome.alias().name()),
        outcome.model().file().digest(),
        listener.map(codes -> Stored.answer(outcome, codes)));
  }

  private void tellAndCount(
      List<ModelId> names, String digest, ActionListener<List<Map<String, Object>>> listener) {
    SubscribableListener.<Void>newForked(l -> announcements.changed(names, l))
        .<List<Map<String, Object>>>andThen(l -> oldCodes.of(names, digest, l))
        .addListener(listener);
  }

  /** After a model or an alias was deleted. */
  void deleted(ModelId id, ActionListener<Answer> listener) {
    SubscribableListener.<List<ModelId>>newForked(l -> names(id, l))
        .<Void>andThen((l, names) -> announcements.changed(names, l))
        .andThenApply(told -> Answer.acknowledged())
        .addListener(listener);
  }

  /** All names that a model may be loaded under: its own and its aliases. */
  private void names(ModelId model, ActionListener<List<ModelId>> listener) {
    storage
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
}
