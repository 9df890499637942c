// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.tasks.TaskId;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.wire.DocumentVersion;

/**
 * A search of near-duplicates as it is stored.
 *
 * @param id its id
 * @param started when it began, in milliseconds since 1970
 * @param expires when it may be deleted, in milliseconds since 1970
 * @param node the ephemeral id of its node, which a restart changes
 * @param access who may see it
 * @param found where its groups are
 * @param header what an answer shows, without the groups
 * @param seqNo of the document, for a write that must not overwrite another's
 * @param primaryTerm of the document
 */
public record StoredJob(
    String id,
    long started,
    long expires,
    String node,
    Access access,
    Pages found,
    Map<String, Object> header,
    long seqNo,
    long primaryTerm) {

  static final String TYPE = "job";

  /**
   * Who may see a result, and where.
   *
   * @param owner what {@link Caller#encoded} gave; null when security was off
   * @param asked the indices as the request named them, which a reader of the result names again
   * @param names the indices, aliases and data streams that were read, which whoever reads the
   *     result must still be allowed to read
   */
  public record Access(String owner, List<String> asked, List<String> names) {

    boolean isOf(List<String> indices) {
      return Set.copyOf(asked).equals(Set.copyOf(indices));
    }
  }

  /**
   * The stored groups.
   *
   * @param starts the first group of each page
   * @param bytes of all pages
   */
  public record Pages(List<Integer> starts, long bytes) {

    public static final Pages NONE = new Pages(List.of(), 0);
  }

  static StoredJob of(GetResponse found) {
    return of(found.getSourceAsMap(), found.getSeqNo(), found.getPrimaryTerm());
  }

  /** Fields are missing in jobs of an early version, which have no owner. */
  @SuppressWarnings("unchecked") // written by source()
  static StoredJob of(Map<String, Object> source, long seqNo, long primaryTerm) {
    DocumentVersion.check((String) source.get("job"), source);
    long started = ((Number) source.get("started")).longValue();
    long expires = started + DuplicatesRequest.KEEP_ALIVE.millis();
    return new StoredJob(
        (String) source.get("job"),
        started,
        ((Number) source.getOrDefault("expires", expires)).longValue(),
        (String) source.get("node"),
        new Access(
            (String) source.get("owner"),
            (List<String>) source.getOrDefault("asked", List.of()),
            (List<String>) source.getOrDefault("names", List.of())),
        new Pages(
            (List<Integer>) source.getOrDefault("starts", List.of()),
            ((Number) source.getOrDefault("bytes", 0)).longValue()),
        (Map<String, Object>) source.get("header"),
        seqNo,
        primaryTerm);
  }

  Map<String, Object> source() {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", TYPE);
    source.put("job", id);
    source.put("started", started);
    source.put("expires", expires);
    source.put("node", node);
    source.put("owner", access.owner());
    source.put("asked", access.asked());
    source.put("names", access.names());
    source.put("starts", found.starts());
    source.put("bytes", found.bytes());
    source.put("header", header);
    return source;
  }

  /** How it is, as far as it is written. */
  public JobState state() {
    return JobState.parse(header.get("state"));
  }

  public TaskId task() {
    return new TaskId((String) header.get("task"));
  }

  /** The same with some fields of the header added or replaced. */
  public StoredJob with(Map<String, ?> fields) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.putAll(fields);
    return new StoredJob(id, started, expires, node, access, found, changed, seqNo, primaryTerm);
  }

  /** The same with pages of groups. */
  StoredJob with(Pages pages) {
    return new StoredJob(id, started, expires, node, access, pages, header, seqNo, primaryTerm);
  }

  /** The same with another end of its time. */
  StoredJob until(long time) {
    return new StoredJob(id, started, time, node, access, found, header, seqNo, primaryTerm);
  }

  /** The state of a search of near-duplicates. */
  public enum JobState {

    /** It is searching. */
    RUNNING,

    /** Its groups are stored. */
    COMPLETED,

    /** It ended with an error. */
    FAILED,

    /** It was cancelled. */
    CANCELLED;

    static JobState parse(Object name) {
      return valueOf(name.toString().toUpperCase(Locale.ROOT));
    }

    /** The name in a response. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
