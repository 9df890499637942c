// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.Tally.Outcome;

/**
 * Copies an index into a new one, with codes, and follows its changes until there are none.
 *
 * <p>Copy and source are equal when a comparison has found no difference, and also when nobody
 * wrote into the source while all differences were made good; see {@link LastOperations}. So an
 * index that nobody writes to is read once.
 */
public final class IndexCopy {

  private static final JsonNode ALL = Body.of(Map.of("match_all", Map.of()));
  private static final JsonNode NO_FIELDS = Body.empty().booleanNode(false);

  private final Rest rest;
  private final HashingPlan plan;
  private final HashModel model;
  private final NewIndex copy;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final Tally tally = new Tally();
  private final CopyWriter writer;
  private final CopyDifferences differences;
  private Optional<LastOperations> equalAt = Optional.empty();

  /**
   * Makes ready; asks nothing.
   *
   * @param rest the cluster
   * @param backoff the pauses while the cluster is busy or away
   * @param into the new index
   * @param stop whether to end after the running bulk requests
   */
  public IndexCopy(
      Rest rest,
      Backoff backoff,
      HashingPlan plan,
      HashModel model,
      String into,
      Progress progress,
      BooleanSupplier stop) {
    this.rest = new PatientRest(rest, backoff);
    this.plan = plan;
    this.model = model;
    this.copy = new NewIndex(this.rest, plan.index(), into);
    this.progress = progress;
    this.stop = stop;
    BulkWriter bulk = new BulkWriter(this.rest, backoff, tally);
    DocumentHasher hasher = new DocumentHasher(plan, new TextHasher(this.rest, model), tally);
    this.writer = new CopyWriter(plan, into, hasher, bulk, tally);
    this.differences = new CopyDifferences(new DocumentReader(this.rest), writer, bulk, tally);
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
    boolean equal =
        copy.make(new TargetField(rest, plan.target(), model), plan.multiIndexHashing())
            && isEqualAfter(() -> walk(plan.index(), DocumentReader.WHOLE, writer::write));
    for (int pass = 0; pass < plan.passes() && equal == false && goesOn(); pass++) {
      equal = compare();
    }
    if (blockWrites && goesOn()) {
      equal = compareBlocked();
    }
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
        ObjectNode none = Body.empty().set("index.blocks.write", NullNode.getInstance());
        rest.ask("PUT", plan.index() + "/_settings", none);
      }
    }
  }

  /** What became of the documents. */
  public Tally tally() {
    return tally;
  }

  /** One comparison in both directions; true when the copy is equal. */
  private boolean compare() {
    long before = differences.found();
    boolean equal =
        isEqualAfter(
            () -> {
              walk(plan.index(), NO_FIELDS, differences::writeNewer);
              if (goesOn()) {
                walk(copy.name(), NO_FIELDS, differences::deleteGone);
              }
            });
    return equal || (goesOn() && differences.found() == before);
  }

  /** Does work that leaves no difference if nobody writes meanwhile; whether so it was. */
  private boolean isEqualAfter(Runnable work) {
    Optional<LastOperations> before = LastOperations.of(rest, plan.index());
    if (before.isPresent() && before.equals(equalAt)) {
      return true;
    }
    long open = differences.open();
    work.run();
    boolean equal =
        goesOn()
            && differences.open() == open
            && before.isPresent()
            && before.equals(LastOperations.of(rest, plan.index()));
    equalAt = equal ? before : Optional.empty();
    return equal;
  }

  private void walk(String index, JsonNode source, Consumer<List<SourceDocument>> batches) {
    new RepeatedWalk(rest, plan, progress, stop)
        .through(
            index,
            ALL,
            source,
            () -> rest.ask("POST", index + "/_refresh"),
            documents -> {
              batches.accept(documents);
              progress.through(tally.see(documents.size()));
            });
  }
}
