// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateAction.Tag;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.duplicates.StoredDocuments.StoredCodes;
import org.semantichash.trainer.duplicates.StoredDocuments.StoredDocument;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * Deletes all documents of groups but the kept ones, or tags all of them. The groups may be old
 * news, so each document is read again together with the kept one just before the write: unless
 * both are in the version that the search compared, it is skipped, whatever has changed in them; a
 * text may change and its code stay. The write names that version, so a document that changes in
 * between is skipped too. What nothing can rule out is that somebody else deletes or changes the
 * kept document in that moment. Documents with the empty code are skipped, unless the search
 * included them by name.
 */
public final class DuplicateCleanup {

  private static final int BATCH = 500;

  private final Rest cluster;
  private final DuplicateSummary summary;
  private final DuplicateAction action;
  private final boolean includeCapped;
  private final StoredDocuments stored;
  private final StoredCodes codes;
  private final Set<String> emptyCodes;
  private final List<DuplicateGroup> waiting = new ArrayList<>();
  private int waitingDocuments;
  private long documents;
  private long groups;
  private long capped;
  private final List<SkippedDocument> skipped = new ArrayList<>();

  /**
   * What was done, or would be.
   *
   * @param documents how many documents were deleted or tagged
   * @param groups how many groups they are of
   * @param cappedGroups how many groups were left alone because they are capped
   * @param skipped the documents that were left as they are
   */
  public record Outcome(
      long documents, long groups, long cappedGroups, List<SkippedDocument> skipped) {

    public Outcome {
      skipped = List.copyOf(skipped);
    }
  }

  /** A document that was left as it is, and why. */
  public record SkippedDocument(GroupMember document, String reason) {

    @Override
    public String toString() {
      return "[" + document.index() + "/" + document.id() + "]: " + reason;
    }
  }

  /** A document that is to be written, with the one that stays. */
  private record Candidate(GroupMember member, DuplicateGroup group, StoredDocument document) {}

  /**
   * Cleans up what a job has found.
   *
   * @param summary what the job says about the codes
   * @param includeCapped whether documents of capped groups go too
   */
  public DuplicateCleanup(
      Rest cluster, DuplicateSummary summary, DuplicateAction action, boolean includeCapped) {
    this.cluster = cluster;
    this.summary = summary;
    this.action = action;
    this.includeCapped = includeCapped;
    this.stored = new StoredDocuments(cluster, summary.field(), List.of());
    this.codes = new StoredCodes(summary.bits());
    this.emptyCodes = summary.withoutTerms().codes();
  }

  /** Treats the documents of a group, now or together with later ones. */
  public void add(DuplicateGroup group) {
    if (group.capped() && includeCapped == false) {
      capped++;
      return;
    }
    waiting.add(group);
    waitingDocuments += group.members().size();
    if (waitingDocuments >= BATCH) {
      flush();
    }
  }

  /** Treats the remaining documents, and returns what was done. */
  public Outcome finish() {
    flush();
    return new Outcome(documents, groups, capped, skipped);
  }

  private void flush() {
    List<GroupMember> members = waiting.stream().flatMap(g -> g.members().stream()).toList();
    StoredDocuments.Lookup found = stored.read(members);
    List<Candidate> candidates = new ArrayList<>();
    for (DuplicateGroup group : waiting) {
      addUnchanged(group, found, candidates);
    }
    waiting.clear();
    waitingDocuments = 0;
    if (candidates.isEmpty() == false) {
      write(candidates);
    }
  }

  private void addUnchanged(
      DuplicateGroup group, StoredDocuments.Lookup found, List<Candidate> candidates) {
    StoredDocument kept = found.get(group.kept());
    for (GroupMember member : action.treated(group)) {
      StoredDocument document = found.get(member);
      if (kept == null) {
        String reason = found.reason(group.kept());
        skip(member, "the kept document [" + group.kept().id() + "] " + reason);
      } else if (document == null) {
        skip(member, "it " + found.reason(member));
      } else if (document.document().writtenBy().isKnown() == false) {
        skip(member, "its index keeps no sequence numbers, so nobody can tell whether it changed");
      } else if (document.isAsCompared(member) == false) {
        skip(member, "it has changed since the search");
      } else if (kept.isAsCompared(group.kept()) == false) {
        skip(member, "the kept document [" + group.kept().id() + "] has changed since the search");
      } else if (codes.isOneOf(emptyCodes, document) || codes.isOneOf(emptyCodes, kept)) {
        skip(
            member, "its code, or that of the kept document, is that of texts without known terms");
      } else if (codes.areAt(member.distance(), kept, document) == false) {
        skip(member, "its code, or that of the kept document, has changed");
      } else {
        candidates.add(new Candidate(member, group, document));
      }
    }
  }

  private void write(List<Candidate> candidates) {
    StringBuilder operations = new StringBuilder();
    for (Candidate candidate : candidates) {
      operations.append(operation(candidate));
    }
    JsonNode items = cluster.bulk("_bulk", operations.toString()).path("items");
    Set<GroupMember> written = new HashSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      JsonNode outcome = items.path(i).path(action.operationName());
      if (outcome.path("status").asInt() < 300 && outcome.hasNonNull("status")) {
        documents++;
        written.add(candidate.group().kept());
      } else {
        skip(candidate.member(), reason(outcome));
      }
    }
    groups += written.size();
  }

  private String operation(Candidate candidate) {
    SourceDocument document = candidate.document().document();
    return action.isDeletion()
        ? action.deletion(document)
        : action.tagging(document, Tag.of(summary, candidate.group(), candidate.member()));
  }

  private static String reason(JsonNode outcome) {
    return switch (outcome.path("status").asInt()) {
      case 404 -> "it was deleted";
      case 409 -> "it has changed in the meantime";
      default -> "it was refused: " + outcome.path("error").path("reason").asText();
    };
  }

  private void skip(GroupMember member, String reason) {
    skipped.add(new SkippedDocument(member, reason));
  }

  /** The dry run: counts what would be done without a write, and shows the largest groups. */
  public static final class CleanupPlan {

    private static final int GROUPS = 5;
    private static final int DOCUMENTS = 4; // of a group, the kept one among them

    private final DuplicateAction action;
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
    public CleanupPlan(DuplicateAction action, boolean includeCapped) {
      this.action = action;
      this.includeCapped = includeCapped;
    }

    /** Takes a group into account, the largest first. */
    public void add(DuplicateGroup group) {
      if (group.capped() && includeCapped == false) {
        capped++;
        return;
      }
      groups++;
      documents += action.treated(group).size();
      if (largest.size() < GROUPS) {
        largest.add(group);
      }
    }

    public Outcome outcome() {
      return new Outcome(documents, groups, capped, List.of());
    }

    /**
     * What stays and what goes in the largest groups, in one line per document.
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
              .map(field -> Snippet.read(cluster, summary.field(), field, shown))
              .orElse(Map.of());
      List<String> lines = new ArrayList<>();
      for (DuplicateGroup group : largest) {
        lines.add("group of " + group.size() + " documents, " + group.nearness() + ":");
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
      String similar = member.similarity().isPresent() ? " (" + member.nearness() + ")" : "";
      String shown = similar + (text == null ? "" : "  " + text.line());
      // Whoever wrote the documents must not write to the terminal.
      return ("  " + fate + " " + member.index() + "/" + member.id() + shown)
          .replaceAll("\\p{Cc}", "?");
    }
  }
}
