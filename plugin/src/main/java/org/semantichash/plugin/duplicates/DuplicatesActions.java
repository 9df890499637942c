// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
