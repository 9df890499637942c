// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;

/**
 * Measures how long an evaluation of codes takes: 4,000 queries against 11,000 documents of 20
 * labels. Prints milliseconds, the first round with the virtual machine still cold, and fails when
 * the scores of a sample of the queries are not those of {@link NaiveScore}. A program, no test:
 * run it with the class path of the tests.
 */
final class EvaluatorTiming {

  private static final int QUERIES = 4_000;
  private static final int DOCUMENTS = 11_000;
  private static final int LABELS = 20;
  private static final int K = 100;
  private static final int ROUNDS = 9;
  private static final int SAMPLE = 100;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<int[]> queryLabels = labels(QUERIES);
  private final List<int[]> labels = labels(DOCUMENTS);
  private final List<BinaryCode> queries;
  private final List<BinaryCode> database;

  private EvaluatorTiming(int bits) {
    List<byte[]> centres = IntStream.range(0, LABELS).mapToObj(i -> bytes(bits)).toList();
    queries = codes(queryLabels, centres, bits);
    database = codes(labels, centres, bits);
  }

  private List<int[]> labels(int n) {
    return IntStream.range(0, n).mapToObj(i -> new int[] {random.nextInt(LABELS)}).toList();
  }

  private byte[] bytes(int bits) {
    byte[] bytes = new byte[bits / 8];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * The code of the label, with three bits of eight flipped, so that precision is neither 0 nor 1.
   */
  private List<BinaryCode> codes(List<int[]> labels, List<byte[]> centres, int bits) {
    List<BinaryCode> codes = new ArrayList<>();
    for (int[] label : labels) {
      byte[] code = centres.get(label[0]).clone();
      byte[] first = bytes(bits);
      byte[] second = bytes(bits);
      byte[] third = bytes(bits);
      for (int i = 0; i < code.length; i++) {
        code[i] ^= (byte) (first[i] & (second[i] | third[i]));
      }
      codes.add(BinaryCode.of(code, bits));
    }
    return codes;
  }

  private static void time(String what, Supplier<?> work) {
    double[] milliseconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      Object unused = work.get();
      milliseconds[round] = (System.nanoTime() - start) / 1e6;
    }
    double first = milliseconds[0];
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "%-44s first %6.0f ms, median %6.0f ms, best %6.0f ms%n",
        what,
        first,
        milliseconds[ROUNDS / 2],
        milliseconds[0]);
  }

  private void check() {
    double precision = 0;
    double averagePrecision = 0;
    for (int q = 0; q < SAMPLE; q++) {
      NaiveScore naive = NaiveScore.of(queries.get(q), queryLabels.get(q), database, labels, K);
      precision += naive.precision() / SAMPLE;
      averagePrecision += naive.averagePrecision() / SAMPLE;
    }
    RetrievalScore score =
        new RetrievalEvaluator(queryLabels.subList(0, SAMPLE), labels, K)
            .codes(queries.subList(0, SAMPLE), database);
    compare("precision", precision, score.precision());
    compare("mean average precision", averagePrecision, score.meanAveragePrecision());
  }

  private static void compare(String name, double expected, double got) {
    if (Math.abs(expected - got) > 1e-9) {
      throw new IllegalStateException(
          "[" + name + "] must be [" + expected + "], got [" + got + "]");
    }
    System.out.printf(Locale.ROOT, "  %s of the sample %.6f, as computed naively%n", name, got);
  }

  /** Measures codes of each usual width. */
  public static void main(String[] arguments) {
    for (int bits : new int[] {32, 64, 128, 512}) {
      EvaluatorTiming timing = new EvaluatorTiming(bits);
      time(
          bits + " bits, precision and mAP, new evaluator",
          () ->
              new RetrievalEvaluator(timing.queryLabels, timing.labels, K)
                  .codes(timing.queries, timing.database));
      timing.check();
      time(bits + " bits, statistics of the codes", () -> CodeStatistics.of(timing.database));
    }
  }
}
