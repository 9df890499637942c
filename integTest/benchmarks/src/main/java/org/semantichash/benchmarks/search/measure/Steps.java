// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.measure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Runs steps in their order, but those that were recorded before. */
public final class Steps {

  private final Recording recording;

  /** To be written down there. */
  public Steps(Recording recording) {
    this.recording = recording;
  }

  /** Runs what is left; each step is on disk before the next starts. */
  public void run(List<Step> all) throws IOException {
    List<Step> left = all.stream().filter(step -> recording.has(step) == false).toList();
    System.out.printf(
        Locale.ROOT,
        "%d steps, %d of them recorded before%n",
        all.size(),
        all.size() - left.size());
    double foreseen = 0;
    double elapsed = 0;
    for (int i = 0; i < left.size(); i++) {
      Step step = left.get(i);
      System.out.printf(
          Locale.ROOT, "%d/%d %s: %s%n", i + 1, left.size(), step.phase(), step.definition());
      long start = System.nanoTime();
      recording.add(step, step.work().run());
      double seconds = (System.nanoTime() - start) / 1e9;
      elapsed += seconds;
      foreseen += step.seconds();
      double rest = left.subList(i + 1, left.size()).stream().mapToDouble(Step::seconds).sum();
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
}
