// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.RandomModel;

/** Whether a node grows when models come and go, and when it hashes for long. */
final class MemoryPhase {

  static final String NAME = "memory";

  private static final String MODEL = "small";
  private static final int TERMS = 5000;
  private static final int HIDDEN = 64;
  private static final int BITS = 64;
  private static final int TEXTS = 200;
  private static final double WARM_UP = 0.2;
  private static final int REPORTS = 20;

  private final ModelsScale scale;
  private final ModelNodes nodes;

  MemoryPhase(ModelsScale scale, ModelNodes nodes) {
    this.scale = scale;
    this.nodes = nodes;
  }

  /** One unit of the work. */
  private interface WorkUnit {
    void run() throws IOException;
  }

  /** The share of the work that is done, from 0 to 1. */
  private interface WorkShare {
    double share(long runs, double seconds);
  }

  List<BenchmarkStep> steps() {
    int cycles = scale.cycles();
    double seconds = 60 * scale.minutes();
    BenchmarkStep loading =
        new BenchmarkStep(
            NAME,
            cycles + " times loaded and let go",
            15 + cycles * 0.04,
            () ->
                List.of(
                    measure("load cycles", cycles, this::cycle, (n, s) -> n / (double) cycles)));
    BenchmarkStep hashing =
        new BenchmarkStep(
            NAME,
            String.format(Locale.ROOT, "%.1f minutes of hashing", scale.minutes()),
            15 + seconds,
            () -> List.of(measure("hashing", seconds / 60, hashing(), (n, s) -> s / seconds)));
    return List.of(loading, hashing);
  }

  private void cycle() throws IOException {
    nodes.http().post("/_semantic_hash/_clear_cache").ok();
    HashRequest.send(nodes.http(), MODEL, List.of("a bird"));
  }

  private WorkUnit hashing() {
    ZipfTexts texts = ZipfTexts.ofWordNet();
    SplittableRandom random = new SplittableRandom(Options.SEED);
    return () -> {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < TEXTS; i++) {
        some.add(texts.text(random, 60));
      }
      HashRequest.send(nodes.http(), MODEL, some);
    };
  }

  private Map<String, Object> measure(String what, double amount, WorkUnit work, WorkShare done)
      throws IOException {
    EncoderModel model =
        RandomModel.of(ZipfTexts.ofWordNet().words().subList(0, TERMS), HIDDEN, BITS);
    Http http = nodes.http();
    nodes.upload(MODEL, model.file(), model.digest());
    ProcessSize start = ProcessSize.of(http);
    ProcessSize warm = null;
    long runs = 0;
    int reported = 0;
    long begin = System.nanoTime();
    for (double share = 0; share < 1; ) {
      work.run();
      runs++;
      double seconds = (System.nanoTime() - begin) / 1e9;
      share = done.share(runs, seconds);
      if (warm == null && share >= WARM_UP) {
        warm = ProcessSize.of(http);
      }
      if (share * REPORTS >= reported + 1) {
        reported = (int) (share * REPORTS);
        report(share, seconds, ProcessSize.of(http));
      }
    }
    ProcessSize end = ProcessSize.of(http);
    return row(what, amount, runs, List.of(start, warm == null ? start : warm, end));
  }

  private static void report(double share, double seconds, ProcessSize size) {
    System.out.printf(
        Locale.ROOT,
        "     %.0f %%, %.0f MB, %.0f s left%n",
        100 * share,
        size.residentBytes() / 1e6,
        seconds / share - seconds);
  }

  private static Map<String, Object> row(
      String what, double amount, long runs, List<ProcessSize> sizes) {
    double warm = sizes.get(1).residentBytes();
    double end = sizes.get(2).residentBytes();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", what);
    row.put("cycles_or_minutes", amount);
    row.put("requests", runs);
    row.put("rss_mb_after_warm_up", warm / 1e6);
    row.put("rss_mb_end", end / 1e6);
    row.put("rss_growth_percent", 100 * (end - warm) / warm);
    row.put("open_files_start", sizes.get(0).openFiles());
    row.put("open_files_end", sizes.get(2).openFiles());
    return row;
  }
}
