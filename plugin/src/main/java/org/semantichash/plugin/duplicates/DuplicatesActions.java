// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.List;
import org.elasticsearch.plugins.ActionPlugin.ActionHandler;
import org.elasticsearch.rest.RestHandler;
import org.semantichash.plugin.duplicates.ResultsApi.DeleteDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.GetDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.ListDuplicates;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction;

/** All actions about near-duplicates, and their REST endpoints. */
public final class DuplicatesActions {

  private DuplicatesActions() {}

  public static List<ActionHandler> actions() {
    return List.of(
        new ActionHandler(FindDuplicates.TYPE, FindDuplicates.class),
        new ActionHandler(GetDuplicates.TYPE, GetDuplicates.class),
        new ActionHandler(GetDuplicates.ShowPage.TYPE, GetDuplicates.ShowPage.class),
        new ActionHandler(ListDuplicates.TYPE, ListDuplicates.class),
        new ActionHandler(DeleteDuplicates.TYPE, DeleteDuplicates.class),
        new ActionHandler(ShardCodesAction.TYPE, ShardCodesAction.class),
        new ActionHandler(ShardMembersAction.TYPE, ShardMembersAction.class),
        new ActionHandler(ShardTextsAction.TYPE, ShardTextsAction.class));
  }

  public static List<RestHandler> endpoints() {
    return List.of(
        FindDuplicates.endpoint(),
        ResultsApi.GetDuplicates.endpoint(),
        ResultsApi.ListDuplicates.endpoint(),
        ResultsApi.DeleteDuplicates.endpoint());
  }
}
