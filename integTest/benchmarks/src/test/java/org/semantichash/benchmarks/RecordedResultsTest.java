// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.harness.RowsFile;

/** The committed results are one row per line, and their pages show these rows. */
class RecordedResultsTest {

  private static final Path RESULTS = Path.of("results");
  private static final List<String> NAMES =
      List.of("demo", "models", "near-duplicates", "safety", "search");
  private static final List<String> WITHOUT_PAGE = List.of("english", "languages", "long-texts");

  @TempDir private Path folder;

  @Test
  void everyFileIsWrittenAsItWasRead() throws IOException {
    for (String name : Stream.concat(NAMES.stream(), WITHOUT_PAGE.stream()).toList()) {
      RowsFile recorded = RowsFile.read(RESULTS.resolve(name + ".json"));
      Path copy = folder.resolve(name + ".json");
      recorded.write(copy);
      assertEquals(Files.readString(RESULTS.resolve(name + ".json")), Files.readString(copy), name);
      long lines = recorded.header().size() + recorded.rows().size() + 4L;
      assertEquals(lines, Files.readAllLines(copy).size(), name);
    }
  }

  @Test
  void everyPageIsDrawnFromItsRows() throws IOException {
    for (String name : NAMES) {
      Files.copy(RESULTS.resolve(name + ".json"), folder.resolve(name + ".json"));
    }
    DrawAgain.main(new String[] {folder.toString()});
    for (String name : List.of("models", "near-duplicates", "safety", "search")) {
      assertEquals(
          Files.readString(RESULTS.resolve(name + ".md")),
          Files.readString(folder.resolve(name + ".md")),
          name);
    }
  }
}
