// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.duplicates.node.HashIndexPhase;
import org.semantichash.benchmarks.duplicates.node.MeasuredNode;
import org.semantichash.benchmarks.duplicates.node.NodePhase;
import org.semantichash.benchmarks.duplicates.node.NodeScale;
import org.semantichash.benchmarks.duplicates.quality.GlossesPhase;
import org.semantichash.benchmarks.duplicates.quality.PairsPhase;
import org.semantichash.benchmarks.duplicates.quality.PlantedPhase;
import org.semantichash.benchmarks.duplicates.quality.QualityOptions;
import org.semantichash.benchmarks.duplicates.quality.QualityPicture;
import org.semantichash.benchmarks.results.Machine;
import org.semantichash.benchmarks.search.measure.Recording;
import org.semantichash.benchmarks.search.measure.Step;
import org.semantichash.benchmarks.search.measure.Steps;
import org.semantichash.it.node.Distribution;

/** Measures near-duplicates, phase by phase; goes on where it was interrupted. */
public final class NearDuplicatesBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(
          AllPairsPhase.NAME,
          NodePhase.NAME,
          HashIndexPhase.NAME,
          PlantedPhase.NAME,
          GlossesPhase.NAME,
          PairsPhase.NAME);

  private static final String COMMAND = "mvn -Pnear-duplicates-benchmark verify";
  private static final String[] MEASURED = {
    "src", "trainer/src", "plugin", "integTest/src", "integTest/benchmarks/src", "pom.xml"
  };
  private static final String NAME = "near-duplicates";

  private NearDuplicatesBenchmark() {}

  /** Argument: the folder of the checkout. Properties: see {@link Options#of}. */
  public static void main(String[] args) throws IOException {
    Path repository = Path.of(args[0]).toAbsolutePath().normalize();
    run(Options.of(repository, System.getProperties()), Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    Files.createDirectories(options.results());
    Recording recording = new Recording(options.results().resolve(NAME + ".json"), header(options));
    if (options.again()) {
      options.phases().forEach(recording::forget);
    }
    List<Step> steps = new ArrayList<>();
    if (options.phases().contains(AllPairsPhase.NAME)) {
      steps.addAll(new AllPairsPhase(options).steps());
    }
    steps.addAll(quality(options));
    NodeScale scale = options.nodeScale();
    try (MeasuredNode node = new MeasuredNode(distribution, scale.heap())) {
      if (options.phases().contains(NodePhase.NAME)) {
        steps.addAll(new NodePhase(scale, node).steps());
      }
      if (options.phases().contains(HashIndexPhase.NAME)) {
        steps.addAll(new HashIndexPhase(scale, node).steps());
      }
      new Steps(recording).run(steps);
    }
    Growth growth = Growth.of(recording.rows());
    new JoinPage(recording, growth).write(options.results().resolve(NAME + ".md"));
    JoinPicture.of(recording.rows()).write(options.results().resolve(NAME + ".png"));
    QualityPicture.of(recording.rows()).write(options.results().resolve(NAME + "-quality.png"));
    System.out.println("written to " + options.results() + ": " + NAME + ".json, .md, .png");
    return recording.rows();
  }

  private static List<Step> quality(Options options) {
    QualityOptions quality =
        QualityOptions.of(
            System.getProperties(), options.documents(), options.repository(), options.seed());
    Map<String, List<Step>> all = new LinkedHashMap<>();
    all.put(PlantedPhase.NAME, new PlantedPhase(quality).steps());
    all.put(GlossesPhase.NAME, new GlossesPhase(quality).steps());
    all.put(PairsPhase.NAME, new PairsPhase(quality).steps());
    all.keySet().retainAll(options.phases());
    return all.values().stream().flatMap(List::stream).toList();
  }

  private static Map<String, Object> header(Options options) {
    return Machine.describe(COMMAND, options.repository(), options.seed(), MEASURED);
  }
}
