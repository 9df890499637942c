// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job has found, without the groups themselves.
 *
 * @param took milliseconds
 * @param indices where it looked
 * @param skippedIndices those that were asked for and have no such field
 * @param field the field with the codes
 * @param bits the width of the codes
 * @param maxDistance how many bits near-duplicates may differ in
 * @param linkage complete or single
 * @param keep which document of a group stays
 * @param documents how many it looked at
 * @param withoutCode how many of them have no code
 * @param pairs how many pairs are near each other
 * @param distances how many of these pairs are at which distance; distances without pairs may be
 *     missing
 * @param groups how many groups there are
 * @param groupedDocuments how many documents are in some group
 * @param cappedGroups how many groups are capped
 * @param groupSizes how many groups have which size
 * @param withoutTerms the documents with the empty code
 * @param verification how the texts were compared; empty when the distance decided
 * @param regrouped what a search for new documents looked at; empty for a search of all
 */
public record DuplicateSummary(
    long took,
    List<String> indices,
    List<String> skippedIndices,
    String field,
    int bits,
    int maxDistance,
    String linkage,
    String keep,
    long documents,
    long withoutCode,
    long pairs,
    NavigableMap<Integer, Long> distances,
    long groups,
    long groupedDocuments,
    long cappedGroups,
    NavigableMap<Integer, Long> groupSizes,
    WithoutTerms withoutTerms,
    Optional<Verification> verification,
    Optional<Regrouped> regrouped) {

  /**
   * The documents that a search for new ones grouped.
   *
   * @param newDocuments how many are new
   * @param documents how many they are with those that they are near to
   */
  public record Regrouped(long newDocuments, long documents) {

    private static Optional<Regrouped> of(JsonNode json) {
      return json.isObject()
          ? Optional.of(
              new Regrouped(json.path("documents").asLong(), json.path("regrouped").asLong()))
          : Optional.empty();
    }
  }

  /**
   * How the texts of near documents were compared.
   *
   * @param field with the text
   * @param similarity jaccard, cosine or containment
   * @param shingle words of a run
   * @param min the least similarity
   * @param minWords texts with fewer words are short
   * @param shortLeftOut whether short texts are copies of none, not even of equal ones
   * @param candidates pairs of different texts that were compared
   * @param verified how many of them are similar enough
   * @param texts how many were read
   * @param withoutText documents that are near to another one and have no text
   * @param shortTexts how many of the texts are short
   * @param copies documents with the words of another one
   * @param shortCopies how many of them are short
   * @param exactGroups groups whose documents all have the same words
   * @param took milliseconds
   * @param candidatesByDistance pairs that were compared, by distance
   * @param verifiedByDistance pairs that are similar enough, by distance
   */
  public record Verification(
      String field,
      String similarity,
      int shingle,
      double min,
      int minWords,
      boolean shortLeftOut,
      long candidates,
      long verified,
      long texts,
      long withoutText,
      long shortTexts,
      long copies,
      long shortCopies,
      long exactGroups,
      long took,
      NavigableMap<Integer, Long> candidatesByDistance,
      NavigableMap<Integer, Long> verifiedByDistance) {

    private static Optional<Verification> of(JsonNode json) {
      JsonNode asked = json.path("verify");
      JsonNode found = json.path("verification");
      return asked.isObject() == false
          ? Optional.empty()
          : Optional.of(
              new Verification(
                  asked.path("field").asText(),
                  asked.path("similarity").asText(),
                  asked.path("shingle").asInt(),
                  asked.path("min").asDouble(),
                  asked.path("min_words").asInt(),
                  asked.path("short_texts").asText().equals("leave_out"),
                  found.path("candidates").asLong(),
                  found.path("verified").asLong(),
                  found.path("texts").asLong(),
                  found.path("without_text").asLong(),
                  found.path("short_texts").asLong(),
                  found.path("copies").asLong(),
                  found.path("short_copies").asLong(),
                  found.path("exact_groups").asLong(),
                  found.path("took").asLong(),
                  counts(found.path("distances"), "distance", "candidates"),
                  counts(found.path("distances"), "distance", "verified")));
    }

    /** Which texts are similar enough, in words. */
    public String criterion() {
      return String.format(
          Locale.ROOT,
          "%s of %d-word shingles of [%s] at least %s",
          similarity,
          shingle,
          field,
          min);
    }

    /** What became of short texts, in words. */
    public String shortTextsInWords() {
      return shortLeftOut
          ? String.format(Locale.ROOT, "%,d, left out", shortTexts)
          : String.format(
              Locale.ROOT,
              "%,d, compared by equal words only: %,d are copies of another one",
              shortTexts,
              shortCopies);
    }
  }

  /**
   * The documents that have the code of texts without known terms.
   *
   * @param included whether they count as others do
   * @param documents how many were left out
   * @param codes these codes, in hexadecimal
   * @param unknown the indices whose code is unknown, and why, so that such documents may be in
   *     groups
   */
  public record WithoutTerms(
      boolean included, long documents, Set<String> codes, List<String> unknown) {

    public WithoutTerms {
      codes = Set.copyOf(codes);
      unknown = List.copyOf(unknown);
    }

    private static WithoutTerms of(JsonNode json) {
      Set<String> codes = new TreeSet<>();
      json.path("empty_codes").forEach(code -> codes.add(code.asText()));
      List<String> unknown = new ArrayList<>();
      json.path("empty_code_unknown")
          .forEach(
              index ->
                  unknown.add(
                      "[" + index.path("index").asText() + "]: " + index.path("reason").asText()));
      if (json.has("empty_codes") == false) {
        unknown.add("the plugin of the cluster does not tell it");
      }
      return new WithoutTerms(
          json.path("include_without_terms").asBoolean(),
          json.path("without_terms").asLong(),
          codes,
          unknown);
    }

    /** Whether such documents may be in groups although the request excludes them. */
    public boolean areUnknown() {
      return included == false && unknown.isEmpty() == false;
    }
  }

  /** The size of the largest group; 0 when there is none. */
  public int largestGroup() {
    return groupSizes.isEmpty() ? 0 : groupSizes.lastKey();
  }

  /**
   * Checks that there was anything to look at: a misspelt field would look like an index without
   * duplicates.
   *
   * @param asked the indices that were asked for, as they were
   * @throws IllegalArgumentException when no index has the field
   */
  public void requireField(String asked) {
    if (indices.isEmpty()) {
      throw new IllegalArgumentException(
          "[field] must name a field of type [hash_code], but no index of ["
              + asked
              + "] has a field ["
              + field
              + "]"
              + (skippedIndices.isEmpty() ? "" : "; without it are " + skippedIndices));
    }
  }

  static DuplicateSummary of(JsonNode json) {
    return new DuplicateSummary(
        json.path("took").asLong(),
        texts(json.path("indices")),
        texts(json.path("skipped_indices")),
        json.path("field").asText(),
        json.path("bits").asInt(),
        json.path("max_distance").asInt(),
        json.path("linkage").asText(),
        json.path("keep").asText(),
        json.path("documents").asLong(),
        json.path("without_code").asLong(),
        json.path("pairs").asLong(),
        counts(json.path("distances"), "distance", "pairs"),
        json.path("total_groups").asLong(),
        json.path("grouped_documents").asLong(),
        json.path("capped_groups").asLong(),
        counts(json.path("group_sizes"), "size", "groups"),
        WithoutTerms.of(json),
        Verification.of(json),
        Regrouped.of(json.path("new")));
  }

  /** The same without the groups that are smaller. */
  public DuplicateSummary ofGroups(int minSize) {
    if (groupSizes.headMap(minSize).isEmpty()) {
      return this;
    }
    NavigableMap<Integer, Long> large = groupSizes.tailMap(minSize, true);
    return new DuplicateSummary(
        took,
        indices,
        skippedIndices,
        field,
        bits,
        maxDistance,
        linkage,
        keep,
        documents,
        withoutCode,
        pairs,
        distances,
        large.values().stream().mapToLong(Long::longValue).sum(),
        large.entrySet().stream().mapToLong(size -> size.getKey() * size.getValue()).sum(),
        cappedGroups,
        large,
        withoutTerms,
        verification,
        regrouped);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private static NavigableMap<Integer, Long> counts(JsonNode list, String key, String count) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    list.forEach(entry -> counts.put(entry.path(key).asInt(), entry.path(count).asLong()));
    return counts;
  }
}
