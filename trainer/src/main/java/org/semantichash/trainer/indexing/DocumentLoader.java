// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.corpus.JsonRecords;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.IndexWalk.Progress;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/**
 * Brings the records of a file of JSON lines into an index, each as it is. All lines are looked at
 * before the first is sent, so a broken line is found while nothing is written.
 */
public final class DocumentLoader {

  private static final int BATCH = 1000;
  private static final long BATCH_CHARACTERS = 5_000_000;

  private final Path file;
  private final String index;
  private final String idField;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final HashTally tally = new HashTally();
  private final BulkWriter writer;
  private final List<BulkWriter.Action> batch = new ArrayList<>();
  private long characters;
  private long withoutId;

  /**
   * Prepares the work; sends no request.
   *
   * @param index where the documents go; the cluster makes it where it may
   * @param idField the field with the id; a record without it gets an id from the cluster
   * @param pipeline the documents go through; empty for that of the index
   * @param stop whether to end after the running request
   */
  public DocumentLoader(
      Rest rest,
      Retry retry,
      Path file,
      String index,
      String idField,
      Optional<String> pipeline,
      Progress progress,
      BooleanSupplier stop) {
    this.file = file;
    this.index = index;
    this.idField = idField;
    this.progress = progress;
    this.stop = stop;
    this.writer = BulkWriter.through(pipeline, retry.over(rest), retry, tally);
  }

  /**
   * Loads.
   *
   * @throws IllegalArgumentException naming file and line, before anything is written
   */
  public void run() throws IOException {
    long[] records = new long[1];
    JsonRecords.forEach(
        file,
        (record, line, number) -> {
          if (id(record, number).isEmpty()) {
            withoutId++;
          }
          records[0]++;
        });
    if (records[0] == 0) {
      throw new IllegalArgumentException(
          "input [" + file + "] must hold at least one document, got [0]");
    }
    progress.begins(index, records[0]);
    JsonRecords.forEach(file, this::add);
    flush();
  }

  /** What became of the documents. */
  public HashTally tally() {
    return tally;
  }

  /** How many records have no id, so that a second run adds them a second time. */
  public long withoutId() {
    return withoutId;
  }

  private Optional<String> id(ObjectNode record, int number) {
    JsonNode id = record.path(idField);
    if (id.isMissingNode() || id.isNull()) {
      return Optional.empty();
    }
    if (id.isTextual() || id.isNumber()) {
      return Optional.of(id.asText());
    }
    throw new IllegalArgumentException(
        "["
            + file
            + "] line ["
            + number
            + "]: field ["
            + idField
            + "] must be a string or a number, got ["
            + id.getNodeType()
            + "]");
  }

  private void add(ObjectNode record, String line, int number) {
    if (stop.getAsBoolean()) {
      return;
    }
    Optional<String> id = id(record, number);
    ObjectNode action = Json.object();
    ObjectNode meta = action.putObject("index").put("_index", index);
    id.ifPresent(value -> meta.put("_id", value));
    String shown = "line " + number + id.map(value -> ", id " + value).orElse("");
    batch.add(
        new BulkWriter.Action(
            new DocumentId(index, shown, Optional.empty()),
            Json.line(action) + "\n" + line.strip() + "\n"));
    characters += line.length();
    if (batch.size() == BATCH || characters >= BATCH_CHARACTERS) {
      flush();
    }
  }

  private void flush() {
    if (batch.isEmpty() || stop.getAsBoolean()) {
      return;
    }
    writer.write(
        batch,
        (id, outcome) -> {
          if (outcome == Outcome.WRITTEN) {
            tally.add(Outcome.WRITTEN, 1);
          } else if (outcome != Outcome.FAILED) {
            tally.fail("[" + id.id() + "]: " + outcome.key());
          }
        });
    progress.done(tally.see(batch.size()));
    batch.clear();
    characters = 0;
  }
}
