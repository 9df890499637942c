// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/** A plugin with actions and REST endpoints. */
public abstract class ServerPlugin extends Plugin implements ActionPlugin {

  /** The actions of the plugin. */
  protected abstract List<Action> actions();

  /** The REST endpoints of the plugin. */
  protected abstract List<RestHandler> endpoints();

  @Override
  public final Collection<ActionHandler> getActions() {
    return actions().stream().map(Action::handler).toList();
  }

  @Override
  public final Collection<RestHandler> getRestHandlers(
      RestHandlersServices services,
      Supplier<DiscoveryNodes> nodes,
      Predicate<NodeFeature> clusterSupports) {
    return endpoints();
  }

  /**
   * An action and what executes it.
   *
   * @param handler as Elasticsearch names both
   */
  public record Action(ActionHandler handler) {

    public static <Q extends ActionRequest, R extends ActionResponse> Action of(
        ActionType<R> type, Class<? extends TransportAction<Q, R>> action) {
      return new Action(new ActionHandler(type, action));
    }
  }
}
