// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cli.IndexArguments.QueryArgument;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.duplicates.DuplicateAction;
import picocli.CommandLine.Option;

/** What is done about the documents that are not kept. */
final class ApplyArguments {

  private static final long MAX_DELETE = 10_000;

  /** The two things that can be done. */
  enum Kind {
    DELETE,
    TAG
  }

  @Option(
      names = "--apply",
      paramLabel = "delete|tag",
      description =
          "Per group, delete all documents except the kept one, or tag all of them with their"
              + " group. Without --yes, only count them.")
  Kind kind;

  @Option(
      names = "--tag-field",
      paramLabel = "FIELD",
      defaultValue = "near_duplicates",
      description =
          "The object that --apply tag writes, with the fields group (the kept document's id),"
              + " group_size and kept. Documents that are in no group any more lose it."
              + " Default: ${DEFAULT-VALUE}")
  private String tagField;

  @Option(
      names = "--tag-singletons",
      description =
          "Also tag every document in no group as a group of its own, so that each document has"
              + " a group to collapse by.")
  boolean tagSingletons;

  @Option(
      names = "--since",
      paramLabel = "tag|FILE|JSON",
      description =
          "Look only at new documents and at those that they are near to, and leave all other groups"
              + " as an earlier run has tagged them. New are the documents that have no tag in"
              + " --tag-field (tag), or that match a query, as JSON or a file with it. The result"
              + " is that of a search of all, if no other document was changed or deleted since and"
              + " the options are the same. With --apply tag it needs --tag-singletons, so that"
              + " the next run knows which documents are new.")
  private String since;

  @Option(names = "--yes", description = "Really delete or tag.")
  boolean yes;

  @Option(
      names = "--include-capped",
      description = "Also delete or tag in groups that were not merged with others for their size.")
  boolean includeCapped;

  @Option(
      names = "--max-delete",
      paramLabel = "N",
      description =
          "The most documents to delete; if there are more, none is deleted."
              + " Default: "
              + MAX_DELETE)
  private Long maxDelete;

  /** Asked before hours of search, not when the first document is to go. */
  Privileges privileges(String index) {
    List<String> privileges = new ArrayList<>(List.of("read"));
    if (kind == Kind.TAG) {
      privileges.add("view_index_metadata"); // for the type of the field, also in a dry run
    }
    if (kind != null && yes) {
      privileges.add(kind == Kind.TAG ? "index" : "delete");
    }
    return new Privileges(List.of(), Map.of(index, privileges));
  }

  DuplicateAction action() {
    return kind == Kind.TAG ? DuplicateAction.tag(tagField, tagSingletons) : DuplicateAction.DELETE;
  }

  /** Which documents are new; null when all are searched. */
  JsonNode since() {
    if (since == null) {
      return null;
    }
    if (since.equals("tag") == false) {
      return QueryArgument.parse(since);
    }
    ObjectNode untagged = Json.object();
    untagged
        .putObject("bool")
        .putObject("must_not")
        .putObject("exists")
        .put("field", tagField + ".group");
    return untagged;
  }

  /** Whether documents are asked for that are in no group, since they may have been in one. */
  boolean retagsUngrouped() {
    return since != null && kind == Kind.TAG;
  }

  long maxDelete() {
    return maxDelete == null ? MAX_DELETE : maxDelete;
  }

  /**
   * Checks that the options fit together.
   *
   * @throws IllegalArgumentException for --yes without --apply, --max-delete without a deletion
   */
  void check() {
    if (yes && kind == null) {
      throw new IllegalArgumentException("[yes] must come with --apply");
    }
    if (tagSingletons && kind != Kind.TAG) {
      throw new IllegalArgumentException("[tag-singletons] must come with --apply tag");
    }
    if (retagsUngrouped() && tagSingletons == false) {
      throw new IllegalArgumentException(
          "[since] with --apply tag must come with --tag-singletons: documents without a tag would"
              + " be new again in the next run");
    }
    if (maxDelete != null && (kind != Kind.DELETE || maxDelete < 0)) {
      throw new IllegalArgumentException(
          "[max-delete] must be at least [0] and come with --apply delete, got ["
              + maxDelete
              + "]");
    }
    action();
  }
}
