// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;

/** Asks for the near-duplicates in some indices; never sent to another node. */
public final class DuplicatesRequest extends ReadRequest implements IndicesRequest.Replaceable {

  /** Wildcards mean open indices; every name must exist and every wildcard find something. */
  private static final IndicesOptions OPTIONS =
      IndicesOptions.fromOptions(false, false, true, false, true, true, false, false);

  private static final TimeValue MIN_KEEP_ALIVE = TimeValue.timeValueSeconds(1);
  private static final TimeValue MAX_KEEP_ALIVE = TimeValue.timeValueDays(365);

  /** How long a result is kept that nobody says more about. */
  public static final TimeValue KEEP_ALIVE = TimeValue.timeValueDays(5);

  private String[] indices;
  private final List<String> asked;
  private final String id;
  private final DuplicatesOptions options;
  private final Answered answered;
  private final ActionListener<TaskId> started;

  /**
   * How a request is answered.
   *
   * @param page the groups that are answered
   * @param waits whether to answer when it is done; otherwise when it has begun
   * @param keepAlive how long a result is kept that has to be stored
   */
  public record Answered(Page page, boolean waits, TimeValue keepAlive) {

    /** Checks the time. */
    public Answered {
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
      String[] indices, String id, DuplicatesOptions options, Answered answered) {
    this(indices, List.of(indices), id, options, answered, null);
  }

  private DuplicatesRequest(
      String[] indices,
      List<String> asked,
      String id,
      DuplicatesOptions options,
      Answered answered,
      ActionListener<TaskId> started) {
    this.indices = indices.clone();
    this.asked = asked;
    this.id = Objects.requireNonNull(id, "id");
    this.options = Objects.requireNonNull(options, "options");
    this.answered = answered;
    this.started = started;
  }

  /** Checks how long a result shall be kept. */
  public static void checkKeepAlive(TimeValue keepAlive) {
    if (keepAlive.compareTo(MIN_KEEP_ALIVE) < 0 || keepAlive.compareTo(MAX_KEEP_ALIVE) > 0) {
      throw new IllegalArgumentException(
          "[keep_alive] must be between ["
              + MIN_KEEP_ALIVE
              + "] and ["
              + MAX_KEEP_ALIVE
              + "], got ["
              + keepAlive
              + "]");
    }
  }

  /** The same, stored from its beginning on; somebody is told when it has begun. */
  DuplicatesRequest telling(ActionListener<TaskId> told) {
    return new DuplicatesRequest(
        indices,
        asked,
        id,
        options,
        new Answered(new Page(0, 0), true, answered.keepAlive()),
        Objects.requireNonNull(told, "told"));
  }

  /** The id of the result. */
  public String id() {
    return id;
  }

  /** What is searched. */
  public DuplicatesOptions options() {
    return options;
  }

  /** The indices as they were named, before security replaced wildcards. */
  public List<String> asked() {
    return asked;
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
  public String[] indices() {
    return indices;
  }

  @Override
  public IndicesRequest indices(String... replaced) {
    this.indices = replaced;
    return this;
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
    return "near duplicates ["
        + id
        + "] of ["
        + String.join(",", indices)
        + "] by field ["
        + options.field()
        + "] within ["
        + options.maxDistance()
        + "] bits";
  }

  @Override
  public void writeTo(StreamOutput out) {
    TransportAction.localOnly();
  }
}
