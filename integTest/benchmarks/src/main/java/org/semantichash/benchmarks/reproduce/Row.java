// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.reproduce.Plan.Cell;
import org.semantichash.benchmarks.reproduce.Plan.Reference;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.HashingMethod.Preset;

/**
 * One recorded run.
 *
 * @param key where it belongs
 * @param setup how it was run
 * @param precision on the test part
 * @param course of the training
 * @param codes how the codes use their bits
 * @param parts how much was learned from and measured on
 * @param origin what made it
 */
public record Row(
    RowKey key,
    Setup setup,
    Precision precision,
    Course course,
    CodeUse codes,
    Parts parts,
    Origin origin) {

  /**
   * How a row was run.
   *
   * @param options all options
   * @param paper the published precision, or null
   * @param difference ours less the paper's, or null
   * @param definition digest of all that the experiment says about the result
   * @param methodDigest of the method's code and defaults, see {@link MethodDigest}; null for a
   *     reference, and in rows from before it was recorded
   */
  public record Setup(
      Map<String, String> options,
      Double paper,
      Double difference,
      String definition,
      String methodDigest) {}

  /** The same result in a cell that wants the same run. */
  Row in(Cell cell) {
    Double difference = cell.paper() == null ? null : precision.at100() - cell.paper();
    Setup there =
        new Setup(
            cell.options(), cell.paper(), difference, cell.definition(), setup.methodDigest());
    return new Row(cell.key(), there, precision, course, codes, parts, origin);
  }

  /**
   * Where a row belongs.
   *
   * @param table name of the table
   * @param method name of the method, or of a {@link Reference}
   * @param preset whose settings it has where none are given; [tuned] in rows from before there
   *     were others, and for a reference
   * @param label name of the line
   * @param supervised whether the method saw labels
   * @param varied value of the varied option, or null
   * @param bits the width; 0 for a reference
   * @param seed of the run; 0 for a reference
   */
  public record RowKey(
      String table,
      String method,
      String preset,
      String label,
      boolean supervised,
      String varied,
      int bits,
      long seed) {

    /** Fills in what old rows do not have. */
    public RowKey {
      preset = preset == null ? Preset.TUNED.toString() : preset;
    }

    /** The column of the table: the value of the varied option, else the width. */
    String column() {
      return varied == null ? Integer.toString(bits) : varied;
    }

    /** What the choice of rows is matched with. */
    String path() {
      return table + "/" + label + "/" + (varied == null ? "" : varied + "/") + bits + "/" + seed;
    }
  }

  /**
   * Precision of the nearest, the mean over the test documents.
   *
   * @param at1 of the nearest, ties broken at random; null in rows from before it was recorded
   * @param at10 of the 10 nearest, likewise
   * @param at100 of the 100 nearest: the expected value when ties are broken at random
   * @param worst when every tie is broken against us
   * @param best when every tie is broken for us
   * @param meanAveragePrecision of the 100 nearest, with ties broken at random
   */
  public record Precision(
      @JsonProperty("precision_at_1") Double at1,
      @JsonProperty("precision_at_10") Double at10,
      @JsonProperty("precision_at_100") double at100,
      @JsonProperty("precision_worst_ties") double worst,
      @JsonProperty("precision_best_ties") double best,
      @JsonProperty("map_at_100") double meanAveragePrecision) {

    static Precision of(RetrievalScore score) {
      return new Precision(
          score.at1(),
          score.at10(),
          score.precision(),
          score.worst(),
          score.best(),
          score.meanAveragePrecision());
    }
  }

  /**
   * How a training went; every value is null where nothing is trained.
   *
   * @param validationPrecision the score of the best epoch on the validation part
   * @param secondsPerEpoch the median over the epochs, validation not included
   * @param epochs how many were run
   * @param bestEpoch which was kept, from 1
   */
  public record Course(
      Double validationPrecision, Double secondsPerEpoch, Integer epochs, Integer bestEpoch) {

    /** Of what is not trained. */
    public static final Course NONE = new Course(null, null, null, null);
  }

  /**
   * How the training documents' codes use their bits; every value is null for a reference.
   *
   * @param distinctCodes the number of different codes
   * @param distinctShare that number by that of different texts as vectors; null in rows from
   *     before it was recorded
   * @param largestBucket the documents of the most frequent code, likewise
   * @param deadBits bits that are the same in every code
   * @param shareOfOnes the share of ones among all bits
   * @param meanBitEntropy the mean entropy of a bit, in bits
   */
  public record CodeUse(
      Integer distinctCodes,
      Double distinctShare,
      Integer largestBucket,
      Integer deadBits,
      Double shareOfOnes,
      Double meanBitEntropy) {

    /** Of what has no codes. */
    static final CodeUse NONE = new CodeUse(null, null, null, null, null, null);

    static CodeUse of(CodeStatistics s, int distinctTexts) {
      return new CodeUse(
          s.distinct(),
          (double) s.distinct() / distinctTexts,
          s.largestBucket(),
          s.deadBits(),
          s.ones(),
          s.entropy());
    }
  }

  /**
   * How much was learned from and measured on.
   *
   * @param trainingDocuments learned from and searched
   * @param validationDocuments chose the epoch
   * @param testDocuments the queries
   * @param vocabulary the number of terms
   */
  public record Parts(
      int trainingDocuments, int validationDocuments, int testDocuments, int vocabulary) {

    static Parts of(Features features) {
      return new Parts(
          features.training().size(),
          features.validation().size(),
          features.test().size(),
          features.vectorizer().vocabulary().size());
    }
  }

  /**
   * What made a row.
   *
   * @param commit with "-dirty" when files differ from it; null where there is no repository
   * @param date the day, in UTC
   * @param machine processor, cores and Java version
   * @param trainer version of the trainer
   * @param workers runs at the same time; they share the processors, which epochs' seconds tell
   */
  public record Origin(String commit, String date, String machine, String trainer, int workers) {

    /**
     * Here and now.
     *
     * @param folder in the repository, if there is one
     */
    public static Origin here(Path folder, String trainer, int workers) {
      String machine = Machine.processor() + ", Java " + System.getProperty("java.version");
      return new Origin(
          commit(folder), LocalDate.now(ZoneOffset.UTC).toString(), machine, trainer, workers);
    }

    private static String commit(Path folder) {
      String commit = Machine.git(folder, List.of("rev-parse", "--short=12", "HEAD"));
      if (commit.isEmpty()) {
        return null;
      }
      String changes =
          Machine.git(folder, List.of("status", "--porcelain", "--untracked-files=no"));
      return changes.isEmpty() ? commit : commit + "-dirty";
    }
  }
}
