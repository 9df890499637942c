// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import static org.elasticsearch.core.Strings.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.util.FixedBitSet;
import org.elasticsearch.core.TimeValue;
import org.semantichash.duplicates.CandidatePairs;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.duplicates.NewDocuments;
import org.semantichash.duplicates.TextVerification;
import org.semantichash.duplicates.VerifiedDuplicates;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus;
import org.semantichash.plugin.duplicates.DuplicatesTask.DuplicatesStatus.Phase;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;
import org.semantichash.plugin.duplicates.job.OrderedGroups.GroupMembers;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.shard.ShardFields;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersRequest;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction.MembersResponse;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ShardCalls;
import org.semantichash.plugin.memory.BreakerMemory;

/**
 * Joins the codes of all shards into pairs, verifies these by the texts where that is asked for,
 * groups them, reads the ids of their documents and stores them.
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
  private final Map<String, ShardFields> fields;
  private final Runnable beforeStoring;

  /**
   * A join.
   *
   * @param fields of the searched indices, by name
   * @param beforeStoring called before the first group is stored
   */
  DuplicatesJoin(
      JobServices services,
      BlockingCalls waiting,
      ShardCalls calls,
      DuplicatesTask task,
      DuplicatesRequest request,
      BreakerMemory memory,
      Map<String, ShardFields> fields,
      Runnable beforeStoring) {
    this.services = services;
    this.waiting = waiting;
    this.calls = calls;
    this.task = task;
    this.request = request;
    this.memory = memory;
    this.fields = fields;
    this.beforeStoring = beforeStoring;
  }

  JobOutcome join(ShardCodeTable table) {
    if (request.options().newDocuments() == null) {
      return join(table, Map.of());
    }
    FixedBitSet isNew = table.codes().isNew();
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("documents", isNew.cardinality());
    ShardCodeTable some = table.only(connected(table, isNew, counts), memory);
    counts.put("regrouped", some.codes().size());
    return join(some, Map.of(DuplicatesOptions.NEW, counts, "without_code", table.withoutCode()));
  }

  /** The documents that new ones touch: they are grouped anew, by themselves. */
  private int[] connected(ShardCodeTable table, FixedBitSet isNew, Map<String, Object> counts) {
    DuplicatesOptions options = request.options();
    CodeTable codes = table.codes().table();
    int maxDistance = options.maxDistance(codes.bits());
    report(Phase.JOINING, 0, table, 0);
    JoinResources resources = resources(Phase.JOINING, table);
    if (options.verify() == null) {
      return NewDocuments.connected(
          codes, isNew, maxDistance, NewDocuments.Verified.ALL, resources);
    }
    NewDocuments.ByText texts =
        new NewDocuments.ByText(
            codes,
            maxDistance,
            options.verify().criterion(),
            new ShardTexts(table, waiting, calls, task, options, fields, memory),
            new JoinResources(
                memory, services.threadPool().generic(), THREADS, new Cancellation(task)));
    try {
      int[] connected = NewDocuments.connected(codes, isNew, maxDistance, texts, resources);
      counts.put("candidates", texts.candidates());
      counts.put("texts", texts.texts());
      return connected;
    } catch (CandidatePairs.TooManyPairsException e) {
      throw tooManyCandidates(options, maxDistance, e);
    }
  }

  private JobOutcome join(ShardCodeTable table, Map<String, Object> also) {
    DuplicatesOptions options = request.options();
    CodeTable codes = table.codes().table();
    int maxDistance = options.maxDistance(codes.bits());
    report(Phase.JOINING, 0, table, 0);
    JoinResources resources = resources(Phase.JOINING, table);
    if (options.verify() != null) {
      try (CandidatePairs candidates =
          CandidatePairs.find(
              codes, maxDistance, options.verify().criterion().maxCandidates(), resources)) {
        return verify(candidates, table, also);
      } catch (CandidatePairs.TooManyPairsException e) {
        throw tooManyCandidates(options, maxDistance, e);
      }
    }
    try (NearDuplicates found =
        NearDuplicates.find(codes, maxDistance, options.grouping(), resources)) {
      return outcome(found.groups(), with(also, JobHeader.of(table, found)), table);
    }
  }

  private static Map<String, Object> with(Map<String, Object> also, Map<String, Object> header) {
    header.putAll(also);
    return header;
  }

  private JoinResources resources(Phase phase, ShardCodeTable table) {
    return new JoinResources(
        memory, services.threadPool().generic(), THREADS, new Monitor(phase, table));
  }

  private JobOutcome verify(
      CandidatePairs candidates, ShardCodeTable table, Map<String, Object> also) {
    DuplicatesOptions options = request.options();
    long began = System.nanoTime();
    ShardTexts texts = new ShardTexts(table, waiting, calls, task, options, fields, memory);
    try (VerifiedDuplicates found =
        TextVerification.verify(
            candidates,
            options.verify().criterion(),
            options.grouping(),
            texts,
            resources(Phase.VERIFYING, table))) {
      TimeValue took = TimeValue.timeValueNanos(System.nanoTime() - began);
      return outcome(found.groups(), with(also, JobHeader.of(table, found, took)), table);
    }
  }

  private static IllegalArgumentException tooManyCandidates(
      DuplicatesOptions options, int maxDistance, CandidatePairs.TooManyPairsException e) {
    return new IllegalArgumentException(
        format(
            "[max_candidates] is [%s], but more pairs of texts are within [max_distance] [%s]:"
                + " lower [max_distance], take fewer documents with [query], or raise"
                + " [max_candidates]",
            options.verify().criterion().maxCandidates(), maxDistance),
        e);
  }

  private JobOutcome outcome(
      DuplicateGroups groups, Map<String, Object> header, ShardCodeTable table) {
    GroupMembers named =
        GroupMembers.of(groups, table, request.options().seqNoPrimaryTerm(), memory);
    name(named, table, groups.count());
    OrderedGroups shown = new OrderedGroups(groups, named, table.codes().table(), memory);
    report(Phase.WRITING, 0, table, groups.count());
    return outcome(header, shown);
  }

  /** Groups that the response shows are not stored, if the caller waits for it. */
  private JobOutcome outcome(Map<String, Object> header, OrderedGroups groups) {
    if (request.started() == null && request.page().holds(groups.count())) {
      return new JobOutcome(
          header,
          IntStream.range(0, groups.count()).mapToObj(groups::group).toList(),
          StoredJob.Pages.NONE);
    }
    beforeStoring.run();
    StoredJob.Pages pages =
        services.results().writeGroups(request.id(), groups, call -> waiting.<Void>await(call));
    return new JobOutcome(header, null, pages);
  }

  private void name(GroupMembers named, ShardCodeTable table, int groups) {
    int from = 0;
    while (from < named.size()) {
      report(Phase.NAMING, (double) from / named.size(), table, groups);
      int start = from;
      int end = Math.min(named.endOfShard(from), from + NAMES);
      ShardReader reader = table.reader(named.shard(from));
      MembersRequest members =
          new MembersRequest(
              reader,
              named.inShard(from, end),
              request.options().keep(),
              request.options().seqNoPrimaryTerm());
      MembersResponse response = waiting.await(l -> calls.members(reader, members, l));
      named.name(start, response);
      from = end;
    }
  }

  private void report(Phase phase, double progress, ShardCodeTable table, int groups) {
    task.report(
        new DuplicatesStatus(phase, progress, table.counted(), table.codes().size(), groups));
  }

  /** Of the comparisons on the way to the documents that are grouped. */
  private record Cancellation(DuplicatesTask task) implements JoinResources.Monitor {

    @Override
    public void checkCancelled() {
      task.ensureNotCancelled();
    }

    @Override
    public void progress(double done) {}
  }

  private final class Monitor implements JoinResources.Monitor {
    private final Phase phase;
    private final ShardCodeTable table;

    private Monitor(Phase phase, ShardCodeTable table) {
      this.phase = phase;
      this.table = table;
    }

    @Override
    public void checkCancelled() {
      task.ensureNotCancelled();
    }

    @Override
    public void progress(double done) {
      report(phase, done, table, 0);
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
