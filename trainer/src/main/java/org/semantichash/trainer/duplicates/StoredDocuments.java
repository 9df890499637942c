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
import java.util.Optional;
import java.util.Set;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;

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
  record Read(Map<Key, StoredDocument> documents, Set<Key> repeated) {

    /** The document; null when it is gone, or not the only one of its id. */
    StoredDocument get(GroupMember member) {
      return documents.get(Key.of(member));
    }

    /** Why there is no document. */
    String reason(GroupMember member) {
      return repeated.contains(Key.of(member))
          ? "is not the only one of its id: another has it with another routing"
          : "is gone";
    }
  }

  /** Reads documents. */
  Read read(List<GroupMember> members) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (GroupMember member : members) {
      ids.computeIfAbsent(member.index(), index -> new ArrayList<>()).add(member.id());
    }
    Read found = new Read(new HashMap<>(), new HashSet<>());
    ids.forEach(
        (index, all) -> {
          for (int from = 0; from < all.size(); from += BATCH) {
            read(index, all.subList(from, Math.min(all.size(), from + BATCH)), found);
          }
        });
    return found;
  }

  private void read(String index, List<String> ids, Read found) {
    for (JsonNode hit : search(index, ids).path("hits").path("hits")) {
      StoredDocument document = StoredDocument.of(hit, codeField);
      Key key = new Key(index, document.id());
      if (found.documents().put(key, document) != null) {
        found.repeated().add(key);
      }
    }
    found.documents().keySet().removeAll(found.repeated());
  }

  private JsonNode search(String index, List<String> ids) {
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
   * @param index its index
   * @param id its id
   * @param routing what says on which shard it lies, where it was indexed with one
   * @param version what a write to it must name so that it does not change another version
   * @param code its stored code as text; empty when it has none
   * @param source the part of its source that was asked for
   */
  record StoredDocument(
      String index,
      String id,
      Optional<String> routing,
      Version version,
      Optional<String> code,
      JsonNode source) {

    /** Sequence number and primary term, which together no two versions of a document share. */
    record Version(long sequenceNumber, long primaryTerm) {}

    static StoredDocument of(JsonNode hit, String field) {
      return new StoredDocument(
          hit.path("_index").asText(),
          hit.path("_id").asText(),
          Optional.ofNullable(hit.path("_routing").textValue()),
          new Version(hit.path("_seq_no").asLong(), hit.path("_primary_term").asLong()),
          Optional.ofNullable(hit.path("fields").path(field).path(0).textValue()),
          hit.path("_source"));
    }
  }

  /**
   * Compares stored codes: hexadecimal or base64, perhaps followed by [@] and the digest of the
   * model that they are by.
   *
   * @param bits their width
   */
  record StoredCodes(int bits) {

    /** Whether both have a code, of the same model, and these differ in just so many bits. */
    boolean areAt(int distance, StoredDocument a, StoredDocument b) {
      if (a.code().isEmpty() || b.code().isEmpty()) {
        return false;
      }
      String[] one = a.code().get().split("@", 2);
      String[] other = b.code().get().split("@", 2);
      return model(one).equals(model(other)) && distance(one[0], other[0]) == distance;
    }

    /** Whether a document has one of these codes, which are in hexadecimal. */
    boolean isOneOf(Set<String> codes, StoredDocument document) {
      if (document.code().isEmpty()) {
        return false;
      }
      try {
        String bare = document.code().get().split("@", 2)[0];
        return codes.contains(BinaryCode.parse(bare, bits).toHex());
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private static String model(String[] stamped) {
      return stamped.length == 1 ? "" : stamped[1].split(":", 2)[0];
    }

    /** The distance; -1 when one is no code of this width. */
    private int distance(String one, String other) {
      try {
        return BinaryCode.parse(one, bits).distance(BinaryCode.parse(other, bits));
      } catch (IllegalArgumentException e) {
        return -1;
      }
    }
  }
}
