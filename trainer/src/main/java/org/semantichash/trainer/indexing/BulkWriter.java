// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/** Writes documents in bulk requests; what a busy node did not take is sent again. */
public final class BulkWriter {

  /** Of what was written there is no more to hear than that. */
  private static final String PATH = "_bulk?filter_path=items.*.status,items.*.error";

  /** Documents with codes go through no pipeline. */
  private static final String WITHOUT_PIPELINE = PATH + "&pipeline=_none";

  private static final int MAX_CHARACTERS = 10_000_000;

  private final Rest rest;
  private final Retry retry;
  private final HashTally tally;
  private final String path;

  private BulkWriter(Rest rest, Retry retry, HashTally tally, String path) {
    this.rest = rest;
    this.retry = retry;
    this.tally = tally;
    this.path = path;
  }

  /**
   * A writer of documents that go through no pipeline.
   *
   * @param tally counts failures, with their reasons
   */
  BulkWriter(Rest rest, Retry retry, HashTally tally) {
    this(rest, retry, tally, WITHOUT_PIPELINE);
  }

  /**
   * A writer of documents that go through a pipeline.
   *
   * @param pipeline its name; empty for that of their index
   */
  static BulkWriter through(Optional<String> pipeline, Rest rest, Retry retry, HashTally tally) {
    String encoded =
        pipeline
            .map(name -> "&pipeline=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
            .orElse("");
    return new BulkWriter(rest, retry, tally, PATH + encoded);
  }

  /**
   * One action.
   *
   * @param id the document
   * @param lines the action and, if it has one, its document, each with a line break
   */
  public record Action(DocumentId id, String lines) {

    /** An action with a document, or with null for none. */
    static Action of(String type, DocumentId id, ObjectNode conditions, JsonNode document) {
      ObjectNode meta = id.toJson();
      meta.setAll(conditions);
      String action = Json.object().set(type, meta) + "\n";
      return new Action(id, document == null ? action : action + document + "\n");
    }
  }

  /** Gets the outcome of each action. */
  @FunctionalInterface
  interface Listener {

    /** [WRITTEN], [CONFLICT], [DELETED] when there is no such document, or [FAILED]. */
    void became(DocumentId id, Outcome outcome);
  }

  /**
   * Writes.
   *
   * @throws ClusterException when the cluster stays away or busy; what was not heard of is not
   *     known to be written
   */
  void write(List<Action> actions, Listener listener) {
    int from = 0;
    while (from < actions.size()) {
      long characters = 0;
      int to = from;
      while (to < actions.size() && (to == from || characters < MAX_CHARACTERS)) {
        characters += actions.get(to++).lines().length();
      }
      untilTaken(actions.subList(from, to), listener);
      from = to;
    }
  }

  private void untilTaken(List<Action> actions, Listener listener) {
    List<Action> left = actions;
    for (int attempt = 1; ; attempt++) {
      left = send(left, listener);
      if (left.isEmpty()) {
        return;
      }
      if (retry.pause(attempt) == false) {
        throw new ClusterException(
            429, "the cluster is too busy: [" + left.size() + "] documents were not written");
      }
    }
  }

  /** Sends once; returns what the cluster was too busy for. */
  private List<Action> send(List<Action> actions, Listener listener) {
    StringBuilder lines = new StringBuilder();
    actions.forEach(action -> lines.append(action.lines()));
    JsonNode items = rest.bulk(path, lines.toString()).path("items");
    if (items.size() != actions.size()) {
      throw new ClusterException(
          500, "got [" + items.size() + "] answers for [" + actions.size() + "] documents");
    }
    List<Action> busy = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      JsonNode item = items.path(i).iterator().next();
      int status = item.path("status").asInt();
      if (status == 429 || status >= 502) {
        busy.add(actions.get(i));
      } else {
        DocumentId id = actions.get(i).id();
        listener.became(id, outcome(id, item, status));
      }
    }
    return busy;
  }

  private Outcome outcome(DocumentId id, JsonNode item, int status) {
    if (status < 300) {
      return Outcome.WRITTEN;
    }
    if (status == 409) {
      return Outcome.CONFLICT;
    }
    if (status == 404) {
      return Outcome.DELETED;
    }
    JsonNode error = item.path("error");
    JsonNode reason = error.path("caused_by").path("reason");
    tally.fail(
        "["
            + id.id()
            + "]: status ["
            + status
            + "], "
            + error.path("reason").asText()
            + (reason.isTextual() ? "; " + reason.asText() : ""));
    return Outcome.FAILED;
  }
}
