// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import static org.elasticsearch.core.Strings.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.threadpool.Scheduler;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.DuplicatesLimits;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.DuplicatesTask;
import org.semantichash.plugin.duplicates.job.DuplicatesJoin.JobOutcome;
import org.semantichash.plugin.duplicates.job.PointInTime.ShardQueries;
import org.semantichash.plugin.duplicates.job.ShardCodeTable.ShardCodeReader;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.duplicates.result.StoredJob;
import org.semantichash.plugin.duplicates.result.StoredJob.JobState;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesResponse;
import org.semantichash.plugin.duplicates.shard.ShardFields;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.duplicates.shard.ShardReader.ShardCalls;
import org.semantichash.plugin.memory.BreakerMemory;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ClusterIndices;
import org.semantichash.plugin.store.EmptyCodes;

/**
 * A search of near-duplicates. It takes a thread of its own, which waits for the shards, searches
 * the pairs and stores the result, where the answer does not show all of it. A search that was
 * stored as running is stored as ended, whatever ends it.
 */
public final class DuplicatesJob {

  private static final Logger logger = LogManager.getLogger(DuplicatesJob.class);
  private static final String LABEL = "[semantic_hash] near duplicates";
  private static final TimeValue TOUCH_INTERVAL = TimeValue.timeValueMinutes(1);
  private static final TimeValue FIRST_PAUSE = TimeValue.timeValueMillis(500); // then doubled
  private static final int TRIES = 8; // to store the end, in about a minute

  private final JobServices services;
  private final DuplicatesTask task;
  private final DuplicatesRequest request;
  private final DuplicatesOptions options;
  private final BlockingCalls waiting;
  private final ShardCalls calls;
  private final TaskId taskId;
  private final String owner;
  private final long started = System.currentTimeMillis();
  private Map<String, Object> header;
  private boolean stored;

  /** A search that begins with {@link #run} and belongs to the user of the current request. */
  public DuplicatesJob(JobServices services, DuplicatesTask task, DuplicatesRequest request) {
    this.services = services;
    this.task = task;
    this.request = request;
    this.options = request.options();
    this.waiting = new BlockingCalls(task);
    this.calls = new ShardCalls(services.transport(), services.clusterService(), task);
    this.taskId = new TaskId(services.clusterService().localNode().getId(), task.getId());
    this.owner = Caller.of(services.threadPool().getThreadContext()).encoded();
  }

  /**
   * Searches, and stores what has to be stored.
   *
   * @param listener gets the answer. What is thrown is the reason why there is none
   */
  public void run(ActionListener<Map<String, Object>> listener) {
    BreakerMemory memory = new BreakerMemory(services.search().getCircuitBreaker(), LABEL);
    JobOutcome outcome = null;
    Throwable failure = null;
    try (memory) {
      outcome = search(memory);
    } catch (JoinResources.MemoryRefusedException e) {
      failure = memory.refused(e);
    } catch (RuntimeException | Error e) { // whatever it is, the job must not stay running
      failure = e;
    }
    if (stored) {
      end(outcome, failure);
    }
    if (failure != null) {
      ExceptionsHelper.maybeDieOnAnotherThread(failure);
      throw ExceptionsHelper.convertToRuntime(
          failure instanceof Exception e ? e : new ElasticsearchException(failure));
    }
    answer(outcome, listener);
  }

  private JobOutcome search(BreakerMemory memory) {
    DiscoveryNode local = services.clusterService().localNode();
    var client = new ParentTaskAssigningClient(services.client(), local, task);
    BytesReference id =
        waiting.await(
            l -> PointInTime.open(client, request, l),
            late -> PointInTime.close(services.client(), late));
    try {
      PointInTime point =
          PointInTime.of(
              id, request, services.indices().now(), services.resolver(), services.registry());
      return search(point, memory);
    } finally {
      PointInTime.close(services.client(), id);
    }
  }

