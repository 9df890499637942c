// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusInput.CorpusReader;
import org.semantichash.trainer.corpus.CorpusInput.DocumentSink;
import org.semantichash.trainer.corpus.CorpusInput.InputDigest;
import org.semantichash.trainer.corpus.CorpusInput.InputFile;
import org.semantichash.trainer.corpus.CorpusInput.RecordPosition;

/** A table with a header line; values may be quoted. */
final class TableReader implements CorpusReader {

  private final CorpusOptions options;
  private final CSVFormat format;

  TableReader(CorpusOptions options, char delimiter) {
    this.options = options;
    this.format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();
  }

  @Override
  public InputDigest read(Path input, DocumentSink sink) throws IOException {
    try (InputFile file = new InputFile(input, options.encoding())) {
      CSVParser parser = parser(file, input);
      for (String field : options.textFields()) {
        requireColumn(parser, field, input);
      }
      if (options.labelRequired() && options.hasLabels()) {
        requireColumn(parser, options.labelField(), input);
      }
      Iterator<CSVRecord> records = parser.iterator();
      while (hasNext(records, parser, file)) {
        CSVRecord record = records.next();
        RecordPosition place = new RecordPosition(input, "record", record.getRecordNumber());
        sink.accept(document(record, place), place);
      }
      List<String> columns = parser.getHeaderNames();
      return file.digest()
          .withNotes(
              columns.contains(options.labelField()) ? List.of() : options.labelNote(columns));
    }
  }

  private CSVParser parser(InputFile file, Path input) {
    try {
      return CSVParser.parse(file.text(), format);
    } catch (IOException e) {
      throw file.broken("the header", e);
    } catch (IllegalArgumentException e) { // a column without a name, or two of one name
      throw new IllegalArgumentException(
          "[" + input + "] must begin with a line of different column names: " + e.getMessage(), e);
    }
  }

  private static boolean hasNext(Iterator<CSVRecord> records, CSVParser parser, InputFile file) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw file.broken("record [" + (parser.getRecordNumber() + 1) + "]", e.getCause());
    }
  }

  private static void requireColumn(CSVParser parser, String field, Path input) {
    List<String> columns = parser.getHeaderNames();
    if (columns.contains(field) == false) {
      throw new IllegalArgumentException(
          "[" + input + "] must have a column [" + field + "], got " + columns);
    }
  }

  private Document document(CSVRecord record, RecordPosition place) {
    if (record.isConsistent() == false) {
      throw new IllegalArgumentException(
          place
              + " must have ["
              + record.getParser().getHeaderNames().size()
              + "] values, got ["
              + record.size()
              + "]");
    }
    StringJoiner text = new StringJoiner("\n");
    for (String field : options.textFields()) {
      text.add(record.get(field));
    }
    String id =
        record.isMapped(options.idField())
            ? record.get(options.idField())
            : Long.toString(record.getRecordNumber());
    boolean labelled = options.hasLabels() && record.isMapped(options.labelField());
    String label = labelled ? record.get(options.labelField()) : "";
    return new Document(id, text.toString(), label.isEmpty() ? List.of() : List.of(label));
  }
}
