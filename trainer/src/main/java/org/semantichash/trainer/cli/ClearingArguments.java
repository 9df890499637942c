// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.duplicates.Treatment;
import picocli.CommandLine.Option;

/** What is done about the documents that are not kept. */
final class ClearingArguments {

  private static final long MAX_DELETE = 10_000;

  /** The two things that can be done. */
  private enum Kind {
    DELETE,
    TAG
  }

  @Option(
      names = "--apply",
      paramLabel = "delete|tag",
      description =
          "Delete all documents of each group but the kept one, or write its id into a field of"
              + " them. Without --yes it is only counted.")
  private Kind kind;

  @Option(
      names = "--tag-field",
      paramLabel = "FIELD",
      defaultValue = "duplicate_of",
      description = "The field that --apply tag writes. Default: ${DEFAULT-VALUE}")
  private String tagField;

  @Option(names = "--yes", description = "Do what --apply says.")
  private boolean yes;

  @Option(
      names = "--include-capped",
      description = "Do it also to groups that were cut off, as far as they are known.")
  private boolean includeCapped;

  @Option(
      names = "--max-delete",
      paramLabel = "N",
      description =
          "The most documents that --apply delete deletes; if there are more it deletes none."
              + " Default: "
              + MAX_DELETE)
  private Long maxDelete;

  /** Whether anything is to be done, or counted. */
  boolean isAsked() {
    return kind != null;
  }

  boolean isConfirmed() {
    return yes;
  }

  boolean includesCapped() {
    return includeCapped;
  }

  /** What a user must be allowed on the index to do it. */
  List<String> privileges() {
    List<String> privileges = new ArrayList<>();
    if (kind == Kind.TAG) {
      privileges.add("view_index_metadata"); // for the type of the field, which a dry run looks at
    }
    if (kind != null && yes) {
      privileges.add(kind == Kind.TAG ? "index" : "delete");
    }
    return privileges;
  }

  boolean isDeletion() {
    return kind == Kind.DELETE;
  }

  /** The most documents that are deleted. */
  long maxDelete() {
    return maxDelete == null ? MAX_DELETE : maxDelete;
  }

  /** The field that is written; empty when nothing is tagged. */
  Optional<String> tagField() {
    return kind == Kind.TAG ? Optional.of(tagField) : Optional.empty();
  }

  /** What is done; asked for or not. */
  Treatment treatment() {
    return kind == Kind.TAG ? Treatment.tag(tagField) : Treatment.DELETE;
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
    if (maxDelete != null && (isDeletion() == false || maxDelete < 0)) {
      throw new IllegalArgumentException(
          "[max-delete] must be at least [0] and come with --apply delete, got ["
              + maxDelete
              + "]");
    }
    treatment();
  }
}
