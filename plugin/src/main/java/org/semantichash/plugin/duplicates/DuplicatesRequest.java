// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.elasticsearch.core.Strings.format;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;

/** Asks for the near-duplicates in some indices; never sent to another node. */
public final class DuplicatesRequest extends ReadRequest.OfResult {

  /** The action whose tasks search. */
  public static final String ACTION = "indices:data/read/semantic_hash/near_duplicates";

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
   * Asks for the near-duplicates in indices.
   *
   * @param indices names, aliases and wildcards
   * @param id the id that the result gets
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
        id(),
        String.join(",", indices()),
        options.field(),
        options.maxDistance() == null ? "default" : options.maxDistance());
  }

  /**
   * Which groups of a result are shown.
   *
   * @param from the first, from 0
   * @param size how many, at most
   */
  public record Page(int from, int size) {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 10_000;

    public Page {
      if (from < 0) {
        throw new IllegalArgumentException("[from] must be at least [0], got [" + from + "]");
      }
      if (size < 0 || size > MAX_SIZE) {
        throw new IllegalArgumentException(
            "[size] must be between [0] and [" + MAX_SIZE + "], got [" + size + "]");
      }
    }

    static Page of(RestRequest request) {
      return new Page(request.paramAsInt("from", 0), request.paramAsInt("size", DEFAULT_SIZE));
    }

    /** Whether all of so many groups are shown. */
    public boolean holds(int groups) {
      return from == 0 && groups <= size;
    }

    /** The group after the last, however far that may be. */
    public int end() {
      return (int) Math.min(Integer.MAX_VALUE, (long) from + size);
    }
  }
}
