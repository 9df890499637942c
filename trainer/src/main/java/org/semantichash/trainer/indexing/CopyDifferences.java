// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;
import org.semantichash.trainer.indexing.Tally.Outcome;

/** Finds what differs between a copy and its source, and makes the copy like the source. */
final class CopyDifferences {

  private final String source;
  private final String copy;
  private final DocumentReader reader;
  private final CopyWriter copyWriter;
  private final BulkWriter writer;
  private final Tally tally;
  private final AtomicLong found = new AtomicLong();
  private final AtomicLong open = new AtomicLong();

  /**
   * Between two indices.
   *
   * @param writer deletes
   */
  CopyDifferences(DocumentReader reader, CopyWriter copyWriter, BulkWriter writer, Tally tally) {
    this.source = copyWriter.plan().index();
    this.copy = copyWriter.into();
    this.reader = reader;
    this.copyWriter = copyWriter;
    this.writer = writer;
    this.tally = tally;
  }

  /** Differences found so far. */
  long found() {
    return found.get();
  }

  /** Of these, how many are left because somebody else writes into the copy. */
  long open() {
    return open.get();
  }

  /** Writes those of these documents of the source whose state is newer than the copy's. */
  void writeNewer(List<SourceDocument> documents) {
    Map<DocumentId, SourceDocument> copies = reader.read(ids(documents, copy), false);
    List<SourceDocument> newer =
        documents.stream()
            .filter(
                document -> {
                  SourceDocument copied = copies.get(document.id().in(copy));
                  return copied == null || copied.version() < CopyWriter.version(document);
                })
            .toList();
    tally.add(Outcome.DONE_BEFORE, documents.size() - newer.size());
    found.addAndGet(newer.size());
    copyWriter.write(List.copyOf(reader.read(ids(newer, source), true).values()));
  }

  /** Deletes those of these documents of the copy that the source has no longer. */
  void deleteGone(List<SourceDocument> copies) {
    Map<DocumentId, SourceDocument> there = reader.read(ids(copies, source), false);
    List<BulkWriter.Action> actions = new ArrayList<>();
    for (SourceDocument copied : copies) {
      if (there.containsKey(copied.id().in(source)) == false) {
        ObjectNode unchanged =
            Body.empty()
                .put("if_seq_no", copied.seqNo())
                .put("if_primary_term", copied.primaryTerm());
        actions.add(BulkWriter.Action.of("delete", copied.id(), unchanged, null));
      }
    }
    found.addAndGet(actions.size());
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