  private JobOutcome search(PointInTime all, BreakerMemory memory) {
    Map<String, CodesRequest.CodesQuery> wanted =
        new ShardQueries(services, waiting, all, request.indicesOptions(), started).wanted(options);
    Map<String, ShardFields> fields = check(all, wanted);
    PointInTime point = all.only(fields.keySet());
    int bits = fields.values().stream().mapToInt(ShardFields::bits).findFirst().orElse(0);
    Map<String, EmptyCode> emptyCodes = emptyCodes(fields);
    for (ShardReader reader : point.firstReaders()) {
      EmptyCode code = emptyCodes.get(reader.shard().getIndexName());
      wanted.computeIfPresent(
          reader.shard().getIndex().getUUID(), (index, asked) -> asked.withEmptyCode(code));
    }
    header =
        JobHeader.of(
            request, taskId, started, all.indicesBeside(fields.keySet()), bits, emptyCodes);
    if (request.started() != null) {
      store(all);
      request.started().onResponse(taskId);
    }
    Scheduler.Cancellable touching =
        services
            .threadPool()
            .scheduleWithFixedDelay(
                () -> touch(point, wanted), TOUCH_INTERVAL, services.threadPool().generic());
    try {
      ShardCodeReader reading =
          new ShardCodeReader(
              calls, point.readers(), wanted, bits == 0 ? BinaryCode.MAX_BITS : bits, task, memory);
      waiting.await(reading::run);
      return new DuplicatesJoin(
              services, waiting, calls, task, request, memory, fields, () -> storeOnce(all))
          .join(reading.table());
    } finally {
      touching.cancel();
    }
  }

  /** Keeps the readers open: they expire without requests. */
  private void touch(PointInTime point, Map<String, CodesRequest.CodesQuery> wanted) {
    for (ShardReader reader : point.readers()) {
      ask(reader, wanted, ActionListener.noop());
    }
  }

  private void ask(
      ShardReader reader,
      Map<String, CodesRequest.CodesQuery> wanted,
      ActionListener<CodesResponse> listener) {
    String index = reader.shard().getIndex().getUUID();
    calls.codes(reader, new CodesRequest(reader, wanted.get(index), 0, 0), listener);
  }

  /**
   * Compares each index with each, as not all say which model made their codes.
   *
   * @return the fields of those indices that have them
   */
  private Map<String, ShardFields> check(
      PointInTime point, Map<String, CodesRequest.CodesQuery> wanted) {
    Map<String, ShardFields> checked = new LinkedHashMap<>();
    for (ShardReader reader : point.firstReaders()) {
      String index = reader.shard().getIndexName();
      ShardFields fields = waiting.<CodesResponse>await(l -> ask(reader, wanted, l)).fields();
      if (fields.isMapped()) {
        checked.forEach(
            (earlier, itsFields) ->
                itsFields.checkComparable(
                    options.field(), earlier, fields, index, options.keep().field()));
        checked.put(index, fields);
      }
    }
    checkText(checked);
    for (ShardFields fields : checked.values()) {
      if (options.maxDistance(fields.bits()) > fields.bits()) {
        throw new IllegalArgumentException(
            format(
                "[max_distance] must be at most [%s], the bits of field [%s], got [%s]",
                fields.bits(), options.field(), options.maxDistance()));
      }
    }
    return checked;
  }

  /** A misspelt field would look like documents without texts. */
  private void checkText(Map<String, ShardFields> fields) {
    if (options.verify() != null
        && fields.isEmpty() == false
        && fields.values().stream().noneMatch(ShardFields::hasText)) {
      throw new IllegalArgumentException(
          format(
              "[verify.field] must be a field with text, but none of the indices %s has a field"
                  + " [%s]",
              fields.keySet(), options.verify().field()));
    }
  }

