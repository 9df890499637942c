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
package org.semantichash.plugin.duplicates;

import java.util.Map;
import java.util.Objects;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;

/** Asks for the near-duplicates in some indices; never sent to another node. */
public final class DuplicatesRequest extends ReadRequest implements IndicesRequest.Replaceable {

  /** Wildcards mean open indices; every name must exist and every wildcard find something. */
  private static final IndicesOptions OPTIONS =
      IndicesOptions.fromOptions(false, false, true, false, true, true, false, false);

  private String[] indices;
  private final String id;
  private final DuplicatesOptions options;
  private final Page page;
  private final boolean wait;
  private final ActionListener<TaskId> started;

  /**
   * A request.
   *
   * @param indices names, aliases and wildcards
   * @param id of the result
   * @param page the groups that are answered
   * @param wait whether to answer when it is done; otherwise when it has begun
   */
  public DuplicatesRequest(
      String[] indices, String id, DuplicatesOptions options, Page page, boolean wait) {
    this(indices, id, options, page, wait, ActionListener.noop());
  }

  private DuplicatesRequest(
      String[] indices,
      String id,
      DuplicatesOptions options,
      Page page,
      boolean wait,
      ActionListener<TaskId> started) {
    this.indices = indices.clone();
    this.id = Objects.requireNonNull(id, "id");
    this.options = Objects.requireNonNull(options, "options");
    this.page = Objects.requireNonNull(page, "page");
    this.wait = wait;
    this.started = started;
  }

  /** The same, waited for by somebody who is told when it has begun. */
  DuplicatesRequest telling(ActionListener<TaskId> told) {
    return new DuplicatesRequest(indices, id, options, new Page(0, 0), true, told);
  }

  /** The id of the result. */
  public String id() {
    return id;
  }

  /** What is searched. */
  public DuplicatesOptions options() {
    return options;
  }

  Page page() {
    return page;
  }

  boolean waits() {
    return wait;
  }

  /** Told once when the search has begun, and its result can be asked for. */
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
