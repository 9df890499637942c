// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * Copies an index into a new one, with codes, and follows its changes until there are none.
 *
 * <p>Copy and source are equal when a comparison has found no difference, and also when nobody
 * wrote into the source while all differences were made good; see {@link LastOperations}. So an
 * index without concurrent writes is read once.
 *
 * <p>The number of the operation that wrote a document in the source, plus 1, is its version in the
 * copy. It only ever grows, also when a document is deleted and created again, so Elasticsearch
 * itself takes no older state over a newer one, and no state twice: the copy tells how far it is.
 *
 * <p>A copy that was finished before may have documents of its own. A later run brings what is new
 * in the source, and deletes nothing.
 */
public final class IndexCopy {

  private static final JsonNode NO_FIELDS = Json.object().booleanNode(false);

  private final Rest rest;
  private final HashPlan plan;
  private final HashModel model;
  private final NewIndex copy;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final HashTally tally = new HashTally();
  private final DocumentReader reader;
  private final DocumentHasher hasher;
  private final BulkWriter writer;
  private final AtomicLong differences = new AtomicLong(); // found so far
  private final AtomicLong open = new AtomicLong(); // left, because others write into the copy
  private final AtomicLong kept = new AtomicLong(); // of the copy alone, in the last comparison
  private Optional<LastOperations> equalAt = Optional.empty();
  private boolean wasFinished;

  /**
   * Prepares the work; sends no request.
   *
   * @param rest the cluster
   * @param retry the pauses while the cluster is busy or away
   * @param into the new index
   * @param stop whether to end after the running bulk requests
   */
  public IndexCopy(
      Rest rest,
      Retry retry,
      HashPlan plan,
      HashModel model,
      String into,
      Progress progress,
      BooleanSupplier stop) {
    this.rest = retry.over(rest);
    this.plan = plan;
    this.model = model;
    this.copy = new NewIndex(this.rest, plan.index(), into);
    this.progress = progress;
    this.stop = stop;
    this.reader = new DocumentReader(this.rest);
    this.hasher = new DocumentHasher(plan, new ClusterTextHasher(this.rest, model), tally);
    this.writer = new BulkWriter(this.rest, retry, tally);
  }

  /**
   * Copies, and follows until the copy is equal or there were enough comparisons.
   *
   * @param blockWrites whether writing to the source is blocked before the last comparison; the
   *     block stays only if all went well
   * @return whether the copy was found equal at last
   * @throws IllegalArgumentException when the source is not one index, or the new one is no copy
   */
  public boolean run(boolean blockWrites) {
    NewIndex.State state =
        copy.make(new TargetField(rest, plan.target(), model), plan.multiIndexHashing());
    wasFinished = state == NewIndex.State.FINISHED;
    boolean equal =
        state == NewIndex.State.MADE
            && isEqualAfter(() -> walk(plan.index(), DocumentReader.WHOLE, this::write));
    for (int pass = 0; pass < plan.passes() && equal == false && goesOn(); pass++) {
      equal = compare();
    }
    if (blockWrites && goesOn()) {
      equal = compareBlocked();
    }
    tally.add(Outcome.KEPT, kept.get());
    if (equal) {
      copy.finish();
      rest.ask("POST", copy.name() + "/_refresh");
    }
    return equal;
  }

  private boolean goesOn() {
    return stop.getAsBoolean() == false && tally.of(Outcome.FAILED) == 0;
  }

  private boolean compareBlocked() {
    rest.ask("PUT", plan.index() + "/_block/write");
    boolean equal = false;
    try {
      equal = compare();
      if (equal == false && goesOn()) {
        equal = compare();
      }
      return equal;
    } finally {
      if (equal == false) {
        ObjectNode none = Json.object().set("index.blocks.write", NullNode.getInstance());
        rest.ask("PUT", plan.index() + "/_settings", none);
      }
    }
  }

  /** What became of the documents. */
  public HashTally tally() {
    return tally;
  }

  /** One comparison in both directions; true when the copy is equal. */
  private boolean compare() {
    long before = differences.get();
    boolean equal =
        isEqualAfter(
            () -> {
              walk(plan.index(), NO_FIELDS, this::writeNewer);
              if (goesOn()) {
                kept.set(0);
                walk(copy.name(), NO_FIELDS, this::deleteGone);
              }
            });
    return equal || (goesOn() && differences.get() == before);
  }

