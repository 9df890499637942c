// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.semantichash.benchmarks.duplicates.node.HashIndexPhase;
import org.semantichash.benchmarks.duplicates.node.IngestPhase;
import org.semantichash.benchmarks.duplicates.node.NodePhase;
import org.semantichash.benchmarks.duplicates.quality.QualityPicture;
import org.semantichash.benchmarks.duplicates.quality.QualitySection;
import org.semantichash.benchmarks.duplicates.quality.VerifiedPhase;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.benchmarks.pictures.LineLook;
import org.semantichash.benchmarks.pictures.LinePicture;

/** The page, the seconds against the number of documents, and precision against recall. */
final class DuplicatesReport implements Benchmark.Report {

  @Override
  public void write(Path folder, RowsFile recorded) throws IOException {
    List<Growth.Line> growth = Growth.of(recorded.rows()).lines();
    Page page = new Page(recorded.header());
    page.section(AllPairsPhase.NAME, recorded.of(AllPairsPhase.NAME));
    for (Growth.Line line : growth) {
      page.paragraph(
          String.format(
              Locale.ROOT,
              "Seconds grow as documents to the power of %.2f (%s codes of 64 bits, radius 3).",
              line.exponent(),
              line.kind()));
    }
    page.section(NewDocumentsPhase.NAME, recorded.of(NewDocumentsPhase.NAME));
    page.section(NodePhase.NAME, recorded.of(NodePhase.NAME));
    page.section(HashIndexPhase.NAME, recorded.of(HashIndexPhase.NAME));
    page.section(IngestPhase.NAME, recorded.of(IngestPhase.NAME));
    new QualitySection(recorded.rows()).appendTo(page);
    VerifiedPhase.appendTo(page, recorded.rows());
    page.write(folder.resolve("near-duplicates.md"));
    picture(growth).write(folder.resolve("near-duplicates.png"));
    QualityPicture.of(recorded.rows()).write(folder.resolve("near-duplicates-quality.png"));
  }

  private static LinePicture picture(List<Growth.Line> lines) {
    LinePicture picture =
        LinePicture.logarithmic(
            "All pairs within Hamming distance 3, and their groups, 64 bits",
            "documents",
            "seconds");
    for (int i = 0; i < lines.size(); i++) {
      Growth.Line line = lines.get(i);
      String name = String.format(Locale.ROOT, "%s, exponent %.2f", line.kind(), line.exponent());
      picture.add(name, line.documents(), line.seconds(), new LineLook(i, 0));
    }
    return picture;
  }
}
