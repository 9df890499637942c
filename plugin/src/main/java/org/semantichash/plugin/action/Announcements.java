// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.core.TimeValue;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.store.ModelIndex;

/** Tells all nodes that models have changed, so that they drop the old ones. */
final class Announcements {

  private static final Logger logger = LogManager.getLogger(Announcements.class);

  /** How long a node is waited for. */
  private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(5);

  private final Client client;

  Announcements(Client client) {
    this.client = new OriginSettingClient(client, ModelIndex.ORIGIN);
  }

  /**
   * Answers when the nodes have dropped the models; those that cannot be told will find out.
   *
   * @param names what they may be loaded under
   */
  void changed(List<ModelId> names, ActionListener<Void> listener) {
    ModelNodesRequest request = new ModelNodesRequest(names.stream().map(ModelId::value).toList());
    request.setTimeout(PATIENCE);
    client.execute(
        ClearCache.TYPE,
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