  /** Runs work that leaves no difference without concurrent writes; whether there were none. */
  private boolean isEqualAfter(Runnable work) {
    Optional<LastOperations> before = LastOperations.of(rest, plan.index());
    if (before.isPresent() && before.equals(equalAt)) {
      return true;
    }
    long openBefore = open.get();
    work.run();
    boolean equal =
        goesOn()
            && open.get() == openBefore
            && before.isPresent()
            && before.equals(LastOperations.of(rest, plan.index()));
    equalAt = equal ? before : Optional.empty();
    return equal;
  }

  private void walk(String index, JsonNode source, Consumer<List<SourceDocument>> batches) {
    new IndexWalk(rest, plan.pace(), progress, stop)
        .through(
            index,
            HashPlan.ALL,
            source,
            () -> rest.ask("POST", index + "/_refresh"),
            documents -> {
              batches.accept(documents);
              progress.done(tally.see(documents.size()));
            });
  }

  /** The version in the copy of a document of the source, see above. */
  private static long version(SourceDocument document) {
    assert document.writtenBy().seqNo() >= 0 : "[seq_no] was not asked for";
    return document.writtenBy().seqNo() + 1;
  }

  /**
   * Writes the documents of the source of which the copy has neither this state nor a newer one.
   */
  private void write(List<SourceDocument> documents) {
    Map<DocumentId, TextCode> codes = hasher.codes(documents);
    List<BulkWriter.Action> actions =
        documents.stream().map(document -> index(document, codes.get(document.id()))).toList();
    writer.write(actions, (id, outcome) -> count(outcome, codes.get(id.in(plan.index()))));
  }

  private BulkWriter.Action index(SourceDocument document, TextCode hashed) {
    ObjectNode source = document.source().deepCopy();
    plan.target().remove(source);
    if (hashed != null && hashed.code() != null) {
      plan.target().set(source, hashed.code());
    }
    ObjectNode version =
        Json.object().put("version", version(document)).put("version_type", "external");
    return BulkWriter.Action.of("index", document.id().in(copy.name()), version, source);
  }

  private void count(Outcome outcome, TextCode hashed) {
    if (outcome == Outcome.CONFLICT) {
      tally.add(Outcome.DONE_BEFORE, 1); // the copy has this state or a newer one
    } else if (outcome == Outcome.WRITTEN) {
      tally.add(Outcome.WRITTEN, 1);
      if (hashed != null && hashed.code() != null && hasher.isEmpty(hashed)) {
        tally.add(Outcome.HASHED_WITHOUT_TERMS, 1);
      }
    }
  }

  /** Writes the documents of the source whose state is newer than the copy's. */
  private void writeNewer(List<SourceDocument> documents) {
    Map<DocumentId, SourceDocument> copies = reader.read(ids(documents, copy.name()), false);
    List<SourceDocument> newer =
        documents.stream()
            .filter(
                document -> {
                  SourceDocument copied = copies.get(document.id().in(copy.name()));
                  return copied == null || copied.version() < version(document);
                })
            .toList();
    tally.add(Outcome.DONE_BEFORE, documents.size() - newer.size());
    differences.addAndGet(newer.size());
    write(List.copyOf(reader.read(ids(newer, plan.index()), true).values()));
  }

  /** Deletes the documents of the copy that the source no longer has, or counts them. */
  private void deleteGone(List<SourceDocument> copies) {
    Map<DocumentId, SourceDocument> there = reader.read(ids(copies, plan.index()), false);
    List<SourceDocument> gone =
        copies.stream()
            .filter(copied -> there.containsKey(copied.id().in(plan.index())) == false)
            .toList();
    if (wasFinished) {
      kept.addAndGet(gone.size());
      return;
    }
    List<BulkWriter.Action> actions =
        gone.stream().map(copied -> copied.unchanged("delete", null)).toList();
    differences.addAndGet(actions.size());
    writer.write(
        actions,
        (id, outcome) -> {
          if (outcome == Outcome.WRITTEN) {
            tally.add(Outcome.DELETED, 1);
          } else if (outcome == Outcome.CONFLICT) {
            open.incrementAndGet();
          }
        });
  }

  private static List<DocumentId> ids(List<SourceDocument> documents, String index) {
    return documents.stream().map(document -> document.id().in(index)).toList();
  }
}
