// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * A row a document, the kept one of each group first. Every value is quoted, and one that a
 * spreadsheet would take for a formula has an apostrophe before it (OWASP, "CSV Injection"): an id
 * that begins with [=], [+], [-], [@], a tabulator or a line break is not the bare id. JSON lines
 * have the bare ids.
 */
final class CsvGroups implements GroupExport {

  private static final String FORMULA_BEGINS_WITH = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader("group", "keep", "_index", "_id", "distance")
          .setQuoteMode(QuoteMode.ALL)
          .get();

  private final CSVPrinter printer;
  private int group;

  CsvGroups(Writer writer) throws IOException {
    printer = new CSVPrinter(writer, FORMAT);
  }

  @Override
  public void write(DuplicateGroup written) {
    group++;
    try {
      for (GroupMember member : written.members()) {
        printer.printRecord(
            group,
            safe(written.kept().id()),
            safe(member.index()),
            safe(member.id()),
            member.distance());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value as a text, also for a spreadsheet. */
  static String safe(String value) {
    boolean formula = value.isEmpty() == false && FORMULA_BEGINS_WITH.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }

  @Override
  public void close() {
    try {
      printer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
