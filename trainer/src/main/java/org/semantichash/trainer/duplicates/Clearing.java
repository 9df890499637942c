// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.semantichash.trainer.cluster.Rest;

/**
 * Deletes or tags all documents of groups but the kept ones. The groups may be old news, so each
 * document is read again together with the kept one just before the write: unless the codes still
 * are at the distance that the group says, it is skipped. The write names the version that was
 * read, so a document that changes in between is skipped too. What nothing can rule out is that
 * somebody else deletes or changes the kept document in that moment. Documents whose code says
 * nothing are skipped, unless the search included them by name.
 */
public final class Clearing {

  private static final int BATCH = 500;

  private final Rest cluster;
  private final Treatment treatment;
  private final boolean includeCapped;
  private final StoredDocuments stored;
  private final StoredCodes codes;
  private final Set<String> emptyCodes;

  private final List<DuplicateGroup> waiting = new ArrayList<>();
  private int waitingDocuments;
  private long documents;
  private long groups;
  private long capped;
  private final List<Skipped> skipped = new ArrayList<>();

  /** A document that is to be written, with the one that stays. */
  private record Candidate(GroupMember member, GroupMember kept, StoredDocument document) {}

  /**
   * Clears away what a job has found.
   *
   * @param summary what the job says about the codes
   * @param includeCapped whether documents of capped groups go too
   */
  public Clearing(
      Rest cluster, DuplicateSummary summary, Treatment treatment, boolean includeCapped) {
    this.cluster = cluster;
    this.treatment = treatment;
    this.includeCapped = includeCapped;
    this.stored = new StoredDocuments(cluster, summary.field(), List.of());
    this.codes = new StoredCodes(summary.bits());
    this.emptyCodes = summary.withoutTerms().codes();
  }

  /** Clears a group away, now or together with later ones. */
  public void add(DuplicateGroup group) {
    if (group.capped() && includeCapped == false) {
      capped++;
      return;
    }
    waiting.add(group);
    waitingDocuments += group.others().size();
    if (waitingDocuments >= BATCH) {
      flush();
    }
  }

  /** Clears away what still waits, and says what was done. */
  public ClearedAway finish() {
    flush();
    return new ClearedAway(documents, groups, capped, skipped);
  }

  private void flush() {
    List<GroupMember> members = waiting.stream().flatMap(g -> g.members().stream()).toList();
    StoredDocuments.Read found = stored.read(members);
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
      DuplicateGroup group, StoredDocuments.Read found, List<Candidate> candidates) {
    StoredDocument kept = found.get(group.kept());
    for (GroupMember member : group.others()) {
      StoredDocument document = found.get(member);
      if (kept == null) {
        String reason = found.reason(group.kept());
        skip(member, "the kept document [" + group.kept().id() + "] " + reason);
      } else if (document == null) {
        skip(member, "it " + found.reason(member));
      } else if (codes.isOneOf(emptyCodes, document) || codes.isOneOf(emptyCodes, kept)) {
        skip(
            member, "its code, or that of the kept document, is that of texts without known terms");
      } else if (codes.areAt(member.distance(), kept, document) == false) {
        skip(member, "its code, or that of the kept document, has changed");
      } else {
        candidates.add(new Candidate(member, group.kept(), document));
      }
    }
  }

  private void write(List<Candidate> candidates) {
    StringBuilder operations = new StringBuilder();
    for (Candidate candidate : candidates) {
      operations.append(treatment.operation(candidate.document(), candidate.kept()));
    }
    JsonNode items = cluster.bulk("_bulk", operations.toString()).path("items");
    Set<GroupMember> written = new HashSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      JsonNode outcome = items.path(i).path(treatment.operationName());
      if (outcome.path("status").asInt() < 300 && outcome.hasNonNull("status")) {
        documents++;
        written.add(candidate.kept());
      } else {
        skip(candidate.member(), reason(outcome));
      }
    }
    groups += written.size();
  }

  private static String reason(JsonNode outcome) {
    return switch (outcome.path("status").asInt()) {
      case 404 -> "it is gone";
      case 409 -> "it has changed in the meantime";
      default -> "it was refused: " + outcome.path("error").path("reason").asText();
    };
  }

  private void skip(GroupMember member, String reason) {
    skipped.add(new Skipped(member, reason));
  }
}
