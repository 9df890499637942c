// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.node.HashIndexPhase;
import org.semantichash.benchmarks.duplicates.node.IngestPhase;
import org.semantichash.benchmarks.duplicates.node.MeasuredNode;
import org.semantichash.benchmarks.duplicates.node.NodePhase;
import org.semantichash.benchmarks.duplicates.quality.CopiesPhase;
import org.semantichash.benchmarks.duplicates.quality.GlossesPhase;
import org.semantichash.benchmarks.duplicates.quality.PairsPhase;
import org.semantichash.benchmarks.duplicates.quality.PlantedPhase;
import org.semantichash.benchmarks.duplicates.quality.QualityScale;
import org.semantichash.benchmarks.duplicates.quality.VerifiedPhase;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.it.node.Distribution;

/** Measures near-duplicates: the join, jobs on a node, hashing of an index, and the quality. */
public final class NearDuplicatesBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(
          AllPairsPhase.NAME,
          NewDocumentsPhase.NAME,
          NodePhase.NAME,
          HashIndexPhase.NAME,
          IngestPhase.NAME,
          PlantedPhase.NAME,
          CopiesPhase.NAME,
          VerifiedPhase.NAME,
          GlossesPhase.NAME,
          PairsPhase.NAME);

  public static final Benchmark BENCHMARK =
      new Benchmark(
          "near-duplicates",
          "mvn -Pnear-duplicates-benchmark verify",
          PHASES,
          new DuplicatesReport(),
          List.of(
              "src",
              "trainer/src",
              "plugin",
              "integTest/src",
              "integTest/benchmarks/src",
              "pom.xml"));

  private NearDuplicatesBenchmark() {}

  /**
   * Argument: the folder of the checkout. Properties: see {@link DuplicatesScale#of} and {@link
   * QualityScale#of}.
   */
  public static void main(String[] args) throws IOException {
    run(Options.of(args), Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    DuplicatesScale scale = DuplicatesScale.of(options);
    QualityScale quality = QualityScale.of(options, scale.documents());
    try (MeasuredNode node = new MeasuredNode(distribution, scale.heap())) {
      List<BenchmarkStep> steps = new ArrayList<>();
      steps.addAll(new AllPairsPhase(scale).steps());
      steps.addAll(new NewDocumentsPhase(scale).steps());
      steps.addAll(new PlantedPhase(quality).steps());
      steps.addAll(new CopiesPhase(quality).steps());
      steps.addAll(new VerifiedPhase(quality).steps());
      steps.addAll(new GlossesPhase(quality).steps());
      steps.addAll(new PairsPhase(quality).steps());
      steps.addAll(new NodePhase(scale, node).steps());
      steps.addAll(new HashIndexPhase(scale, node).steps());
      steps.addAll(new IngestPhase(scale, node).steps());
      return BENCHMARK.run(options, scale.isFull(), steps);
    }
  }
}
