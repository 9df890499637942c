// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.duplicates.ReadRequest;

/** A request to the node that has an open reader, made with the rights of the first caller. */
abstract class ReaderRequest extends ReadRequest {

  private final ShardReader reader;

  ReaderRequest(ShardReader reader) {
    this.reader = reader;
  }

  ReaderRequest(StreamInput in) throws IOException {
    super(in);
    this.reader = new ShardReader(in);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    reader.writeTo(out);
  }

  /** The reader that is asked. */
  ShardReader reader() {
    return reader;
  }

  @Override
  public String[] indices() {
    return reader.indices().indices();
  }

  @Override
  public IndicesOptions indicesOptions() {
    return reader.indices().indicesOptions();
  }

  @Override
  public Task createTask(
      long id, String type, String action, TaskId parent, Map<String, String> headers) {
    return new CancellableTask(id, type, action, getDescription(), parent, headers);
  }

  @Override
  public String getDescription() {
    return "shard " + reader.shard();
  }
}
