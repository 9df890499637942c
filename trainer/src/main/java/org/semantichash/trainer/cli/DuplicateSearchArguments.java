// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.semantichash.trainer.cli.IndexArguments.QueryArgument;
import org.semantichash.trainer.cluster.Json;
import picocli.CommandLine.Option;

/** Which near-duplicates are looked for. */
final class DuplicateSearchArguments {

  @Option(
      names = "--index",
      required = true,
      paramLabel = "INDEX",
      description = "The index; several are separated by commas, wildcards are allowed.")
  private String index;

  @Option(
      names = "--field",
      required = true,
      paramLabel = "FIELD",
      description = "The field with the codes.")
  private String field;

  @Option(
      names = "--max-distance",
      paramLabel = "N",
      description =
          "The largest Hamming distance, in bits, of two near-duplicates. Default: 8 for codes of"
              + " 64 bits, 24 for 128; with --verify 16 and 38")
  private Integer maxDistance;

  @Option(
      names = "--query",
      paramLabel = "FILE|JSON",
      description = "Search only the documents that match this query, as JSON or a file with it.")
  private String query;

  /** How near the documents of a group are to each other. */
  private enum Linkage {
    COMPLETE,
    SINGLE
  }

  @Option(
      names = "--linkage",
      defaultValue = "complete",
      description =
          "complete: any two documents of a group are near-duplicates; single: each is one of some"
              + " other. Default: ${DEFAULT-VALUE}")
  private Linkage linkage;

  @Option(
      names = "--min-group-size",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "The fewest documents of a group; smaller groups are dropped. Default:"
              + " ${DEFAULT-VALUE}")
  private int minGroupSize;

  @Option(
      names = "--max-group-size",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "The most documents of a group; larger groups are truncated. Default:"
              + " ${DEFAULT-VALUE}")
  private int maxGroupSize;

  private enum KeepPolicy {
    LOWEST_ID,
    OLDEST,
    NEWEST,
    LONGEST
  }

  @Option(
      names = "--keep",
      defaultValue = "lowest_id",
      description =
          "The document to keep per group: lowest_id, oldest, newest or longest."
              + " Default: ${DEFAULT-VALUE}")
  private KeepPolicy keep;

  @Option(
      names = "--keep-field",
      paramLabel = "FIELD",
      description =
          "The field with the date or number for oldest and newest, or the text for longest.")
  private String keepField;

  @Option(
      names = "--include-without-terms",
      description =
          "Also group, and let --apply change, documents with the code of texts without known"
              + " terms. That code says nothing about the text, so any two such"
              + " documents look like duplicates.")
  private boolean includeWithoutTerms;

  @Option(
      names = "--verify",
      paramLabel = "FIELD",
      description =
          "Compare the texts of this field of all pairs within --max-distance, in the cluster, and"
              + " group only documents whose texts are similar enough.")
  private String verifyField;

  private enum Similarity {
    JACCARD,
    COSINE,
    CONTAINMENT
  }

  @Option(
      names = "--similarity",
      description =
          "With --verify: jaccard, cosine, or containment, which is 1 for a text that lies in the"
              + " other. Default: jaccard")
  private Similarity similarity;

  @Option(
      names = "--min-similarity",
      paramLabel = "X",
      description = "With --verify: the least similarity, above 0 and at most 1. Default: 0.33")
  private Double minSimilarity;

  @Option(
      names = "--shingle",
      paramLabel = "N",
      description = "With --verify: texts are compared by runs of so many words. Default: 3")
  private Integer shingle;

  @Option(
      names = "--min-words",
      paramLabel = "N",
      description =
          "With --verify: texts with fewer words are short: they are duplicates only of texts with"
              + " the same words in the same order. 0 compares all. Default: 10, with --shingle 4"
              + " and more 3 for each word of it, less 1")
  private Integer minWords;

  @Option(
      names = "--leave-out-short",
      description = "With --verify: short texts are duplicates of no others.")
  private boolean leaveOutShort;

  @Option(
      names = "--max-candidates",
      paramLabel = "N",
      description =
          "With --verify: the most pairs of texts that are compared; if there are more, the search"
              + " fails. Default: 10,000,000")
  private Long maxCandidates;

  /** The field whose texts are compared; empty when the distance decides. */
  Optional<String> verifyField() {
    return Optional.ofNullable(verifyField);
  }

  /** Names or patterns of indices, with commas between them. */
  String index() {
    return index;
  }

  int minGroupSize() {
    return minGroupSize;
  }

  /**
   * The body of the request; the cluster checks its values.
   *
   * @param newDocuments which documents are new; null when all are searched
   * @param withUngrouped whether to ask for the documents that are in no group, too
   * @throws IllegalArgumentException when values do not fit together
   */
  ObjectNode body(JsonNode newDocuments, boolean withUngrouped) {
    if (index.isBlank()) {
      throw new IllegalArgumentException("[index] must name an index, got [" + index + "]");
    }
    if ((keep == KeepPolicy.LOWEST_ID) != (keepField == null)) {
      throw new IllegalArgumentException(
          "[keep-field] must be given for oldest, newest and longest, and for nothing else; [keep]"
              + " is ["
              + lower(keep)
              + "]");
    }
    ObjectNode body = Json.object().put("field", field);
    if (maxDistance != null) {
      body.put("max_distance", maxDistance);
    }
    JsonNode restriction = query();
    if (restriction != null) {
      body.set("query", restriction);
    }
    if (newDocuments != null) {
      body.set("new", newDocuments);
    }
    body.put("linkage", lower(linkage));
    body.put("min_group_size", withUngrouped ? 1 : minGroupSize)
        .put("max_group_size", maxGroupSize);
    body.put("keep", lower(keep));
    if (keepField != null) {
      body.put("keep_field", keepField);
    }
    if (includeWithoutTerms) {
      body.put("include_without_terms", true);
    }
    if (verifyField != null) {
      body.set("verify", verification());
    } else if (Stream.of(similarity, minSimilarity, shingle, minWords, maxCandidates)
            .anyMatch(Objects::nonNull)
        || leaveOutShort) {
      throw new IllegalArgumentException(
          "[verify] must name a field for --similarity, --min-similarity, --shingle, --min-words,"
              + " --leave-out-short and --max-candidates");
    }
    return body;
  }

  /** What is not given has the default of the cluster. */
  private ObjectNode verification() {
    ObjectNode verify = Json.object().put("field", verifyField);
    if (similarity != null) {
      verify.put("similarity", lower(similarity));
    }
    if (minSimilarity != null) {
      verify.put("min", minSimilarity);
    }
    if (shingle != null) {
      verify.put("shingle", shingle);
    }
    if (minWords != null) {
      verify.put("min_words", minWords);
    }
    if (leaveOutShort) {
      verify.put("short_texts", "leave_out");
    }
    if (maxCandidates != null) {
      verify.put("max_candidates", maxCandidates);
    }
    return verify;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Which documents count; null for all. */
  JsonNode query() {
    return query == null ? null : QueryArgument.parse(query);
  }
}
