// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.reproduce.SharedTable.RecordedExperiment;

class SummaryTest {

  private static final Map<String, Double> PAPER =
      Map.of("16", 0.1, "32", 0.2, "64", 0.3, "128", 0.4);

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  private String page(MadeExperiment... experiments) throws IOException {
    new Summary(List.of(experiments).stream().map(MadeExperiment::recorded).toList())
        .write(folder, new PrintWriter(err, true));
    return Files.readString(folder.resolve("summary.md"));
  }

  @Test
  void aMethodHasOneLineWithThePapersMeanInBrackets() throws IOException {
    String page =
        page(
            new MadeExperiment("a", "unsupervised")
                .line("NASH", PAPER)
                .rows("NASH", 0.2, 0.2, 0.2, 0.2)
                .rows("auto", 0.5, 0.5, 0.5),
            new MadeExperiment("b", "unsupervised")
                .rows("NASH", 0.4, 0.4, 0.4, 0.4)
                .rows("auto", 0.5, 0.5, 0.5, 0.5));
    assertTrue(page.contains("| NASH | 0.2000 (0.2500) | 0.4000 | 0.3000 |"), page);
    assertTrue(page.contains("| auto | incomplete: 128 bits | 0.5000 | incomplete |"), page);
    assertTrue(page.contains("- OPEN: unsupervised, a, SNUH above BMSH: "), page);
  }

  @Test
  void thePictureHasAPanel() throws IOException {
    String page = page(new MadeExperiment("a", "supervised").rows("NASH", 0.2, 0.2, 0.2, 0.2));
    assertEquals("", err.toString());
    assertTrue(page.contains("](summary.png)"), page);
    assertTrue(ImageIO.read(folder.resolve("summary.png").toFile()).getHeight() > 100);
  }

  @Test
  void withoutACompleteMethodThereIsNoPicture() throws IOException {
    String page = page(new MadeExperiment("a", "supervised").rows("NASH", 0.2, 0.2));
    assertFalse(page.contains("summary.png"), page);
    assertFalse(Files.exists(folder.resolve("summary.png")));
  }

  @Test
  void withoutASharedTableThePageSaysSo() throws IOException {
    String page = page(new MadeExperiment("a", "other").rows("NASH", 0.2));
    assertTrue(page.contains("no table that is called unsupervised or supervised"), page);
  }

  @Test
  void namesMustDiffer() {
    RecordedExperiment a = new MadeExperiment("a", "supervised").rows("NASH", 0.2).recorded();
    RecordedExperiment summary =
        new MadeExperiment("summary", "supervised").rows("NASH", 0.2).recorded();
    Exception e = assertThrows(IllegalArgumentException.class, () -> new Summary(List.of(a, a)));
    assertTrue(e.getMessage().endsWith("got [a]"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Summary(List.of(a, summary)));
  }
}
