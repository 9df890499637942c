// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupExportTest {

  @TempDir private Path folder;

  private List<String> written(String name) throws IOException {
    Path file = folder.resolve("new").resolve(name);
    try (GroupExport export = GroupExport.to(file)) {
      export.write(
          Groups.group(
              Groups.member("=HYPERLINK(\"x\")", 0),
              Groups.member("-a", 1),
              Groups.member("a=b", 2)));
      export.write(Groups.group(Groups.member("c", 0), Groups.member("d", 3)));
    }
    return Files.readAllLines(file);
  }

  @Test
  void noValueOfATableIsAFormula() throws IOException {
    assertEquals(
        List.of(
            "\"group\",\"keep\",\"_index\",\"_id\",\"distance\",\"similarity\"",
            "\"1\",\"'=HYPERLINK(\"\"x\"\")\",\"news\",\"'=HYPERLINK(\"\"x\"\")\",\"0\",\"\"",
            "\"1\",\"'=HYPERLINK(\"\"x\"\")\",\"news\",\"'-a\",\"1\",\"\"",
            "\"1\",\"'=HYPERLINK(\"\"x\"\")\",\"news\",\"a=b\",\"2\",\"\"",
            "\"2\",\"c\",\"news\",\"c\",\"0\",\"\"",
            "\"2\",\"c\",\"news\",\"d\",\"3\",\"\""),
        written("groups.csv"));
  }

  @Test
  void aLineAGroup() throws IOException {
    assertEquals(
        "{\"size\":2,\"diameter\":3,\"capped\":false,\"keep\":\"c\",\"documents\":"
            + "[{\"_index\":\"news\",\"_id\":\"c\",\"distance\":0},"
            + "{\"_index\":\"news\",\"_id\":\"d\",\"distance\":3}]}",
        written("groups.ndjson").get(1));
  }

  @Test
  void otherKindsAreRefused() {
    Path file = folder.resolve("groups.txt");
    Exception e = assertThrows(IllegalArgumentException.class, () -> GroupExport.to(file));
    assertEquals("[export] must end in [.ndjson] or [.csv], got [" + file + "]", e.getMessage());
  }
}
