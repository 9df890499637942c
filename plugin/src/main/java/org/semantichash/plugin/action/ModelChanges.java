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

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.StoredOutcome;

/** What follows a change of a model: the nodes are told, then the caller. */
public final class ModelChanges {

  private final Announcements announcements;
  private final ProjectState state;

  /** Made by the node. */
  @Inject
  public ModelChanges(Client client, ClusterService clusterService, ProjectResolver projects) {
    this.announcements = new Announcements(client);
    this.state = new ProjectState(clusterService, projects);
  }

  /** Who names a model now. */
  ModelUsers users(ModelId id) {
    return state.users(id);
  }

  /** After a model was put. */
  void stored(StoredOutcome stored, ActionListener<Answer> listener) {
    ModelId id = stored.model().id();
    announcements.changed(id, listener.map(told -> Stored.answer(stored, users(id))));
  }

  /** After a model was deleted. */
  void deleted(ModelId id, ActionListener<Answer> listener) {
    announcements.changed(id, listener.map(told -> Answer.acknowledged()));
  }
}
