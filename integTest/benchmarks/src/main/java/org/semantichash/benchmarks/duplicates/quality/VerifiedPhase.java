// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.hash.BinaryCode;

/**
 * Edited copies among the texts of a corpus, found by hashes alone and by hashes with verification
 * by text, as a request with the defaults does; beside them MinHash as it is used in practice.
 */
public final class VerifiedPhase {

  public static final String NAME = "verified";

  private static final int SHINGLE = 3;
  private static final int HASHES = 200;
  private static final int LINE = 4; // columns that name a line
  private static final List<String> COLUMNS =
      List.of(
          "data",
          "bits",
          "method",
          "min",
          "radius",
          "precision",
          "recall",
          "f1",
          "ceiling_f1",
          "candidates");
  private static final int BAND = 4; // 50 bands: half of the pairs with a similarity of .33

  private final QualityScale scale;

  public VerifiedPhase(QualityScale scale) {
    this.scale = scale;
  }

  /** A step for each corpus and width. */
  public List<BenchmarkStep> steps() {
    return CopiesPhase.steps(scale, NAME, 300, this::measure);
  }

  private List<Map<String, Object>> measure(String data, Path file, int bits) throws IOException {
    List<String> texts = CopiesPhase.texts(file);
    EditedCorpus corpus = EditedCorpus.of(texts, scale.planted(), scale.seed());
    Models models = new Models(scale.work(), scale.trained());
    try (Shingler shingler = new Shingler(SHINGLE, false)) {
      List<ShingledText> shingles =
          corpus.texts().stream().map(text -> shingler.of(List.of(text))).toList();
      PairJudgement judgement = new PairJudgement(corpus, shingles);
      for (Contestants some : models.withoutNetworks(data + "-edited", bits, texts)) {
        try (some) {
          for (Contestants.Contestant one : some.all()) {
            List<BinaryCode> codes = corpus.texts().stream().map(one.code()).toList();
            judgement.add(
                one.method(), bits, bits / 3, (a, b) -> codes.get(a).distance(codes.get(b)));
          }
        }
      }
      if (bits == CopiesPhase.WIDTHS.getFirst()) { // it has a width of its own
        long[][] bands = shingles.stream().map(this::bands).toArray(long[][]::new);
        judgement.add(
            "minhash, " + HASHES + " of " + SHINGLE + "-shingles in bands of " + BAND,
            HASHES * Long.SIZE,
            0,
            (a, b) -> shareBand(bands[a], bands[b]) ? 0 : 1);
      }
      return judgement.rows(data);
    }
  }

  /** For each hash, the radius with the largest F1, without and with verification. */
  public static void appendTo(Page page, List<Map<String, Object>> rows) {
    Map<List<Object>, Map<String, Object>> best = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      if (NAME.equals(row.get("phase"))) {
        List<Object> key = COLUMNS.stream().limit(LINE).<Object>map(row::get).toList();
        best.merge(key, row, (a, b) -> number(b, "f1") > number(a, "f1") ? b : a);
      }
    }
    if (best.isEmpty()) {
      return;
    }
    page.paragraph("## verified by text");
    page.paragraph(
        "Edited copies found by hashes alone (min 0) and with verification (Jaccard of 3-shingles at"
            + " least min), at the radius with the largest F1; candidates per text. The ceiling is the"
            + " largest F1 of a threshold on the Jaccard similarity of all pairs.");
    List<List<Object>> table =
        best.values().stream()
            .<List<Object>>map(row -> COLUMNS.stream().<Object>map(row::get).toList())
            .toList();
    page.table(COLUMNS, table, table);
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }

  /** The hashes of the bands of a MinHash (Broder, 1997), each of the lowest of some orders. */
  private long[] bands(ShingledText text) {
    SplittableRandom orders = new SplittableRandom(scale.seed());
    long[] bands = new long[HASHES / BAND];
    for (int hash = 0; hash < HASHES; hash++) {
      long factor = orders.nextLong() | 1;
      long lowest =
          Arrays.stream(text.hashes()).map(shingle -> mixed(shingle * factor)).min().orElseThrow();
      bands[hash / BAND] = mixed(bands[hash / BAND] * 31 + lowest);
    }
    return bands;
  }

  /** As the generator of SplittableRandom mixes its state. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static boolean shareBand(long[] one, long[] other) {
    for (int band = 0; band < one.length; band++) {
      if (one[band] == other[band]) {
        return true;
      }
    }
    return false;
  }
}
