// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /** Writes one group. */
  void write(DuplicateGroup group);

  @Override
  void close();
}
