// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.Evaluation.EvaluationTable;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;

/**
 * How a set of codes uses its bits.
 *
 * @param documents the number of codes
 * @param distinct the number of different codes
 * @param largestBucket the most documents that share one code
 * @param balance how often each bit is one
 * @param correlation how far bits say the same
 */
public record CodeStatistics(
    int documents,
    int distinct,
    int largestBucket,
    BitBalance balance,
    BitCorrelation correlation) {

  /** The share of documents with one code from which on that is worth a warning. */
  private static final double LARGE_BUCKET = 0.2;

  /** The statistics of codes of one width. */
  public static CodeStatistics of(List<BinaryCode> codes) {
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("statistics need at least [1] code, got [0]");
    }
    Map<BinaryCode, Integer> buckets = new HashMap<>();
    codes.forEach(code -> buckets.merge(code, 1, Integer::sum));
    int largest = buckets.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    BitColumns columns = new BitColumns(new HammingCounter(codes));
    return new CodeStatistics(
        codes.size(), buckets.size(), largest, BitBalance.of(columns), BitCorrelation.of(columns));
  }

  /** Bits that are the same in every code. */
  public int deadBits() {
    return balance.deadBits();
  }

  /** The share of ones among all bits. */
  public double ones() {
    return balance.mean();
  }

  /** The mean entropy of a bit, in bits: 1 when ones and zeros are as frequent. */
  public double entropy() {
    return balance.meanEntropy();
  }

  /** Whether the codes separate hardly any texts: fewer than 1 % are different. */
  public boolean isCollapsed() {
    return distinct * 100L < documents;
  }

  /** The share of the documents that have the most frequent code. */
  public double largestBucketShare() {
    return (double) largestBucket / documents;
  }

  /**
   * What is wrong with the codes: they separate hardly any texts, or waste bits.
   *
   * @param coverage of the same documents, since no training helps against unknown words
   */
  public Optional<String> warning(TermCoverage coverage) {
    List<String> problems = new ArrayList<>();
    coverage.warning().ifPresentOrElse(problems::add, () -> training().ifPresent(problems::add));
    if (largestBucket - coverage.withoutTerms() > LARGE_BUCKET * documents) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d of %d documents (%.1f %%) have the same code",
              largestBucket,
              documents,
              100 * largestBucketShare()));
    }
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  /** What another training may mend. */
  private Optional<String> training() {
    if (isCollapsed()) {
      return Optional.of(
          "collapsed codes: fewer than 1 % are distinct; train with more --epochs, a smaller"
              + " --option kl_weight or another --learning-rate");
    }
    return deadBits() == 0
        ? Optional.empty()
        : Optional.of(
            "bits that are the same in every code: "
                + deadBits()
                + "; train with more --epochs, a smaller --option kl_weight or fewer --bits");
  }

  /** Prints what an evaluation says of them. */
  public void print(PrintWriter out) {
    new EvaluationTable(out).statistics(this);
  }

  /**
   * How often each bit is one.
   *
   * @param shares for each bit the share of the codes in which it is one, from 0 to 1
   */
  public record BitBalance(List<Double> shares) {

    /** Copies the shares. */
    public BitBalance {
      shares = List.copyOf(shares);
      if (shares.isEmpty()) {
        throw new IllegalArgumentException("[shares] must have at least [1] bit, got [0]");
      }
    }

    static BitBalance of(BitColumns columns) {
      return new BitBalance(
          IntStream.range(0, columns.bits())
              .mapToObj(bit -> (double) columns.ones(bit) / columns.documents())
              .toList());
    }

    private DoubleStream each() {
      return shares.stream().mapToDouble(Double::doubleValue);
    }

    /** The share of ones of the bit that is one least often. */
    public double min() {
      return each().min().orElseThrow();
    }

    /** The share of ones among all bits. */
    public double mean() {
      return each().average().orElseThrow();
    }

    /** The share of ones of the bit that is one most often. */
    public double max() {
      return each().max().orElseThrow();
    }

    /** The number of bits that are the same in every code. */
    public int deadBits() {
      return (int) each().filter(share -> share == 0 || share == 1).count();
    }

    /**
     * The smallest entropy of a bit, in bits: 1 when ones and zeros are as frequent, 0 when dead.
     */
    public double minEntropy() {
      return each().map(BitBalance::entropy).min().orElseThrow();
    }

    /** The mean entropy of a bit, in bits. */
    public double meanEntropy() {
      return each().map(BitBalance::entropy).average().orElseThrow();
    }

    private static double entropy(double share) {
      return plogp(share) + plogp(1 - share);
    }

    private static double plogp(double p) {
      return p == 0 ? 0 : -p * StrictMath.log(p) / StrictMath.log(2);
    }
  }

  /**
   * How far bits say the same, or the opposite: the absolute Pearson correlation of each two bits
   * over the codes (for bits it is the phi coefficient). Bits that are the same in every code have
   * none and are left out.
   *
   * @param mean over the pairs, 0 without a pair
   * @param max of the pairs, 0 without a pair
   * @param pairs the number of pairs of bits that have a correlation
   */
  public record BitCorrelation(double mean, double max, long pairs) {

    static BitCorrelation of(BitColumns columns) {
      int[] live =
          IntStream.range(0, columns.bits()).filter(bit -> variance(columns, bit) > 0).toArray();
      List<DoubleSummaryStatistics> rows =
          IntStream.range(0, live.length)
              .parallel()
              .mapToObj(
                  row ->
                      IntStream.range(0, row)
                          .mapToDouble(i -> absolute(columns, live[row], live[i]))
                          .summaryStatistics())
              .toList();
      DoubleSummaryStatistics all = new DoubleSummaryStatistics();
      rows.forEach(all::combine); // in order, so that the sum is the same each time
      return new BitCorrelation(
          all.getAverage(), all.getCount() == 0 ? 0 : all.getMax(), all.getCount());
    }

    /** Of a bit, times the squared number of documents. */
    private static double variance(BitColumns columns, int bit) {
      return (double) columns.ones(bit) * (columns.documents() - columns.ones(bit));
    }

    private static double absolute(BitColumns columns, int a, int b) {
      long covariance =
          (long) columns.documents() * columns.both(a, b)
              - (long) columns.ones(a) * columns.ones(b);
      return Math.abs(covariance) / Math.sqrt(variance(columns, a) * variance(columns, b));
    }
  }

  /** Codes turned on their side: for each bit the documents in which it is one, packed in words. */
  static final class BitColumns {

    private final int documents;
    private final long[][] columns;
    private final int[] ones;

    BitColumns(HammingCounter codes) {
      documents = codes.size();
      columns = new long[codes.bits()][(documents + 63) / 64];
      for (int document = 0; document < documents; document++) {
        for (int word = 0; word * 64 < codes.bits(); word++) {
          set(codes.word(document, word), word * 64, document);
        }
      }
      ones = new int[columns.length];
      for (int bit = 0; bit < ones.length; bit++) {
        ones[bit] = both(bit, bit);
      }
    }

    private void set(long word, int firstBit, int document) {
      for (long left = word; left != 0; left &= left - 1) {
        int bit = firstBit + 63 - Long.numberOfTrailingZeros(left);
        columns[bit][document >> 6] |= 1L << document;
      }
    }

    int documents() {
      return documents;
    }

    int bits() {
      return columns.length;
    }

    /** The number of documents in which a bit is one. */
    int ones(int bit) {
      return ones[bit];
    }

    /** The number of documents in which both bits are one. */
    int both(int a, int b) {
      long[] left = columns[a];
      long[] right = columns[b];
      int count = 0;
      for (int word = 0; word < left.length; word++) {
        count += Long.bitCount(left[word] & right[word]);
      }
      return count;
    }
  }
}
