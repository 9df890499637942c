// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.indexing.DocumentHasher.ClusterTextHasher;
import org.semantichash.trainer.indexing.DocumentHasher.ClusterTextHasher.TextCode;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.IndexWalk.Progress;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;
import org.semantichash.trainer.indexing.SourceDocument.DocumentReader;

/**
 * Writes codes into the documents that have none.
 *
 * <p>A document is written only if it has not changed since it was read; otherwise it is read
 * again. What is done is told by the documents themselves, so after any end the same call goes on.
 */
public final class InPlaceHasher {

  private final Rest rest;
  private final HashPlan plan;
  private final HashModel model;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final HashTally tally = new HashTally();
  private long bare;
  private final DocumentHasher hasher;
  private final BulkWriter writer;
  private final Set<DocumentId> conflicts = ConcurrentHashMap.newKeySet();

  /**
   * Prepares the work; sends no request.
   *
   * @param rest the cluster
   * @param retry the pauses while the cluster is busy or away
   * @param stop whether to end after the running bulk requests
   */
  public InPlaceHasher(
      Rest rest,
      Retry retry,
      HashPlan plan,
      HashModel model,
      Progress progress,
      BooleanSupplier stop) {
    this.rest = retry.over(rest);
    this.plan = plan;
    this.model = model;
    this.progress = progress;
    this.stop = stop;
    this.hasher = new DocumentHasher(plan, new ClusterTextHasher(this.rest, model), tally);
    this.writer = new BulkWriter(this.rest, retry, tally);
  }

  /**
   * Hashes.
   *
   * @throws IllegalArgumentException when the index has a field that cannot hold the codes
   */
  public void run() {
    TargetField target = new TargetField(rest, plan.target(), model);
    List<TargetField.FieldState> states = target.check(plan.index());
    if (states.stream().anyMatch(TargetField.FieldState::isUnbound)
        && plan.replaceBare() == false) {
      bare = countBare();
    }
    if (states.stream().allMatch(TargetField.FieldState::exists) == false) {
      target.add(plan.index(), plan.multiIndexHashing());
    }
    new IndexWalk(rest, plan.pace(), progress, stop)
        .through(plan.index(), plan.query(), plan.source(), this::begin, this::hash);
    for (int pass = 1; pass < plan.passes() && goesOn(); pass++) {
      again();
    }
  }

  private boolean goesOn() {
    return conflicts.isEmpty() == false && stop.getAsBoolean() == false;
  }

  /** What became of the documents. */
  public HashTally tally() {
    return tally;
  }

  /** Ids of the documents that others changed before each attempt to write them. */
  public List<String> conflicts() {
    return conflicts.stream().map(DocumentId::id).sorted().toList();
  }

  /** Without it too nothing is written twice; some documents would be read for nothing. */
  private void refresh() {
    rest.askUnless(Set.of(403), "POST", plan.index() + "/_refresh");
  }

  /** Called when a walk starts or restarts. */
  private void begin() {
    tally.forgetUnwritten();
    refresh();
  }

  /** Notes for the user. */
  public List<String> notes() {
    return bare == 0
        ? List.of()
        : List.of(
            "["
                + bare
                + "] documents had codes that do not say which model made them; they were kept,"
                + " --replace-bare hashes them again");
  }

  /** A field that is bound to no model may have codes of any. */
  private long countBare() {
    JsonNode exists = Json.object(Map.of("exists", Map.of("field", plan.target().name())));
    return HashPlan.count(rest, plan.index(), exists);
  }

  /** Reads those again that were changed meanwhile. */
  private void again() {
    List<DocumentId> all = new ArrayList<>(conflicts);
    for (int from = 0; from < all.size() && stop.getAsBoolean() == false; from += plan.batch()) {
      Collection<DocumentId> ids = all.subList(from, Math.min(from + plan.batch(), all.size()));
      Map<DocumentId, SourceDocument> now = new DocumentReader(rest).read(ids, plan.source());
      tally.add(Outcome.DELETED, ids.size() - now.size());
      conflicts.removeAll(ids);
      hash(List.copyOf(now.values()));
    }
  }

  private void hash(List<SourceDocument> documents) {
    List<SourceDocument> lacking = documents.stream().filter(this::lacks).toList();
    tally.add(Outcome.DONE_BEFORE, documents.size() - lacking.size());
    Map<DocumentId, TextCode> codes = hasher.codes(lacking);
    List<BulkWriter.Action> actions = new ArrayList<>();
    for (SourceDocument document : lacking) {
      TextCode hashed = codes.get(document.id());
      if (hashed != null && (hashed.code() != null || hasCode(document))) {
        actions.add(update(document, hashed.code()));
      }
    }
    writer.write(actions, (id, outcome) -> count(id, outcome, codes.get(id)));
    progress.done(tally.see(documents.size()));
  }

  private boolean hasCode(SourceDocument document) {
    return plan.target().texts(document.source()).isEmpty() == false;
  }

  private boolean lacks(SourceDocument document) {
    List<String> codes = plan.target().texts(document.source());
    if (codes.isEmpty()) {
      return true;
    }
    return plan.replaceBare() && codes.stream().noneMatch(model::isStamped);
  }

  /** Null takes a code away that is not of this text. */
  private BulkWriter.Action update(SourceDocument document, String code) {
    ObjectNode body = Json.object();
    body.set("doc", plan.target().document(code));
    return document.unchanged("update", body);
  }

  private void count(DocumentId id, Outcome outcome, TextCode hashed) {
    if (outcome == Outcome.CONFLICT) {
      conflicts.add(id);
    }
    if (outcome == Outcome.WRITTEN && hashed.code() != null && hasher.isEmpty(hashed)) {
      tally.add(Outcome.HASHED_WITHOUT_TERMS, 1);
    }
    if (outcome != Outcome.FAILED) {
      tally.add(outcome, 1);
    }
  }
}
