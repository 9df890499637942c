// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.cluster.Rest;

/** Counts what clearing away would do, without writing a document, and shows the largest groups. */
public final class ClearingPlan {

  private static final int GROUPS = 5;
  private static final int DOCUMENTS = 4; // of a group, the kept one among them

  private final boolean includeCapped;
  private final List<DuplicateGroup> largest = new ArrayList<>();
  private long documents;
  private long groups;
  private long capped;

  /**
   * A plan.
   *
   * @param includeCapped whether documents of capped groups go too
   */
  public ClearingPlan(boolean includeCapped) {
    this.includeCapped = includeCapped;
  }

  /** Takes a group into account, the largest first. */
  public void add(DuplicateGroup group) {
    if (group.capped() && includeCapped == false) {
      capped++;
      return;
    }
    groups++;
    documents += group.others().size();
    if (largest.size() < GROUPS) {
      largest.add(group);
    }
  }

  /** The counts. */
  public ClearedAway counts() {
    return new ClearedAway(documents, groups, capped, List.of());
  }

  /**
   * What stays and what goes in the largest groups, a line each.
   *
   * @param textField the field whose beginnings are shown; empty for none, which reads nothing
   * @param goes what becomes of the documents that are not kept, in one word
   */
  public List<String> preview(
      Rest cluster, DuplicateSummary summary, Optional<String> textField, String goes) {
    List<GroupMember> shown =
        largest.stream().flatMap(group -> group.members().stream().limit(DOCUMENTS)).toList();
    Map<GroupMember, Snippet> texts =
        textField
            .map(field -> new SnippetReader(cluster, summary.field(), field).read(shown))
            .orElse(Map.of());
    List<String> lines = new ArrayList<>();
    for (DuplicateGroup group : largest) {
      lines.add(
          "group of " + group.size() + " documents, at most " + group.diameter() + " bits apart:");
      for (GroupMember member : group.members().subList(0, Math.min(DOCUMENTS, group.size()))) {
        lines.add(line(member.equals(group.kept()) ? "stays" : goes, member, texts.get(member)));
      }
      int more = group.members().size() - DOCUMENTS;
      if (more > 0) {
        lines.add("  " + goes + " and " + more + " more");
      }
    }
    if (groups > largest.size()) {
      lines.add("and " + (groups - largest.size()) + " smaller groups");
    }
    if (textField.isEmpty() && largest.isEmpty() == false) {
      lines.add("--text-field FIELD shows their texts");
    }
    return lines;
  }

  private static String line(String fate, GroupMember member, Snippet text) {
    String shown = text == null ? "" : "  " + text.line();
    // Whoever wrote the documents must not write to the terminal.
    return ("  " + fate + " " + member.index() + "/" + member.id() + shown)
        .replaceAll("\\p{Cc}", "?");
  }
}
