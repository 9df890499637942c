// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.store.ModelStorage;

/**
 * What an action needs that changes the stored models or their aliases.
 *
 * @param filters every action's
 * @param transport knows the tasks
 * @param storage where they are
 * @param changes what follows
 */
public record ChangeServices(
    ActionFilters filters, TransportService transport, ModelStorage storage, ModelChanges changes) {

  /** Made by the node. */
  @Inject
  public ChangeServices {}
}
