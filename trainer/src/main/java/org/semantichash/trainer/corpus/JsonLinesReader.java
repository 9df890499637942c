// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusInput.CorpusReader;
import org.semantichash.trainer.corpus.CorpusInput.DocumentSink;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.RecordPosition;

/** One JSON object per line; blank lines are passed over. */
final class JsonLinesReader implements CorpusReader {

  private final CorpusOptions options;

  /** The names of the fields of the first record; empty before it. */
  private final List<String> firstFields = new ArrayList<>();

  private boolean labelSeen;

  JsonLinesReader(CorpusOptions options) {
    this.options = options;
  }

  @Override
  public InputDigest read(Path input, DocumentSink sink) throws IOException {
    InputDigest digest =
        JsonRecords.read(
            input,
            options.encoding(),
            (record, line, number) -> {
              RecordPosition place = new RecordPosition(input, "line", number);
              sink.accept(document(record, number, place), place);
            });
    requireLabel(input);
    return digest.withNotes(labelSeen ? List.of() : options.labelNote(firstFields));
  }

  private void requireLabel(Path input) {
    if (options.labelRequired()
        && options.hasLabels()
        && labelSeen == false
        && firstFields.isEmpty() == false) {
      throw new IllegalArgumentException(
          "a record of ["
              + input
              + "] must have the label field ["
              + options.labelField()
              + "], the first one has "
              + firstFields);
    }
  }

  private Document document(JsonNode record, int number, RecordPosition place) {
    labelSeen |= record.has(options.labelField());
    if (firstFields.isEmpty()) {
      record.fieldNames().forEachRemaining(firstFields::add);
    }
    StringJoiner text = new StringJoiner("\n");
    for (String field : options.textFields()) {
      text.add(string(record, field, place));
    }
    return new Document(id(record, number, place), text.toString(), labels(record, place));
  }

  private String id(JsonNode record, int number, RecordPosition place) {
    JsonNode id = record.path(options.idField());
    if (id.isMissingNode() || id.isNull()) {
      return Integer.toString(number);
    }
    if (id.isTextual() || id.isNumber()) {
      return id.asText();
    }
    throw new IllegalArgumentException(
        place
            + ": field ["
            + options.idField()
            + "] must be a string or a number, got ["
            + id.getNodeType()
            + "]");
  }

  private static String string(JsonNode record, String field, RecordPosition place) {
    JsonNode value = record.path(field);
    if (value.isTextual() == false) {
      throw new IllegalArgumentException(
          place + ": field [" + field + "] must be a string, got [" + value.getNodeType() + "]");
    }
    return value.textValue();
  }

  private List<String> labels(JsonNode record, RecordPosition place) {
    JsonNode value = record.path(options.labelField());
    if (value.isMissingNode() || value.isNull() || options.hasLabels() == false) {
      return List.of();
    }
    if (value.isArray() == false) {
      return List.of(label(value, place));
    }
    List<String> labels = new ArrayList<>();
    for (JsonNode element : value) {
      labels.add(label(element, place));
    }
    return labels;
  }

  private String label(JsonNode value, RecordPosition place) {
    if (value.isTextual() || value.isNumber() || value.isBoolean()) {
      return value.asText();
    }
    throw new IllegalArgumentException(
        place
            + ": field ["
            + options.labelField()
            + "] must be a string, a number or an array of them, got ["
            + value.getNodeType()
            + "]");
  }
}
