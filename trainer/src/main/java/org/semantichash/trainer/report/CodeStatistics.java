// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.semantichash.hash.BinaryCode;

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
    BitColumns columns = new BitColumns(new PackedCodes(codes));
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

  /** Whether the codes tell hardly anything apart: fewer than 1 % are different. */
  public boolean isCollapsed() {
    return distinct * 100L < documents;
  }

  /** The share of the documents that have the most frequent code. */
  public double largestBucketShare() {
    return (double) largestBucket / documents;
  }

  /**
   * What is wrong with the codes: they tell hardly anything apart, or waste bits.
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
}
