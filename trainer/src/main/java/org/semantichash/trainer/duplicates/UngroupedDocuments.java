// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateAction.Tag;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.IndexWalk;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * The documents of a search that are in none of its groups: they lose the tag of an earlier search,
 * or are tagged as groups of their own. What changes meanwhile is left as it is.
 */
public final class UngroupedDocuments {

  private static final IndexWalk.Pace PACE = new IndexWalk.Pace(1, 1000, 0);

  private final Rest cluster;
  private final DuplicateSummary summary;
  private final DuplicateAction action;
  private final JsonNode query;
  private final Set<StoredDocuments.Key> grouped = new HashSet<>();
  private final DuplicateCleanup released; // what may have been in a group before
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
    this.released = new DuplicateCleanup(cluster, summary, action, false);
  }

  /** What matches both queries, of which null matches all. */
  public static JsonNode both(JsonNode one, JsonNode other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    ObjectNode both = Json.object();
    both.putObject("bool").putArray("filter").add(one).add(other);
    return both;
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

  /** The documents of what is no group, which are tagged as groups of their own. */
  public void alone(DuplicateGroup group) {
    assert action.singletons();
    except(group);
    for (GroupMember member : group.members()) {
      released.add(new DuplicateGroup(1, 0, false, member.alone(), List.of()));
    }
  }

  /**
   * Goes through the documents.
   *
   * @param stop whether to end before the next request
   */
  public Outcome treat(BooleanSupplier stop) {
    DuplicateCleanup.Outcome alone = released.finish();
    tagged += alone.documents();
    changed += alone.skipped().size();
    String indices = URLEncoder.encode(String.join(",", summary.indices()), StandardCharsets.UTF_8);
    ArrayNode source = Json.object().putArray("_source").add(action.tagField());
    new IndexWalk(cluster, PACE, IndexWalk.Progress.NONE, stop)
        .through(indices, searched(), source, () -> {}, this::write);
    return new Outcome(tagged, untagged, changed);
  }

  private JsonNode searched() {
    ObjectNode searched = Json.object();
    ArrayNode filter = searched.putObject("bool").putArray("filter");
    if (query != null) {
      filter.add(query);
    }
    if (action.singletons() == false) {
      filter.addObject().putObject("exists").put("field", action.tagField() + ".group");
    }
    return searched;
  }

  private void write(List<SourceDocument> documents) {
    StringBuilder operations = new StringBuilder();
    for (SourceDocument document : documents) {
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
