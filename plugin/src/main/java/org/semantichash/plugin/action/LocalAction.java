// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.elasticsearch.transport.Transports;

/**
 * An action that runs on the node that is asked, off its event loops: it may read every mapping of
 * the cluster and hash a file.
 *
 * @param <P> its parameters
 */
abstract class LocalAction<P> extends TransportAction<LocalRequest<P>, Answer> {

  LocalAction(ActionType<Answer> type, ActionFilters filters, TransportService transport) {
    super(type.name(), filters, transport.getTaskManager(), transport.getThreadPool().generic());
  }

  @Override
  protected final void doExecute(
      Task task, LocalRequest<P> request, ActionListener<Answer> listener) {
    assert Transports.assertNotTransportThread("it parses mappings and hashes files");
    answer(request.parameters(), listener);
  }

  /** Does it. What is thrown fails the request. */
  abstract void answer(P parameters, ActionListener<Answer> listener);
}
