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
package org.semantichash.plugin.duplicates;

import java.util.List;
import org.elasticsearch.plugins.ActionPlugin.ActionHandler;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction;

/** All actions about near-duplicates. */
public final class DuplicatesActions {

  private DuplicatesActions() {}

  /** One handler an action. */
  public static List<ActionHandler> all() {
    return List.of(
        new ActionHandler(FindDuplicates.TYPE, FindDuplicates.class),
        new ActionHandler(GetDuplicates.TYPE, GetDuplicates.class),
        new ActionHandler(GetDuplicates.ShowPage.TYPE, GetDuplicates.ShowPage.class),
        new ActionHandler(ListDuplicates.TYPE, ListDuplicates.class),
        new ActionHandler(DeleteDuplicates.TYPE, DeleteDuplicates.class),
        new ActionHandler(ShardCodesAction.TYPE, ShardCodesAction.class),
        new ActionHandler(ShardMembersAction.TYPE, ShardMembersAction.class));
  }
}
