// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.indexing.Tally.Outcome;
import org.semantichash.trainer.indexing.TextHasher.Hashed;

/**
 * Writes documents with their codes into a copy.
 *
 * <p>The number of the operation that wrote a document in the source, plus 1, is its version in the
 * copy. It only ever grows, also when a document is deleted and made anew, so Elasticsearch itself
 * takes no older state over a newer one, and no state twice: the copy tells how far it is.
 *
 * @param plan names the source
 * @param into the copy
 */
record CopyWriter(
    HashingPlan plan, String into, DocumentHasher hasher, BulkWriter writer, Tally tally) {

  /** The version in the copy of a document of the source. */
  static long version(SourceDocument document) {
    return document.seqNo() + 1;
  }

  /** Writes those of these documents of the source whose state, or a newer one, is not there. */
  void write(List<SourceDocument> documents) {
    Map<SourceDocument.DocumentId, Hashed> codes = hasher.codes(documents);
    List<BulkWriter.Action> actions =
        documents.stream().map(document -> index(document, codes.get(document.id()))).toList();
    writer.write(actions, (id, outcome) -> count(outcome, codes.get(id.in(plan.index()))));
  }

  private BulkWriter.Action index(SourceDocument document, Hashed hashed) {
    ObjectNode source = document.source().deepCopy();
    plan.target().remove(source);
    if (hashed != null && hashed.code() != null) {
      plan.target().set(source, hashed.code());
    }
    ObjectNode version =
        Body.empty().put("version", version(document)).put("version_type", "external");
    return BulkWriter.Action.of("index", document.id().in(into), version, source);
  }

  private void count(Outcome outcome, Hashed hashed) {
    if (outcome == Outcome.CONFLICT) {
      tally.add(Outcome.DONE_BEFORE, 1); // this state, or a newer one, is there
    } else if (outcome == Outcome.WRITTEN) {
      tally.add(Outcome.WRITTEN, 1);
      if (hashed != null && hashed.code() != null && hasher.isEmpty(hashed)) {
        tally.add(Outcome.HASHED_WITHOUT_TERMS, 1);
      }
    }
  }
}