  /** What stands for texts without known terms, by index; nothing does when they count too. */
  private Map<String, EmptyCode> emptyCodes(Map<String, ShardFields> fields) {
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

  private void storeOnce(PointInTime point) {
    if (stored == false) {
      store(point);
    }
  }

  private void store(PointInTime point) {
    StoredJob job =
        new StoredJob(
            request.id(),
            started,
            System.currentTimeMillis() + request.keepAlive().millis(),
            services.clusterService().localNode().getEphemeralId(),
            new StoredJob.Access(owner, request.asked(), point.names(services.indices().now())),
            StoredJob.Pages.NONE,
            header,
            0,
            0);
    BlockingCalls.<Void>awaitUncancelled(l -> services.results().start(job, l));
    stored = true;
  }

  /** A caller that waited has got the failure, so nothing of the search is kept. */
  private void end(JobOutcome outcome, Throwable failure) {
    StoredJob.Pages pages = outcome == null ? StoredJob.Pages.NONE : outcome.pages();
    Map<String, Object> fields = endOf(outcome, failure);
    try {
      if (failure != null && request.started() == null) {
        persist(l -> services.results().discard(request.id(), l));
      } else {
        persist(l -> services.results().finish(request.id(), pages, fields, l));
      }
    } catch (RuntimeException e) {
      logger.warn("near duplicates [" + request.id() + "]: the end could not be stored", e);
      if (failure == null) {
        throw e;
      }
    }
  }

  private Map<String, Object> endOf(JobOutcome outcome, Throwable failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("took", System.currentTimeMillis() - started);
    if (failure == null) {
      fields.put("state", JobState.COMPLETED.toString());
      fields.putAll(outcome.fields());
    } else {
      JobState state = task.isCancelled() ? JobState.CANCELLED : JobState.FAILED;
      fields.put("state", state.toString());
      fields.put("reason", ExceptionsHelper.unwrapCause(failure).toString());
    }
    return fields;
  }

  /** Tries again for about a minute: a disk may be full, a shard move, the memory be short. */
  private void persist(Consumer<ActionListener<Void>> write) {
    for (int tries = 1; ; tries++) {
      try {
        BlockingCalls.<Void>awaitUncancelled(write);
        return;
      } catch (RuntimeException e) {
        if (tries == TRIES || (tries > 1 && task.isCancelled())) {
          throw e;
        }
        logger.debug("near duplicates [" + request.id() + "]: its end is stored again", e);
        waiting.pause(
            TimeValue.timeValueMillis(FIRST_PAUSE.millis() << (tries - 1)), services.threadPool());
      }
    }
  }

  private void answer(JobOutcome outcome, ActionListener<Map<String, Object>> listener) {
    if (stored) {
      services
          .results()
          .reload(
              request.id(),
              listener.delegateFailureAndWrap(
                  (l, job) -> services.results().show(job, request.page(), l)));
      return;
    }
    Map<String, Object> shown = new LinkedHashMap<>(header);
    shown.remove("id"); // nothing is there to be asked for
    shown.remove("task");
    shown.putAll(endOf(outcome, null));
    shown.put("from", request.page().from());
    shown.put("size", request.page().size());
    shown.put("groups", outcome.groups());
    listener.onResponse(shown);
  }

  /**
   * Services of the node that a search uses.
   *
   * @param client with the rights of the caller
   * @param transport to other nodes
   * @param threadPool of the node
   * @param clusterService the cluster's state
   * @param indices the indices of the cluster
   * @param resolver of the names of indices
   * @param registry to read what Elasticsearch writes
   * @param search the node's searches
   * @param results where results are stored
   * @param emptyCodes the codes of texts without known terms
   * @param limits of searches and their results
   */
  public record JobServices(
      Client client,
      TransportService transport,
      ThreadPool threadPool,
      ClusterService clusterService,
      ClusterIndices indices,
      IndexNameExpressionResolver resolver,
      NamedWriteableRegistry registry,
      SearchService search,
      DuplicatesResults results,
      EmptyCodes emptyCodes,
      DuplicatesLimits limits) {

    @Inject
    public JobServices {}
  }
}
