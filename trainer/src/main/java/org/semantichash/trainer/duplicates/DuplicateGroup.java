// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.semantichash.trainer.indexing.SourceDocument.DocumentVersion;

/**
 * Documents that are near-duplicates of each other.
 *
 * @param size how many there are; more than the members when it is capped
 * @param diameter the largest distance between two of them
 * @param capped whether it has grown beyond the largest size asked for
 * @param kept the one that stays
 * @param others the other ones
 */
public record DuplicateGroup(
    int size, int diameter, boolean capped, GroupMember kept, List<GroupMember> others) {

  public DuplicateGroup {
    assert kept.distance() == 0 && others.contains(kept) == false;
    others = List.copyOf(others);
  }

  /**
   * Reads a group. The kept document is the first one of that id at distance 0: another index may
   * have a document of the same id.
   *
   * @throws IllegalArgumentException when the kept document is none of the group's
   */
  static DuplicateGroup of(JsonNode json) {
    List<GroupMember> members = new ArrayList<>();
    json.path("documents").forEach(member -> members.add(GroupMember.of(member)));
    String keep = json.path("keep").asText();
    GroupMember kept =
        members.stream()
            .filter(member -> member.id().equals(keep) && member.distance() == 0)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "[keep] must be a document of its group at distance [0], got ["
                            + keep
                            + "]"));
    members.remove(kept);
    return new DuplicateGroup(
        json.path("size").asInt(),
        json.path("diameter").asInt(),
        json.path("capped").asBoolean(),
        kept,
        members);
  }

  /** The least similarity of a member to the kept one; empty where no text was compared. */
  public OptionalDouble minSimilarity() {
    return members().stream()
        .map(GroupMember::similarity)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .min();
  }

  /** How near its documents are to each other, in words. */
  String nearness() {
    return "at most "
        + diameter
        + " bits apart"
        + (minSimilarity().isPresent()
            ? String.format(
                Locale.ROOT,
                ", similarity at least %.2f",
                GroupMember.floor(minSimilarity().getAsDouble()))
            : "");
  }

  /** All members, the kept one first. */
  public List<GroupMember> members() {
    List<GroupMember> members = new ArrayList<>(List.of(kept));
    members.addAll(others);
    return members;
  }

  /**
   * A document of a group.
   *
   * @param index its index
   * @param id its id in that index
   * @param distance how many bits its code differs in from the kept document's
   * @param similarity of its text to the kept document's, 0 to 1; empty where none was compared
   * @param version which of its versions was compared; empty where the search was not asked
   */
  public record GroupMember(
      String index,
      String id,
      int distance,
      OptionalDouble similarity,
      Optional<DocumentVersion> version) {

    public GroupMember {
      Objects.requireNonNull(index, "_index");
      Objects.requireNonNull(id, "_id");
    }

    /** The document alone, in a group of its own. */
    GroupMember alone() {
      return new GroupMember(index, id, 0, OptionalDouble.empty(), version);
    }

    /** Its distance and similarity, in words. */
    String nearness() {
      return "distance "
          + distance
          + (similarity.isPresent()
              ? String.format(Locale.ROOT, ", similarity %.2f", floor(similarity.getAsDouble()))
              : "");
    }

    /** Cut off behind two places: only what does not differ at all is shown as 1. */
    static double floor(double similarity) {
      return Math.floor(100 * similarity) / 100;
    }

    static GroupMember of(JsonNode json) {
      return new GroupMember(
          json.path("_index").textValue(),
          json.path("_id").textValue(),
          json.path("distance").intValue(),
          json.hasNonNull("similarity")
              ? OptionalDouble.of(json.path("similarity").doubleValue())
              : OptionalDouble.empty(),
          DocumentVersion.ofFields(json));
    }
  }
}
