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
