// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of CONTRIBUTING.md counts files that there are. */
class SourceFilesTest {

  private final SourceFiles files = new SourceFiles(Path.of(".."));

  @Test
  void everyClassOfAPathIsAFileAndStandsThereOnce() throws IOException {
    Map<String, List<String>> classes = files.classes();
    files
        .paths()
        .forEach(
            (path, names) -> {
              List<String> missing =
                  names.stream().filter(name -> classes.containsKey(name) == false).toList();
              assertEquals(List.of(), missing, path);
              assertEquals(names.size(), new HashSet<>(names).size(), path);
            });
  }

  @Test
  void thereAreNotMoreFilesThanContributingSays() throws IOException {
    List<String> said = files.page().lines().filter(line -> line.startsWith("| ")).toList();
    for (String line : files.table().lines().filter(row -> row.startsWith("| `")).toList()) {
      String name = line.substring(0, line.lastIndexOf(" | ") + 3);
      String most = said.stream().filter(row -> row.startsWith(name)).findFirst().orElse("");
      assertTrue(count(line) <= count(most), line + " but [" + most + "]: run SourceFiles --write");
    }
  }

  private static int count(String row) {
    String digits = row.substring(row.lastIndexOf(" | ") + 1).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? -1 : Integer.parseInt(digits);
  }
}
