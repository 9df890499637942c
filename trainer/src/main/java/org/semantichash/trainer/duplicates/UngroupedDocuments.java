// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateAction.Tag;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * The documents of a search that are in none of its groups: they lose the tag of an earlier search,
 * or are tagged as groups of their own. What changes meanwhile is left as it is.
 */
public final class UngroupedDocuments {

  private static final int BATCH = 1000;
  private static final String KEEP_ALIVE = "5m"; // between two requests

  private final Rest cluster;
  private final DuplicateSummary summary;
  private final DuplicateAction action;
  private final JsonNode query;
  private final Set<StoredDocuments.Key> grouped = new HashSet<>();
  private long tagged;
  private long untagged;
  private long changed;

  /**
   * Documents of the indices of a search.
   *
   * @param action that tags
   * @param query which documents were searched; null for all
   */
  public UngroupedDocuments(
      Rest cluster, DuplicateSummary summary, DuplicateAction action, JsonNode query) {
    this.cluster = cluster;
    this.summary = summary;
    this.action = action;
    this.query = query;
  }

  /**
   * What was done.
   *
   * @param tagged how many documents were tagged as groups of their own
   * @param untagged how many lost a tag
   * @param changed how many changed meanwhile, and so were left as they are
   */
  public record Outcome(long tagged, long untagged, long changed) {}

  /** Excepts a group, whose documents have their tag. */
  public void except(DuplicateGroup group) {
    for (GroupMember member : group.members()) {
      grouped.add(StoredDocuments.Key.of(member));
    }
  }

  /**
   * Goes through the documents.
   *
   * @param stop whether to end before the next request
   */
  public Outcome treat(BooleanSupplier stop) {
    String indices = URLEncoder.encode(String.join(",", summary.indices()), StandardCharsets.UTF_8);
    String point =
        cluster.ask("POST", indices + "/_pit?keep_alive=" + KEEP_ALIVE).path("id").asText();
    try {
      ObjectNode request = request(point);
      while (stop.getAsBoolean() == false) {
        JsonNode hits =
            cluster
                .ask("POST", "_search?allow_partial_search_results=false", request)
                .path("hits")
                .path("hits");
        if (hits.isEmpty()) {
          break;
        }
        write(hits);
        request.set("search_after", hits.path(hits.size() - 1).path("sort"));
      }
    } finally {
      close(point);
    }
    return new Outcome(tagged, untagged, changed);
  }

  /** A point in time ends by itself after a while, so nothing depends on this. */
  private void close(String point) {
    try {
      cluster.ask("DELETE", "_pit", Json.object(Map.of("id", point)));
    } catch (ClusterException e) {
      assert e.getMessage() != null;
    }
  }

  private ObjectNode request(String point) {
    ObjectNode request = Json.object().put("size", BATCH).put("track_total_hits", false);
    request.put("seq_no_primary_term", true);
    request.putArray("sort").add("_shard_doc");
    request.putObject("pit").put("id", point).put("keep_alive", KEEP_ALIVE);
    request.putArray("_source").add(action.tagField());
    ArrayNode filter = request.putObject("query").putObject("bool").putArray("filter");
    if (query != null) {
      filter.add(query);
    }
    if (action.singletons() == false) {
      filter.addObject().putObject("exists").put("field", action.tagField() + ".group");
    }
    return request;
  }

  private void write(JsonNode hits) {
    StringBuilder operations = new StringBuilder();
    for (JsonNode hit : hits) {
      SourceDocument document = SourceDocument.of(hit);
      StoredDocuments.Key key = new StoredDocuments.Key(document.id().index(), document.id().id());
      Tag tag =
          action.singletons()
              ? Tag.alone(summary, document.id().index(), document.id().id())
              : null;
      if (grouped.contains(key) == false && has(document, tag) == false) {
        operations.append(action.tagging(document, tag));
      }
    }
    if (operations.isEmpty()) {
      return;
    }
    for (JsonNode item : cluster.bulk("_bulk", operations.toString()).path("items")) {
      int status = item.path(action.operationName()).path("status").asInt();
      if (status == 404 || status == 409) {
        changed++;
      } else if (status >= 300 || status == 0) {
        throw new IllegalStateException(
            "a tag of a document in no group was refused: " + item.findPath("reason").asText());
      } else if (action.singletons()) {
        tagged++;
      } else {
        untagged++;
      }
    }
  }

  private boolean has(SourceDocument document, Tag tag) {
    return tag != null
        && new FieldPath(action.tagField() + ".group")
            .texts(document.source())
            .contains(tag.group())
        && document.source().findPath("group_size").asInt() == tag.size()
        && document.source().findPath("kept").asBoolean();
  }
}
