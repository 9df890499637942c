// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.admin.cluster.node.tasks.cancel.CancelTasksRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.tasks.TaskInfo;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.result.StoredJob.JobState;
import org.semantichash.plugin.store.ModelIndex;

/**
 * The tasks of searches that are stored as running: their progress, and whether they still exist.
 */
public final class RunningJobs {

  private final Client client;
  private final ClusterService clusterService;

  public RunningJobs(Client client, ClusterService clusterService) {
    this.client = new OriginSettingClient(client, ModelIndex.ORIGIN);
    this.clusterService = clusterService;
  }

  /** Whether the node that ran a search has left or was restarted. */
  private boolean isLost(StoredJob job) {
    DiscoveryNode node = clusterService.state().nodes().get(job.task().getNodeId());
    return node == null || node.getEphemeralId().equals(job.node()) == false;
  }

  private static StoredJob failed(StoredJob job, String reason) {
    return job.with(Map.of("state", JobState.FAILED.toString(), "reason", reason));
  }

  private static StoredJob lost(StoredJob job) {
    return failed(
        job, "node [" + job.task().getNodeId() + "], which ran the search, left or was restarted");
  }

  /**
   * Searches as they are, with the status of their tasks while they run.
   *
   * @param again reads all again: those whose tasks are not there may just have ended
   */
  void all(
      List<StoredJob> jobs,
      Consumer<ActionListener<List<StoredJob>>> again,
      ActionListener<List<StoredJob>> listener) {
    if (jobs.stream().noneMatch(this::runs)) {
      listener.onResponse(now(jobs, Map.of(), Map.of()));
      return;
    }
    client
        .admin()
        .cluster()
        .prepareListTasks()
        .setActions(DuplicatesRequest.ACTION)
        .setDetailed(true)
        .execute(
            listener.delegateFailureAndWrap(
                (l, tasks) -> {
                  Map<TaskId, TaskInfo> live = new HashMap<>();
                  tasks.getTasks().forEach(task -> live.put(task.taskId(), task));
                  again.accept(
                      l.map(
                          read -> {
                            Map<String, StoredJob> ended = new HashMap<>();
                            read.forEach(job -> ended.put(job.id(), job));
                            return now(jobs, live, ended);
                          }));
                }));
  }

  private boolean runs(StoredJob job) {
    return job.state() == JobState.RUNNING && isLost(job) == false;
  }

  private List<StoredJob> now(
      List<StoredJob> jobs, Map<TaskId, TaskInfo> live, Map<String, StoredJob> read) {
    List<StoredJob> now = new ArrayList<>();
    for (StoredJob job : jobs) {
      if (job.state() != JobState.RUNNING) {
        now.add(job);
      } else if (isLost(job)) {
        now.add(lost(job));
      } else if (live.containsKey(job.task())) {
        now.add(job.with(status(live.get(job.task()))));
      } else if (read.containsKey(job.id())) { // else it was deleted meanwhile
        now.add(ended(job, Optional.of(read.get(job.id()))));
      }
    }
    return now;
  }

  /**
   * A search as it is, with the status of its task while it runs.
   *
   * @param again reads it again: a task that is not there may just have ended
   */
  void one(
      StoredJob job,
      Consumer<ActionListener<Optional<StoredJob>>> again,
      ActionListener<StoredJob> listener) {
    if (job.state() != JobState.RUNNING) {
      listener.onResponse(job);
    } else if (isLost(job)) {
      listener.onResponse(lost(job));
    } else {
      client
          .admin()
          .cluster()
          .prepareListTasks()
          .setTargetTaskId(job.task())
          .setDetailed(true)
          .execute(
              listener.delegateFailureAndWrap(
                  (l, tasks) -> {
                    if (tasks.getTasks().isEmpty()) {
                      again.accept(l.map(found -> ended(job, found)));
                    } else {
                      l.onResponse(job.with(status(tasks.getTasks().getFirst())));
                    }
                  }));
    }
  }

  private static StoredJob ended(StoredJob job, Optional<StoredJob> found) {
    StoredJob now = found.orElseThrow(() -> DuplicatesResults.notFound(job.id()));
    return now.state() == JobState.RUNNING
        ? failed(now, "the search ended, but its result could not be stored")
        : now;
  }

  private static Map<String, Object> status(TaskInfo task) {
    return task.status() == null
        ? Map.of()
        : Map.of(
            "status",
            XContentHelper.convertToMap(
                JsonXContent.jsonXContent, Strings.toString(task.status()), false));
  }

  /** Cancels a search that runs and waits for its end. */
  void cancel(StoredJob job, ActionListener<Void> listener) {
    if (job.state() != JobState.RUNNING || isLost(job)) {
      listener.onResponse(null);
      return;
    }
    CancelTasksRequest request =
        new CancelTasksRequest().setReason("deleted").setTargetTaskId(job.task());
    request.setWaitForCompletion(true);
    // A task that has just ended is no error.
    client
        .admin()
        .cluster()
        .cancelTasks(
            request, listener.delegateResponse((l, e) -> l.onResponse(null)).map(any -> null));
  }
}
