// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.List;
import org.elasticsearch.rest.RestHandler;
import org.semantichash.plugin.duplicates.ResultsApi.DeleteDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.GetDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.ListDuplicates;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction;
import org.semantichash.plugin.duplicates.shard.ShardTextsAction;
import org.semantichash.plugin.server.ServerPlugin.Action;

/** All actions about near-duplicates, and their REST endpoints. */
public final class DuplicatesActions {

  private DuplicatesActions() {}

  public static List<Action> actions() {
    return List.of(
        Action.of(FindDuplicates.TYPE, FindDuplicates.class),
        Action.of(GetDuplicates.TYPE, GetDuplicates.class),
        Action.of(GetDuplicates.ShowPage.TYPE, GetDuplicates.ShowPage.class),
        Action.of(ListDuplicates.TYPE, ListDuplicates.class),
        Action.of(DeleteDuplicates.TYPE, DeleteDuplicates.class),
        Action.of(ShardCodesAction.TYPE, ShardCodesAction.class),
        Action.of(ShardMembersAction.TYPE, ShardMembersAction.class),
        Action.of(ShardTextsAction.TYPE, ShardTextsAction.class));
  }

  public static List<RestHandler> endpoints() {
    return List.of(
        FindDuplicates.endpoint(),
        ResultsApi.GetDuplicates.endpoint(),
        ResultsApi.ListDuplicates.endpoint(),
        ResultsApi.DeleteDuplicates.endpoint());
  }
}
