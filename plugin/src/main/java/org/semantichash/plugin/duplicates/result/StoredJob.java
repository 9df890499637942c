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
package org.semantichash.plugin.duplicates.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.tasks.TaskId;

/**
 * A search of near-duplicates as it is stored.
 *
 * @param id its id
 * @param started when it began, in milliseconds since 1970
 * @param node the ephemeral id of its node, which a restart changes
 * @param starts the first group of each page of groups
 * @param header what an answer shows, without the groups
 * @param seqNo of the document, for a write that must not overwrite another's
 * @param primaryTerm of the document
 */
public record StoredJob(
    String id,
    long started,
    String node,
    List<Integer> starts,
    Map<String, Object> header,
    long seqNo,
    long primaryTerm) {

  static final String TYPE = "job";

  static StoredJob of(GetResponse found) {
    return of(found.getSourceAsMap(), found.getSeqNo(), found.getPrimaryTerm());
  }

  @SuppressWarnings("unchecked") // written by source()
  static StoredJob of(Map<String, Object> source, long seqNo, long primaryTerm) {
    return new StoredJob(
        (String) source.get("job"),
        ((Number) source.get("started")).longValue(),
        (String) source.get("node"),
        (List<Integer>) source.get("starts"),
        (Map<String, Object>) source.get("header"),
        seqNo,
        primaryTerm);
  }

  Map<String, Object> source() {
    return Map.of(
        "type", TYPE, "job", id, "started", started, "node", node, "starts", starts, "header",
        header);
  }

  /** How it is, as far as it is written. */
  public JobState state() {
    return JobState.parse(header.get("state"));
  }

  /** Its task. */
  public TaskId task() {
    return new TaskId((String) header.get("task"));
  }

  /** The same with some fields of the header added or replaced. */
  public StoredJob with(Map<String, ?> fields) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.putAll(fields);
    return new StoredJob(id, started, node, starts, changed, seqNo, primaryTerm);
  }

  /** The same with pages of groups. */
  StoredJob withPages(List<Integer> pages) {
    return new StoredJob(id, started, node, pages, header, seqNo, primaryTerm);
  }
}
