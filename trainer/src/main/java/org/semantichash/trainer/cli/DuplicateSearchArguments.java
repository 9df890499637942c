// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
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
      required = true,
      paramLabel = "N",
      description = "The largest Hamming distance, in bits, of two near-duplicates.")
  private int maxDistance;

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

  /** Names or patterns of indices, with commas between them. */
  String index() {
    return index;
  }

  /**
   * The body of the request; the cluster checks its values.
   *
   * @throws IllegalArgumentException when values do not fit together
   */
  ObjectNode body() {
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
    ObjectNode body = Json.object().put("field", field).put("max_distance", maxDistance);
    if (query != null) {
      body.set("query", QueryArgument.parse(query));
    }
    body.put("linkage", lower(linkage));
    body.put("min_group_size", minGroupSize).put("max_group_size", maxGroupSize);
    body.put("keep", lower(keep));
    if (keepField != null) {
      body.put("keep_field", keepField);
    }
    if (includeWithoutTerms) {
      body.put("include_without_terms", true);
    }
    return body;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
