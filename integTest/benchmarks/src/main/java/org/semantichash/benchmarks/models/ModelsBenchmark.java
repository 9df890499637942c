// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** Measures models in a cluster: uploads, bulk requests, memory over time. */
public final class ModelsBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(UploadPhase.NAME, BulkPhase.NAME, MemoryPhase.NAME);

  public static final Benchmark BENCHMARK =
      new Benchmark(
          "models",
          "mvn -Pmodels-benchmark verify",
          PHASES,
          ModelsBenchmark::report,
          List.of("src", "plugin", "trainer/src", "integTest/src", "integTest/benchmarks/src"));

  private ModelsBenchmark() {}

  /** Argument: the folder of the checkout. Properties: see {@link ModelsScale#of}. */
  public static void main(String[] args) throws IOException {
    run(Options.of(args), Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    String heap = ModelsScale.of(options).heap();
    return run(
        options,
        distribution,
        new ModelNodes("models-benchmark", 3, heap, distribution),
        new ModelNodes("models-bulk", 1, heap, distribution));
  }

  /** The same on nodes that run already, but for the phase that needs one that did nothing yet. */
  public static List<Map<String, Object>> run(
      Options options, Distribution distribution, Cluster running) throws IOException {
    ModelNodes lent = ModelNodes.lent(running);
    return run(options, distribution, lent, lent);
  }

  private static List<Map<String, Object>> run(
      Options options, Distribution distribution, ModelNodes several, ModelNodes bulk)
      throws IOException {
    ModelsScale scale = ModelsScale.of(options);
    try (several;
        bulk;
        ModelNodes memory = new ModelNodes("models-memory", 1, scale.heap(), distribution)) {
      List<BenchmarkStep> steps = new ArrayList<>(new UploadPhase(scale, several).steps());
      new BulkPhase(scale, bulk).steps().forEach(step -> steps.add(step.after(several, memory)));
      new MemoryPhase(scale, memory).steps().forEach(step -> steps.add(step.after(several, bulk)));
      return BENCHMARK.run(options, scale.isFull(), steps);
    }
  }

  private static void report(Path folder, RowsFile recorded) throws IOException {
    Page page = new Page(recorded.header());
    page.section("Large models in three nodes", recorded.of(UploadPhase.NAME));
    page.section("Bulk requests with and without hashing", recorded.of(BulkPhase.NAME));
    page.section("Memory of a node over time", recorded.of(MemoryPhase.NAME));
    page.write(folder.resolve("models.md"));
  }
}
