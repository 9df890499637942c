// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.results.Machine;
import org.semantichash.benchmarks.search.measure.Recording;
import org.semantichash.benchmarks.search.measure.Step;
import org.semantichash.benchmarks.search.measure.Steps;
import org.semantichash.benchmarks.search.report.Page;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** Measures models in a cluster, phase by phase; goes on where it was interrupted. */
public final class ModelsBenchmark {

  /** All phases, in the order in which they run. */
  public static final List<String> PHASES =
      List.of(UploadPhase.NAME, BulkPhase.NAME, MemoryPhase.NAME);

  private static final String COMMAND = "mvn -Pmodels-benchmark verify";
  private static final String[] MEASURED = {
    "src", "plugin", "trainer/src", "integTest/src", "integTest/benchmarks/src"
  };
  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put(UploadPhase.NAME, "Large models in three nodes");
    TITLES.put(BulkPhase.NAME, "Bulk requests with and without hashing");
    TITLES.put(MemoryPhase.NAME, "Memory of a node over time");
  }

  private final Options options;

  private ModelsBenchmark(Options options) {
    this.options = options;
  }

  /** Argument: the folder of the checkout. Properties: see {@link Options#of}. */
  public static void main(String[] args) throws IOException {
    Path repository = Path.of(args[0]).toAbsolutePath().normalize();
    run(Options.of(repository, System.getProperties()), Distribution.ofBuild());
  }

  /** Runs the phases and writes the results; gives all rows. */
  public static List<Map<String, Object>> run(Options options, Distribution distribution)
      throws IOException {
    return new ModelsBenchmark(options)
        .run(
            new ModelNodes("models-benchmark", 3, options.heap(), distribution),
            new ModelNodes("models-bulk", 1, options.heap(), distribution),
            distribution);
  }

  /** The same on nodes that run already, but for the phase that needs one that did nothing yet. */
  public static List<Map<String, Object>> run(
      Options options, Distribution distribution, Cluster running) throws IOException {
    ModelNodes lent = ModelNodes.lent(running);
    return new ModelsBenchmark(options).run(lent, lent, distribution);
  }

  private List<Map<String, Object>> run(
      ModelNodes several, ModelNodes bulk, Distribution distribution) throws IOException {
    Files.createDirectories(options.results());
    Recording recording = new Recording(options.results().resolve("models.json"), header());
    if (options.again()) {
      options.phases().forEach(recording::forget);
    }
    try (several;
        bulk;
        ModelNodes memory = new ModelNodes("models-memory", 1, options.heap(), distribution)) {
      List<Step> steps = new ArrayList<>();
      steps.addAll(new UploadPhase(options, several).steps());
      steps.addAll(undisturbed(new BulkPhase(options, bulk).steps(), several, memory));
      steps.addAll(undisturbed(new MemoryPhase(options, memory).steps(), several, bulk));
      steps.removeIf(step -> options.phases().contains(step.phase()) == false);
      new Steps(recording).run(steps);
    }
    new Page(recording, TITLES).write(options.results().resolve("models.md"));
    System.out.println("written to " + options.results() + ": models.json, models.md");
    return recording.rows();
  }

  /** The steps, each of which first stops the nodes of the others. */
  private static List<Step> undisturbed(List<Step> steps, ModelNodes... others) {
    List<Step> alone = new ArrayList<>();
    for (Step step : steps) {
      Step.Work work =
          () -> {
            for (ModelNodes other : others) {
              other.close();
            }
            return step.work().run();
          };
      alone.add(new Step(step.phase(), step.definition(), step.seconds(), work));
    }
    return alone;
  }

  private Map<String, Object> header() {
    return Machine.describe(COMMAND, options.repository(), Options.SEED, MEASURED);
  }
}
