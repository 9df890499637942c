/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;
import org.semantichash.trainer.indexing.Tally.Outcome;
import org.semantichash.trainer.indexing.TextHasher.Hashed;

/**
 * Copies an index into a new one, with codes, and follows its changes until there are none.
 *
 * <p>The number of the operation that wrote a document in the source, plus 1, is its version in the
 * copy. It only ever grows, also when a document is deleted and made anew, so Elasticsearch itself
 * takes no older state over a newer one, and no state twice: the copy tells how far it is.
 */
public final class IndexCopy {

  private static final JsonNode ALL = Body.of(Map.of("match_all", Map.of()));
  private static final int LOST = 5;

  private final Rest rest;
  private final HashingPlan plan;
  private final HashModel model;
  private final NewIndex copy;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final Tally tally = new Tally();
  private final DocumentHasher hasher;
  private final BulkWriter writer;
  private final DocumentReader reader;
  private long differences;

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
    this.hasher = new DocumentHasher(plan, new TextHasher(this.rest, model), tally);
    this.writer = new BulkWriter(this.rest, backoff, tally);
    this.reader = new DocumentReader(this.rest);
  }

  /**
   * Copies, and follows until a comparison finds no difference or there were enough.
   *
   * @param blockWrites whether writing to the source is blocked before the last comparison; the
   *     block stays only if all went well
   * @return whether the last comparison found no difference
   * @throws IllegalArgumentException when the source is not one index, or the new one is no copy
   */
  public boolean run(boolean blockWrites) {
    if (copy.make(new TargetField(rest, plan.target(), model), plan.multiIndexHashing())) {
      walk(plan.index(), BooleanNode.TRUE, this::write);
    }
    boolean equal = false;
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
      compare();
      equal = compare();
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

  /** One comparison in both directions; true when there was no difference. */
  private boolean compare() {
    long before = differences();
    walk(plan.index(), BooleanNode.FALSE, this::writeNewer);
    if (goesOn()) {
      walk(copy.name(), BooleanNode.FALSE, this::deleteGone);
    }
    return goesOn() && differences() == before;
  }

  private synchronized long differences() {
    return differences;
  }

  private synchronized void differ(long documents) {
    differences += documents;
  }

  private void walk(String index, JsonNode source, Consumer<List<SourceDocument>> batches) {
    for (int lost = 0; ; lost++) {
      rest.ask("POST", index + "/_refresh");
      progress.begins(index, Selection.count(rest, index, ALL));
      try {
        Walk.of(rest, plan, stop)
            .through(
                index,
                ALL,
                source,
                documents -> {
                  batches.accept(documents);
                  progress.through(tally.see(documents.size()));
                });
        return;
      } catch (LostPointInTimeException e) {
        if (lost == LOST || stop.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  /** Those documents of the source whose state is newer than the copy's. */
  private void writeNewer(List<SourceDocument> documents) {
    Map<DocumentId, SourceDocument> copies = read(documents, copy.name(), BooleanNode.FALSE);
    List<SourceDocument> newer =
        documents.stream()
            .filter(
                document -> {
                  SourceDocument copied = copies.get(document.id().in(copy.name()));
                  return copied == null || copied.version() < document.seqNo() + 1;
                })
            .toList();
    tally.add(Outcome.DONE_BEFORE, documents.size() - newer.size());
    differ(newer.size());
    write(List.copyOf(read(newer, plan.index(), BooleanNode.TRUE).values()));
  }

  private void deleteGone(List<SourceDocument> copies) {
    Map<DocumentId, SourceDocument> there = read(copies, plan.index(), BooleanNode.FALSE);
    List<BulkWriter.Action> actions = new ArrayList<>();
    for (SourceDocument copied : copies) {
      if (there.containsKey(copied.id().in(plan.index())) == false) {
        ObjectNode unchanged =
            Body.empty()
                .put("if_seq_no", copied.seqNo())
                .put("if_primary_term", copied.primaryTerm());
        actions.add(BulkWriter.Action.of("delete", copied.id(), unchanged, null));
      }
    }
    differ(actions.size());
    writer.write(
        actions,
        (id, outcome) -> {
          if (outcome == Outcome.WRITTEN) {
            tally.add(Outcome.DELETED, 1);
          }
        });
  }

  private Map<DocumentId, SourceDocument> read(
      List<SourceDocument> documents, String index, JsonNode source) {
    return reader.read(
        documents.stream().map(document -> document.id().in(index)).toList(), source);
  }

  private void write(List<SourceDocument> documents) {
    Map<DocumentId, Hashed> codes = hasher.codes(documents);
    List<BulkWriter.Action> actions =
        documents.stream().map(document -> index(document, codes.get(document.id()))).toList();
    writer.write(actions, (id, outcome) -> count(outcome, codes.get(id.in(plan.index()))));
  }

  private BulkWriter.Action index(SourceDocument document, Hashed hashed) {
    ObjectNode source = document.source().deepCopy();
    plan.target().remove(source);
    if (hashed != null) {
      plan.target().set(source, hashed.code());
    }
    ObjectNode version =
        Body.empty().put("version", document.seqNo() + 1).put("version_type", "external");
    return BulkWriter.Action.of("index", document.id().in(copy.name()), version, source);
  }

  private void count(Outcome outcome, Hashed hashed) {
    if (outcome == Outcome.CONFLICT) {
      tally.add(Outcome.DONE_BEFORE, 1); // this state, or a newer one, is there
    } else if (outcome == Outcome.WRITTEN) {
      tally.add(Outcome.WRITTEN, 1);
      if (hashed != null && hashed.isUnknown()) {
        tally.add(Outcome.UNKNOWN_WORDS_ONLY, 1);
      }
    }
  }
}
