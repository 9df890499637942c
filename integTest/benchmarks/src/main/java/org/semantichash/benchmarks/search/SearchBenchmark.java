// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.search.http.CancelPhase;
import org.semantichash.benchmarks.search.http.ConcurrentPhase;
import org.semantichash.benchmarks.search.http.IndexingPhase;
import org.semantichash.benchmarks.search.http.LargePhase;
import org.semantichash.benchmarks.search.http.LatencyPhase;
import org.semantichash.benchmarks.search.http.SearchNode;
import org.semantichash.benchmarks.search.http.SmallNodePhase;
import org.semantichash.benchmarks.search.jvm.FilterPhase;
import org.semantichash.benchmarks.search.jvm.MemoryPhase;
import org.semantichash.benchmarks.search.jvm.RadiusPhase;
import org.semantichash.benchmarks.search.jvm.ScanPhase;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.oracle.CodeSet;

/** Measures the search beside Elasticsearch's bit vectors and the bandwidth of the memory. */
public final class SearchBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(
          LatencyPhase.NAME,
          ConcurrentPhase.NAME,
          CancelPhase.NAME,
          IndexingPhase.NAME,
          ConcurrentPhase.SHARDS,
          LargePhase.NAME,
          SmallNodePhase.NAME,
          ScanPhase.NAME,
          RadiusPhase.NAME,
          FilterPhase.NAME,
          MemoryPhase.NAME);

  public static final Benchmark BENCHMARK =
      new Benchmark(
          "search",
          "mvn -Psearch-benchmark verify",
          PHASES,
          new SearchReport(),
          List.of("src", "plugin", "integTest/src", "integTest/benchmarks/src", "pom.xml"));

  private final Scale scale;
  private final SearchNode node;

  private SearchBenchmark(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
  }

  /** Argument: the folder of the checkout. Properties: see {@link Scale#of}. */
  public static void main(String[] args) throws IOException {
    run(Options.of(args), Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    Scale scale = Scale.of(options);
    Files.createDirectories(scale.work());
    try (SearchNode node = new SearchNode(scale, distribution)) {
      return BENCHMARK.run(options, scale.isFull(), new SearchBenchmark(scale, node).steps());
    }
  }

  private List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    LatencyPhase latency = new LatencyPhase(scale, node);
    for (int documents : scale.growth(scale.httpDocuments())) {
      steps.add(latency.step(CodeSet.Kind.CLUSTERED, documents));
    }
    steps.add(new ConcurrentPhase(scale, node).step(128));
    steps.add(new CancelPhase(scale, node).step());
    steps.add(new IndexingPhase(scale, node).step());
    steps.add(new ConcurrentPhase(scale, node).shards());
    if (scale.uniform()) {
      steps.add(latency.step(CodeSet.Kind.UNIFORM, scale.httpDocuments()));
    }
    steps.add(new ConcurrentPhase(scale, node).step(64));
    steps.add(new LargePhase(scale, node).step());
    steps.add(new SmallNodePhase(scale, node).step().after(node));
    List<BenchmarkStep> inThisProcess = new ArrayList<>();
    inThisProcess.addAll(new ScanPhase(scale).steps());
    inThisProcess.addAll(new RadiusPhase(scale).steps());
    inThisProcess.addAll(new FilterPhase(scale).steps());
    inThisProcess.addAll(new MemoryPhase(scale).steps());
    // The node must not run while this process is measured.
    inThisProcess.forEach(step -> steps.add(step.after(node)));
    return steps;
  }
}
