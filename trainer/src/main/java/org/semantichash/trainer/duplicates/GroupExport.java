// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;

/** Writes groups to a file, one after the other. */
public interface GroupExport extends AutoCloseable {

  /**
   * A file of the kind that its name's end says: .ndjson or .csv.
   *
   * @throws IllegalArgumentException for another end
   */
  static GroupExport to(Path file) {
    requireKnown(file);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Writer writer = Files.newBufferedWriter(file);
      return isCsv(file) ? new CsvGroups(writer) : new NdjsonGroups(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("file [" + file + "] cannot be written", e);
    }
  }

  /**
   * Checks the end of a file's name.
   *
   * @throws IllegalArgumentException when it is neither .ndjson nor .csv
   */
  static void requireKnown(Path file) {
    if (isCsv(file) == false && file.toString().endsWith(".ndjson") == false) {
      throw new IllegalArgumentException(
          "[export] must end in [.ndjson] or [.csv], got [" + file + "]");
    }
  }

  private static boolean isCsv(Path file) {
    return file.toString().endsWith(".csv");
  }

  void write(DuplicateGroup group);

  @Override
  void close();

  /**
   * One row per document, the kept one of each group first. Every value is quoted, and one that a
   * spreadsheet would take for a formula has an apostrophe before it (OWASP, "CSV Injection"): an
   * id that begins with [=], [+], [-], [@], a tabulator or a line break is not the bare id. JSON
   * lines have the bare ids.
   */
  static final class CsvGroups implements GroupExport {

    private static final String FORMULA_BEGINS_WITH = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private static final CSVFormat FORMAT =
        CSVFormat.RFC4180
            .builder()
            .setHeader("group", "keep", "_index", "_id", "distance", "similarity")
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
              member.distance(),
              member.similarity().isPresent() ? member.similarity().getAsDouble() : "");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The value as a text, also for a spreadsheet. */
    static String safe(String value) {
      boolean formula =
          value.isEmpty() == false && FORMULA_BEGINS_WITH.indexOf(value.charAt(0)) >= 0;
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

  /** One JSON line per group, as the cluster tells groups; the kept document is the first one. */
  static final class NdjsonGroups implements GroupExport {

    private final Writer writer;

    NdjsonGroups(Writer writer) {
      this.writer = writer;
    }

    @Override
    public void write(DuplicateGroup group) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("size", group.size());
      line.put("diameter", group.diameter());
      line.put("capped", group.capped());
      line.put("keep", group.kept().id());
      line.put("documents", group.members().stream().map(NdjsonGroups::document).toList());
      try {
        writer.write(Json.line(line) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Map<String, Object> document(GroupMember member) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("_index", member.index());
      document.put("_id", member.id());
      document.put("distance", member.distance());
      member.similarity().ifPresent(similarity -> document.put("similarity", similarity));
      return document;
    }

    @Override
    public void close() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
