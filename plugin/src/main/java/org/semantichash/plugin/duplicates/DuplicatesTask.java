// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.Map;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;

/** The task of a search of near-duplicates. */
public final class DuplicatesTask extends CancellableTask {

  private volatile DuplicatesStatus status = DuplicatesStatus.START;

  DuplicatesTask(
      long id,
      String type,
      String action,
      String description,
      TaskId parent,
      Map<String, String> headers) {
    super(id, type, action, description, parent, headers);
  }

  /** Says how far it is. */
  public void report(DuplicatesStatus now) {
    status = now;
  }

  @Override
  public Task.Status getStatus() {
    return status;
  }
}
