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
package org.semantichash.plugin.duplicates.job;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.threadpool.Scheduler;
import org.semantichash.duplicates.MemoryRefusedException;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.result.JobState;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.shard.CodesRequest;
import org.semantichash.plugin.duplicates.shard.CodesResponse;
import org.semantichash.plugin.duplicates.shard.SearchedFields;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.models.ModelId;

/**
 * A search of near-duplicates. It takes a thread of its own, which waits for the shards, searches
 * the pairs and stores the result. A search that was stored as running is always stored as ended.
 */
public final class DuplicatesJob {

  private static final Logger logger = LogManager.getLogger(DuplicatesJob.class);
  private static final String LABEL = "[semantic_hash] near duplicates";
  private static final TimeValue TOUCH_INTERVAL = TimeValue.timeValueMinutes(1);

  private final JobServices services;
  private final DuplicatesTask task;
  private final DuplicatesRequest request;
  private final DuplicatesOptions options;
  private final Waiting waiting;
  private final ShardCalls calls;
  private final TaskId taskId;
  private final long started = System.currentTimeMillis();
  private boolean stored;

  /** A search that begins with {@link #run}. */
  public DuplicatesJob(JobServices services, DuplicatesTask task, DuplicatesRequest request) {
    this.services = services;
    this.task = task;
    this.request = request;
    this.options = request.options();
    this.waiting = new Waiting(task);
    this.calls = new ShardCalls(services.transport(), services.clusterService(), task);
    this.taskId = new TaskId(services.clusterService().localNode().getId(), task.getId());
  }

  /** Searches and stores. What is thrown is the reason why there is no result. */
  public void run() {
    BreakerMemory memory = new BreakerMemory(services.search().getCircuitBreaker(), LABEL);
    JobOutcome outcome = null;
    RuntimeException failure = null;
    try (memory) {
      outcome = search(memory);
    } catch (MemoryRefusedException e) {
      failure = memory.refused(e);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (stored) {
      finish(outcome, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private JobOutcome search(BreakerMemory memory) {
    DiscoveryNode local = services.clusterService().localNode();
    var client = new ParentTaskAssigningClient(services.client(), local, task);
    BytesReference id = waiting.await(l -> PointInTime.open(client, request, l));
    try {
      PointInTime point =
          PointInTime.of(id, request, services.project(), services.resolver(), services.registry());
      return search(point, memory);
    } finally {
      PointInTime.close(services.client(), id);
    }
  }

  private JobOutcome search(PointInTime point, BreakerMemory memory) {
    Map<String, CodesRequest.Wanted> wanted =
        new RewrittenQueries(services, waiting, point, request.indicesOptions(), started)
            .wanted(options);
    Map<String, SearchedFields> fields = check(point, wanted);
    int bits = fields.values().iterator().next().bits();
    Map<String, EmptyCode> emptyCodes = emptyCodes(fields);
    for (ShardReader reader : point.firstReaders()) {
      EmptyCode code = emptyCodes.get(reader.shard().getIndexName());
      wanted.computeIfPresent(
          reader.shard().getIndex().getUUID(), (index, asked) -> asked.leavingOut(code));
    }
    start(bits, emptyCodes);
    Scheduler.Cancellable touching =
        services
            .threadPool()
            .scheduleWithFixedDelay(
                () -> touch(point, wanted), TOUCH_INTERVAL, services.threadPool().generic());
    try {
      CodeReading reading = new CodeReading(calls, point.readers(), wanted, bits, task, memory);
      waiting.await(reading::run);
      return new Joining(services, waiting, calls, task, request, memory).join(reading.corpus());
    } finally {
      touching.cancel();
    }
  }

  /** Keeps the readers open, whose time runs off while nobody asks them. */
  private void touch(PointInTime point, Map<String, CodesRequest.Wanted> wanted) {
    for (ShardReader reader : point.readers()) {
      ask(reader, wanted, ActionListener.noop());
    }
  }

  private void ask(
      ShardReader reader,
      Map<String, CodesRequest.Wanted> wanted,
      ActionListener<CodesResponse> listener) {
    String index = reader.shard().getIndex().getUUID();
    calls.codes(reader, new CodesRequest(reader, wanted.get(index), 0, 0), listener);
  }

  /** Compares each index with each, as not all say which model made their codes. */
  private Map<String, SearchedFields> check(
      PointInTime point, Map<String, CodesRequest.Wanted> wanted) {
    Map<String, SearchedFields> checked = new LinkedHashMap<>();
    for (ShardReader reader : point.firstReaders()) {
      String index = reader.shard().getIndexName();
      SearchedFields fields = waiting.<CodesResponse>await(l -> ask(reader, wanted, l)).fields();
      checked.forEach(
          (earlier, itsFields) ->
              itsFields.checkComparable(
                  options.field(), earlier, fields, index, options.keep().field()));
      checked.put(index, fields);
    }
    SearchedFields first = checked.values().iterator().next();
    if (options.maxDistance() > first.bits()) {
      throw new IllegalArgumentException(
          "[max_distance] must be at most ["
              + first.bits()
              + "], the bits of field ["
              + options.field()
              + "], got ["
              + options.maxDistance()
              + "]");
    }
    return checked;
  }

  /** What stands for texts without known terms, by index; nothing does when they count too. */
  private Map<String, EmptyCode> emptyCodes(Map<String, SearchedFields> fields) {
    Map<String, EmptyCode> found = new LinkedHashMap<>();
    fields.forEach(
        (index, each) -> {
          ModelId model = each.model() == null ? null : new ModelId(each.model());
          EmptyCode code =
              options.includeWithoutTerms()
                  ? EmptyCode.NONE
                  : waiting.<EmptyCode>await(
                      l -> services.emptyCodes().find(model, each.digest(), each.bits(), l));
          found.put(index, code);
        });
    return found;
  }

  private void start(int bits, Map<String, EmptyCode> emptyCodes) {
    StoredJob job =
        new StoredJob(
            request.id(),
            started,
            services.clusterService().localNode().getEphemeralId(),
            List.of(),
            JobHeader.of(request, taskId, started, bits, emptyCodes),
            0,
            0);
    Waiting.<Void>awaitAlways(l -> services.results().start(job, l));
    stored = true;
    request.started().onResponse(taskId);
  }

  private void finish(JobOutcome outcome, RuntimeException failure) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("took", System.currentTimeMillis() - started);
    if (failure == null) {
      fields.put("state", JobState.COMPLETED.toString());
      fields.putAll(outcome.fields());
    } else {
      JobState state = task.isCancelled() ? JobState.CANCELLED : JobState.FAILED;
      fields.put("state", state.toString());
      fields.put("reason", ExceptionsHelper.unwrapCause(failure).toString());
    }
    List<Integer> starts = outcome == null ? List.of() : outcome.starts();
    try {
      Waiting.<Void>awaitAlways(l -> services.results().finish(request.id(), starts, fields, l));
    } catch (RuntimeException e) {
      logger.warn("near duplicates [" + request.id() + "]: the end could not be stored", e);
      if (failure == null) {
        throw e;
      }
    }
  }
}
