// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.semantichash.hash.StampedCode;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * Reads documents of groups. They are searched for by their ids, not fetched: a search finds them
 * whatever their routing is, tells the routing, and reads codes from the index, so that the source
 * need not hold them. Code and version are of the same moment.
 */
final class StoredDocuments {

  /** No more ids in one request; the cluster allows 10,000 hits. */
  static final int BATCH = 1000;

  private final Rest cluster;
  private final String codeField;
  private final List<String> sourceFields;

  /**
   * Reads from a cluster.
   *
   * @param codeField the field whose value becomes the code
   * @param sourceFields what is read of the source, may be empty
   */
  StoredDocuments(Rest cluster, String codeField, List<String> sourceFields) {
    this.cluster = cluster;
    this.codeField = codeField;
    this.sourceFields = List.copyOf(sourceFields);
  }

  /** Where a document is. */
  record Key(String index, String id) {

    static Key of(GroupMember member) {
      return new Key(member.index(), member.id());
    }
  }

  /**
   * What was read.
   *
   * @param documents those that exist once
   * @param repeated ids under which several documents of an index exist, with different routings
   */
  record Lookup(Map<Key, StoredDocument> documents, Set<Key> repeated) {

    /** The document; null when it was deleted or its id is not unique. */
    StoredDocument get(GroupMember member) {
      return documents.get(Key.of(member));
    }

    /** Why there is no document. */
    String reason(GroupMember member) {
      return repeated.contains(Key.of(member))
          ? "is not the only one of its id: another has it with another routing"
          : "was deleted";
    }
  }

  Lookup read(List<GroupMember> members) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (GroupMember member : members) {
      ids.computeIfAbsent(member.index(), index -> new ArrayList<>()).add(member.id());
    }
    Lookup found = new Lookup(new HashMap<>(), new HashSet<>());
    ids.forEach(
        (index, all) -> {
          for (int from = 0; from < all.size(); from += BATCH) {
            read(index, all.subList(from, Math.min(all.size(), from + BATCH)), found);
          }
        });
    return found;
  }

  private void read(String index, List<String> ids, Lookup found) {
    for (JsonNode hit : search(index, ids).path("hits").path("hits")) {
      StoredDocument document = StoredDocument.of(hit, codeField);
      Key key = new Key(index, document.document().id().id());
      if (found.documents().put(key, document) != null) {
        found.repeated().add(key);
      }
    }
    found.documents().keySet().removeAll(found.repeated());
  }

  private JsonNode search(String index, List<String> ids) {
    assert ids.size() <= BATCH;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("size", Math.min(10_000, 2 * ids.size()));
    body.put("track_total_hits", false);
    body.put("seq_no_primary_term", true);
    body.put("_source", sourceFields.isEmpty() ? false : sourceFields);
    body.put("docvalue_fields", List.of(codeField));
    body.put("query", Map.of("ids", Map.of("values", ids)));
    String path = URLEncoder.encode(index, StandardCharsets.UTF_8) + "/_search";
    JsonNode answer = cluster.post(path, body);
    if (answer.path("_shards").path("failed").asInt() > 0 || answer.path("timed_out").asBoolean()) {
      throw new IllegalStateException("index [" + index + "] could not be read as a whole");
    }
    return answer;
  }

  /**
   * A document as a search finds it.
   *
   * @param code its stored code as text; empty when it has none
   */
  record StoredDocument(SourceDocument document, Optional<String> code) {

    static StoredDocument of(JsonNode hit, String field) {
      return new StoredDocument(
          SourceDocument.of(hit),
          Optional.ofNullable(hit.path("fields").path(field).path(0).textValue()));
    }

    /** Whether it is what the search has compared, and was not written again since then. */
    boolean isAsCompared(GroupMember member) {
      assert member.version().isPresent() : "the search was not asked for versions";
      return member.version().equals(Optional.of(document.writtenBy()));
    }
  }

  /**
   * Compares stored codes.
   *
   * @param bits their width
   */
  record StoredCodes(int bits) {

    /** Whether both have a code, of the same model, and these differ in just so many bits. */
    boolean areAt(int distance, StoredDocument a, StoredDocument b) {
      Optional<StampedCode> one = code(a);
      Optional<StampedCode> other = code(b);
      return one.isPresent()
          && other.isPresent()
          && Objects.equals(one.get().modelDigest(), other.get().modelDigest())
          && one.get().code().distance(other.get().code()) == distance;
    }

    /** Whether a document has one of these codes, which are in hexadecimal. */
    boolean isOneOf(Set<String> codes, StoredDocument document) {
      return code(document).map(stamped -> codes.contains(stamped.code().toHex())).orElse(false);
    }

    /** Empty where there is no code of this width. */
    private Optional<StampedCode> code(StoredDocument document) {
      try {
        return document.code().map(text -> StampedCode.parse(text, bits));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
