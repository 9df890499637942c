// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.ActionType;
import org.semantichash.plugin.store.ModelStorage;

/**
 * An action that changes the stored models or their aliases.
 *
 * @param <P> its parameters
 */
abstract class ChangeAction<P> extends LocalAction<P> {

  private final ModelStorage storage;
  private final ModelChanges changes;

  ChangeAction(ActionType<Answer> type, ChangeServices services) {
    super(type, services.filters(), services.transport());
    this.storage = services.storage();
    this.changes = services.changes();
  }

  /** Where models and aliases are. */
  final ModelStorage storage() {
    return storage;
  }

  /** Who is told, once it is done. */
  final ModelChanges changes() {
    return changes;
  }
}
