// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures step by step, each of which is on disk before the next starts; goes on where it was
 * interrupted.
 *
 * @param name of the files, and before [.again]
 * @param command that measures again
 * @param phases all that there are, in their order
 * @param report draws the page and the pictures
 * @param measured paths of the checkout on which the rows depend
 */
public record Benchmark(
    String name, String command, List<String> phases, Report report, List<String> measured) {

  /** Pages and pictures of recorded rows. */
  public interface Report {
    /** Writes them into a folder. */
    void write(Path folder, RowsFile recorded) throws IOException;
  }

  /**
   * Runs the steps of the wanted phases that are not recorded yet and writes the results; gives all
   * rows.
   *
   * @param full whether nothing is scaled down, so that the results are worth committing
   */
  public List<Map<String, Object>> run(Options options, boolean full, List<BenchmarkStep> steps)
      throws IOException {
    Path folder = options.results(full, name);
    List<String> wanted = options.phases(phases);
    Map<String, Object> header =
        Machine.describe(
            command, options.repository(), Options.SEED, measured.toArray(String[]::new));
    RowsRecorder recorder = new RowsRecorder(folder.resolve(name + ".json"), header);
    if (options.flag("again", options.flag(name + ".again", false))) {
      wanted.forEach(recorder::forget);
    }
    run(recorder, steps.stream().filter(step -> wanted.contains(step.phase())).toList());
    Files.createDirectories(folder);
    report.write(folder, recorder.recorded());
    System.out.println("written to " + folder + ": " + name + ".json, page and pictures");
    return recorder.recorded().rows();
  }

  private static void run(RowsRecorder recorder, List<BenchmarkStep> all) throws IOException {
    List<BenchmarkStep> left = all.stream().filter(step -> recorder.has(step) == false).toList();
    System.out.printf(
        Locale.ROOT,
        "%d steps, %d of them recorded before%n",
        all.size(),
        all.size() - left.size());
    double foreseen = 0;
    double elapsed = 0;
    for (int i = 0; i < left.size(); i++) {
      BenchmarkStep step = left.get(i);
      System.out.printf(
          Locale.ROOT, "%d/%d %s: %s%n", i + 1, left.size(), step.phase(), step.definition());
      long start = System.nanoTime();
      recorder.add(step, step.measurement().run());
      double seconds = (System.nanoTime() - start) / 1e9;
      elapsed += seconds;
      foreseen += step.seconds();
      double rest =
          left.subList(i + 1, left.size()).stream().mapToDouble(BenchmarkStep::seconds).sum();
      long time = Math.round(rest * elapsed / foreseen);
      System.out.printf(
          Locale.ROOT,
          "     %.1f s, about %d:%02d:%02d left%n",
          seconds,
          time / 3600,
          time / 60 % 60,
          time % 60);
    }
  }

  /** Draws the page and the pictures of recorded rows again; measures nothing. */
  public void draw(Path folder) throws IOException {
    report.write(folder, RowsFile.read(folder.resolve(name + ".json")));
  }
}
