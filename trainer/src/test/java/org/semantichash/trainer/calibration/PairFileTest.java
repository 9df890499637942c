// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.calibration.LabelledPair.PairFile;

class PairFileTest {

  private static final List<LabelledPair> PAIRS =
      List.of(new LabelledPair("one \"x", "two", true), new LabelledPair("", "b", false));

  @TempDir private Path folder;

  private List<LabelledPair> read(String name, String content) throws IOException {
    return new PairFile(Files.writeString(folder.resolve(name), content)).read();
  }

  @Test
  void tablesAndJsonLines() throws IOException {
    assertEquals(PAIRS, read("p.tsv", "duplicate\ta\tb\nyes\tone \"x\ttwo\n0\t\tb\n"));
    assertEquals(
        PAIRS,
        read(
            "p.jsonl",
            """
            {"a":"one \\"x","b":"two","duplicate":true}

            {"a":"","b":"b","duplicate":"No"}
            """));
  }

  private void refused(String message, String name, String content) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> read(name, content));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void theWrongRecordIsNamed() {
    refused(
        "record [2]: [duplicate] must be yes or no, got [maybe]",
        "p.tsv",
        "a\tb\tduplicate\n1\t2\tyes\n1\t2\tmaybe\n");
    refused("record [1]: must have a column [duplicate]", "p.tsv", "a\tb\n1\t2\n");
    refused("record [1]: must have a text [b]", "p.jsonl", "{\"a\":\"1\",\"duplicate\":1}\n");
    refused("record [1]: must be JSON", "p.jsonl", "{\n");
    refused(
        "must have duplicates and others, got [1] duplicates of [1] pairs",
        "p.tsv",
        "a\tb\tduplicate\n1\t2\tyes\n");
  }
}
