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
