// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.results.Machine;
import org.semantichash.benchmarks.search.http.CancelPhase;
import org.semantichash.benchmarks.search.http.ConcurrentPhase;
import org.semantichash.benchmarks.search.http.LatencyPhase;
import org.semantichash.benchmarks.search.http.SearchNode;
import org.semantichash.benchmarks.search.jvm.FilterPhase;
import org.semantichash.benchmarks.search.jvm.MemoryPhase;
import org.semantichash.benchmarks.search.jvm.RadiusPhase;
import org.semantichash.benchmarks.search.jvm.ScanPhase;
import org.semantichash.benchmarks.search.measure.Recording;
import org.semantichash.benchmarks.search.measure.Step;
import org.semantichash.benchmarks.search.measure.Steps;
import org.semantichash.benchmarks.search.report.GrowthPicture;
import org.semantichash.benchmarks.search.report.Page;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.oracle.CodeSet;

/** Measures the search, phase by phase; goes on where it was interrupted. */
public final class SearchBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(
          LatencyPhase.NAME,
          ConcurrentPhase.NAME,
          CancelPhase.NAME,
          ScanPhase.NAME,
          RadiusPhase.NAME,
          FilterPhase.NAME,
          MemoryPhase.NAME);

  private static final String COMMAND = "mvn -Psearch-benchmark verify";
  private static final String[] MEASURED = {
    "src", "plugin", "integTest/src", "integTest/benchmarks/src", "pom.xml"
  };

  private final Options options;

  private SearchBenchmark(Options options) {
    this.options = options;
  }

  /** Argument: the folder of the checkout. Properties: see {@link Options#of}. */
  public static void main(String[] args) throws IOException {
    Path repository = Path.of(args[0]).toAbsolutePath().normalize();
    Options options = Options.of(repository, System.getProperties());
    run(options, Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    return new SearchBenchmark(options).run(distribution);
  }

  private List<Map<String, Object>> run(Distribution distribution) throws IOException {
    Files.createDirectories(options.scale().work());
    Recording recording = new Recording(options.results().resolve("search.json"), header());
    if (options.again()) {
      options.phases().forEach(recording::forget);
    }
    try (SearchNode node = new SearchNode(options.scale(), distribution, options.heap())) {
      new Steps(recording).run(steps(node));
    }
    new Page(recording).write(options.results().resolve("search.md"));
    GrowthPicture.of(recording.rows()).write(options.results().resolve("search.png"));
    System.out.println("written to " + options.results() + ": search.json, search.md, search.png");
    return recording.rows();
  }

  private Map<String, Object> header() {
    return Machine.describe(
        COMMAND, options.scale().repository(), options.scale().seed(), MEASURED);
  }

  private List<Step> steps(SearchNode node) {
    List<Step> steps = new ArrayList<>();
    LatencyPhase latency = new LatencyPhase(options.scale(), node, options.graphs());
    if (options.phases().contains(LatencyPhase.NAME)) {
      steps.add(latency.step(CodeSet.Kind.CLUSTERED));
    }
    if (options.phases().contains(ConcurrentPhase.NAME)) {
      steps.add(new ConcurrentPhase(options.scale(), node).step());
    }
    if (options.phases().contains(CancelPhase.NAME)) {
      steps.add(new CancelPhase(options.scale(), node).step());
    }
    if (options.phases().contains(LatencyPhase.NAME) && options.uniform()) {
      steps.add(latency.step(CodeSet.Kind.UNIFORM));
    }
    steps.addAll(stepsInThisProcess(node));
    return steps;
  }

  private List<Step> stepsInThisProcess(SearchNode node) {
    List<Step> steps = new ArrayList<>();
    if (options.phases().contains(ScanPhase.NAME)) {
      steps.addAll(new ScanPhase(options.scale()).steps());
    }
    if (options.phases().contains(RadiusPhase.NAME)) {
      steps.addAll(new RadiusPhase(options.scale()).steps());
    }
    if (options.phases().contains(FilterPhase.NAME)) {
      steps.addAll(new FilterPhase(options.scale()).steps());
    }
    if (options.phases().contains(MemoryPhase.NAME)) {
      steps.addAll(new MemoryPhase(options.scale()).steps());
    }
    return alone(node, steps);
  }

  /** The node must not run while this process is measured. */
  private static List<Step> alone(SearchNode node, List<Step> steps) {
    return steps.stream()
        .map(
            step ->
                new Step(
                    step.phase(),
                    step.definition(),
                    step.seconds(),
                    () -> {
                      node.close();
                      return step.work().run();
                    }))
        .toList();
  }
}
