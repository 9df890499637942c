// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus.Phase;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;
import org.semantichash.plugin.duplicates.job.OrderedGroups.GroupMembers;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersRequest;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ShardCalls;
import org.semantichash.plugin.memory.BreakerMemory;

/**
 * Joins the codes of all shards into pairs and groups, reads the ids of their documents and stores
 * them.
 */
final class DuplicatesJoin {

  private static final int THREADS = 2;
  private static final int NAMES = 4096; // of one request

  private final JobServices services;
  private final BlockingCalls waiting;
  private final ShardCalls calls;
  private final DuplicatesTask task;
  private final DuplicatesRequest request;
  private final BreakerMemory memory;
  private final Runnable beforeStoring;

  /**
   * A join.
   *
   * @param beforeStoring called before the first group is stored
   */
  DuplicatesJoin(
      JobServices services,
      BlockingCalls waiting,
      ShardCalls calls,
      DuplicatesTask task,
      DuplicatesRequest request,
      BreakerMemory memory,
      Runnable beforeStoring) {
    this.services = services;
    this.waiting = waiting;
    this.calls = calls;
    this.task = task;
    this.request = request;
    this.memory = memory;
    this.beforeStoring = beforeStoring;
  }

  JobOutcome join(ShardCodeTable table) {
    DuplicatesOptions options = request.options();
    CodeTable codes = table.codes().table();
    report(Phase.JOINING, 0, table, 0);
    JoinResources resources =
        new JoinResources(memory, services.threadPool().generic(), THREADS, new Monitor(table));
    try (NearDuplicates found =
        NearDuplicates.find(codes, options.maxDistance(), options.grouping(), resources)) {
      DuplicateGroups groups = found.groups();
      GroupMembers named = GroupMembers.of(groups, table, memory);
      name(named, table, groups.count());
      OrderedGroups shown = new OrderedGroups(groups, named, codes, memory);
      report(Phase.WRITING, 0, table, groups.count());
      return outcome(JobHeader.of(table, found), shown);
    }
  }

  /** Groups that the response shows are not stored, if the caller waits for it. */
  private JobOutcome outcome(Map<String, Object> fields, OrderedGroups groups) {
    if (request.started() == null && request.page().holds(groups.count())) {
      return new JobOutcome(
          fields,
          IntStream.range(0, groups.count()).mapToObj(groups::group).toList(),
          StoredJob.Pages.NONE);
    }
    beforeStoring.run();
    StoredJob.Pages pages =
        services.results().writeGroups(request.id(), groups, call -> waiting.<Void>await(call));
    return new JobOutcome(fields, null, pages);
  }

  private void name(GroupMembers named, ShardCodeTable table, int groups) {
    int from = 0;
    while (from < named.size()) {
      report(Phase.NAMING, (double) from / named.size(), table, groups);
      int start = from;
      int end = Math.min(named.endOfShard(from), from + NAMES);
      ShardReader reader = table.reader(named.shard(from));
      MembersRequest members =
          new MembersRequest(reader, named.inShard(from, end), request.options().keep());
      MembersResponse response = waiting.await(l -> calls.members(reader, members, l));
      named.name(start, response);
      from = end;
    }
  }

  private void report(Phase phase, double progress, ShardCodeTable table, int groups) {
    task.report(
        new DuplicatesStatus(phase, progress, table.counted(), table.codes().size(), groups));
  }

  private final class Monitor implements JoinResources.Monitor {
    private final ShardCodeTable table;

    private Monitor(ShardCodeTable table) {
      this.table = table;
    }

    @Override
    public void checkCancelled() {
      task.ensureNotCancelled();
    }

    @Override
    public void progress(double done) {
      report(Phase.JOINING, done, table, 0);
    }
  }

  /**
   * What a search has found.
   *
   * @param fields what its header says
   * @param groups all of them; null when they are stored
   * @param pages where they are stored
   */
  record JobOutcome(
      Map<String, Object> fields, List<Map<String, Object>> groups, StoredJob.Pages pages) {}
}
