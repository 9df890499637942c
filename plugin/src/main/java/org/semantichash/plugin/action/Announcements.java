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
            ActionListener.wrap(
                told -> {
                  told.failures().forEach(e -> warn(names, e));
                  listener.onResponse(null);
                },
                e -> {
                  warn(names, e);
                  listener.onResponse(null);
                })));
  }

  private static void warn(List<ModelId> names, Exception e) {
    logger.warn(() -> "a node could not be told that models " + names + " have changed", e);
  }
}
