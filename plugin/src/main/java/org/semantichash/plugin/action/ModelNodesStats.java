// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.injection.guice.Inject;

/** Tells what all nodes did with models. */
public final class ModelNodesStats extends ModelNodesAction {

  /** Its name. */
  public static final ActionType<NodesModels> TYPE =
      new ActionType<>("cluster:monitor/semantic_hash/stats");

  /** Made by the node. */
  @Inject
  public ModelNodesStats(NodesServices services) {
    super(TYPE, services);
  }
}
