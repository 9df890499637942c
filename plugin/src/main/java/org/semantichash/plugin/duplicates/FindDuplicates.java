// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.core.Strings.format;
import static org.elasticsearch.rest.RestRequest.Method.POST;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestCancellableNodeClient;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.api.RestEndpoint;
import org.semantichash.plugin.duplicates.ResultsApi.Page;
import org.semantichash.plugin.duplicates.job.DuplicatesJob;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;
import org.semantichash.plugin.duplicates.result.RunningJobs;

/**
 * Searches near-duplicates. A caller that waits gets the groups, and they are stored only if the
 * response does not show all of them. A caller that does not wait gets an id as soon as the request
 * has been checked and the search is stored as running; the search goes on in a task of its own.
 */
public final class FindDuplicates
    extends TransportAction<FindDuplicates.DuplicatesRequest, JsonResponse> {

  public static final ActionType<JsonResponse> TYPE = new ActionType<>(RunningJobs.ACTION);

  private final JobServices services;
  private final NodeClient client;

  @Inject
  public FindDuplicates(ActionFilters filters, JobServices services, NodeClient client) {
    super(
        TYPE.name(),
        filters,
        services.transport().getTaskManager(),
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.services = services;
    this.client = client;
  }

  static RestHandler endpoint() {
    return RestEndpoint.object(
        "near_duplicates_find",
        FindDuplicates::read,
        new Route(POST, "/{index}/_semantic_hash/near_duplicates"));
  }

  /** Closing the connection cancels a search that is waited for. */
  private static CheckedConsumer<RestChannel, Exception> read(
      RestRequest request, NodeClient client) throws IOException {
    var answered =
        new DuplicatesRequest.ResponseOptions(
            Page.of(request),
            request.paramAsBoolean("wait_for_completion", true),
            request.paramAsTime("keep_alive", DuplicatesRequest.KEEP_ALIVE));
    DuplicatesOptions options;
    try (var parser = request.contentParser()) {
      options = DuplicatesOptions.parse(parser);
    }
    var find =
        new DuplicatesRequest(
            ResultsApi.indices(request), UUIDs.randomBase64UUID(), options, answered);
    return channel ->
        new RestCancellableNodeClient(client, request.getHttpChannel())
            .execute(TYPE, find, new RestToXContentListener<>(channel));
  }

  @Override
  protected void doExecute(
      Task task, DuplicatesRequest request, ActionListener<JsonResponse> listener) {
    if (request.waits() == false) {
      startInBackground(request, listener);
      return;
    }
    Releasable running = services.limits().begin();
    services
        .threadPool()
        .generic()
        .execute(
            ActionRunnable.wrap(
                ActionListener.releaseAfter(listener, running),
                l ->
                    new DuplicatesJob(services, (DuplicatesTask) task, request)
                        .run(l.map(JsonResponse::new))));
  }

  private void startInBackground(DuplicatesRequest request, ActionListener<JsonResponse> listener) {
    ActionListener<TaskId> started =
        ActionListener.notifyOnce(
            listener.map(
                task -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("id", request.id());
                  fields.put("task", task.toString());
                  return new JsonResponse(fields);
                }));
    client.executeLocally(
        TYPE, request.startingFor(started), ActionListener.wrap(answer -> {}, started::onFailure));
  }

  /** Asks for the near-duplicates in some indices; never sent to another node. */
  public static final class DuplicatesRequest extends ReadRequest.OfResult {

    /** Wildcards mean open indices; every name must exist and every wildcard find something. */
    private static final IndicesOptions OPTIONS =
        IndicesOptions.fromOptions(false, false, true, false, true, true, false, false);

    private static final TimeValue MIN_KEEP_ALIVE = TimeValue.timeValueSeconds(1);
    private static final TimeValue MAX_KEEP_ALIVE = TimeValue.timeValueDays(365);

    /** How long a result is kept by default. */
    public static final TimeValue KEEP_ALIVE = TimeValue.timeValueDays(5);

    private final DuplicatesOptions options;
    private final ResponseOptions answered;
    private final ActionListener<TaskId> started;

    /**
     * How a request is answered.
     *
     * @param page the groups that are answered
     * @param waits whether to answer when it is done; otherwise when it has begun
     * @param keepAlive how long a result is kept that has to be stored
     */
    public record ResponseOptions(Page page, boolean waits, TimeValue keepAlive) {

      public ResponseOptions {
        checkKeepAlive(keepAlive);
      }
    }

    /**
     * A request.
     *
     * @param indices names, aliases and wildcards
     * @param id of the result
     */
    public DuplicatesRequest(
        String[] indices, String id, DuplicatesOptions options, ResponseOptions answered) {
      this(indices, List.of(indices), id, options, answered, null);
    }

    private DuplicatesRequest(
        String[] indices,
        List<String> asked,
        String id,
        DuplicatesOptions options,
        ResponseOptions answered,
        ActionListener<TaskId> started) {
      super(indices, asked, id);
      this.options = Objects.requireNonNull(options, "options");
      this.answered = answered;
      this.started = started;
    }

    /** Checks how long a result shall be kept. */
    public static void checkKeepAlive(TimeValue keepAlive) {
      if (keepAlive.compareTo(MIN_KEEP_ALIVE) < 0 || keepAlive.compareTo(MAX_KEEP_ALIVE) > 0) {
        throw new IllegalArgumentException(
            format(
                "[keep_alive] must be between [%s] and [%s], got [%s]",
                MIN_KEEP_ALIVE, MAX_KEEP_ALIVE, keepAlive));
      }
    }

    /** The same request, stored as running; the listener gets its task when it has begun. */
    DuplicatesRequest startingFor(ActionListener<TaskId> told) {
      return new DuplicatesRequest(
          indices(),
          asked(),
          id(),
          options,
          new ResponseOptions(new Page(0, 0), true, answered.keepAlive()),
          Objects.requireNonNull(told, "told"));
    }

    public DuplicatesOptions options() {
      return options;
    }

    /** The groups that are answered. */
    public Page page() {
      return answered.page();
    }

    /** How long a result is kept that has to be stored. */
    public TimeValue keepAlive() {
      return answered.keepAlive();
    }

    boolean waits() {
      return answered.waits();
    }

    /**
     * Told once when the search has begun, and its result can be asked for; null where the caller
     * waits for the end, and nothing is stored that can be answered.
     */
    public ActionListener<TaskId> started() {
      return started;
    }

    @Override
    public IndicesOptions indicesOptions() {
      return OPTIONS;
    }

    @Override
    public Task createTask(
        long taskId, String type, String action, TaskId parent, Map<String, String> headers) {
      return new DuplicatesTask(taskId, type, action, getDescription(), parent, headers);
    }

    @Override
    public String getDescription() {
      return format(
          "near duplicates [%s] of [%s] by field [%s] within [%s] bits",
          id(), String.join(",", indices()), options.field(), options.maxDistance());
    }
  }
}
