// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.InvertedIndex;

/**
 * Precision at k and mean average precision at k as the papers measure them: queries are held-out
 * documents, the database is the training documents, and a document matches when it shares a label
 * with the query. Codes of few bits have thousands of ties, so these count in expectation (see
 * {@link RetrievalScore}). Queries without a label are left out of both.
 */
public final class RetrievalEvaluator {

  private final RelevanceJudgments judgments;
  private final int k;

  /**
   * An evaluation.
   *
   * @param queryLabels for each query its label ids
   * @param databaseLabels for each document of the database its label ids
   * @param k how many of the nearest count; all documents when there are fewer
   */
  public RetrievalEvaluator(List<int[]> queryLabels, List<int[]> databaseLabels, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("[k] must be at least [1], got [" + k + "]");
    }
    this.judgments = new RelevanceJudgments(queryLabels, databaseLabels);
    this.k = Math.min(k, databaseLabels.size());
  }

  /** Ranks by Hamming distance. */
  public RetrievalScore codes(List<BinaryCode> queries, List<BinaryCode> database) {
    judgments.checkSizes(queries, database);
    PackedCodes packed = new PackedCodes(database);
    return score(
        query -> {
          DocumentSet relevant = judgments.relevant(query);
          long[] code = packed.words(queries.get(query));
          return packed.count(code, relevant).top(k, relevant.size());
        });
  }

  /** Ranks by the scalar product, which is the cosine for vectors of length 1. */
  public RetrievalScore cosine(List<SparseVector> queries, List<SparseVector> database) {
    judgments.checkSizes(queries, database);
    InvertedIndex index = new InvertedIndex(database);
    return score(
        query ->
            new CosineRanking(index.scores(queries.get(query)), k)
                .top(k, judgments.relevant(query)));
  }

  /** What a random order gets; its precision is the share of matching documents. */
  public RetrievalScore randomOrder() {
    return score(
        query -> {
          int relevant = judgments.relevant(query).size();
          TopKMatches top = new TopKMatches(k, relevant);
          top.add(judgments.documents(), relevant);
          return top;
        });
  }

  /** The precision of a random order. */
  public double chance() {
    return randomOrder().precision();
  }

  /** Both rankings of the same documents; a query's cosines and distances are computed once. */
  public Comparison compare(
      List<SparseVector> queries,
      List<BinaryCode> queryCodes,
      List<SparseVector> database,
      List<BinaryCode> databaseCodes) {
    judgments.checkSizes(queries, database);
    judgments.checkSizes(queryCodes, databaseCodes);
    PackedCodes packed = new PackedCodes(databaseCodes);
    InvertedIndex index = new InvertedIndex(database);
    int ranked = Math.max(k, NeighbourRecall.MOST);
    List<QueryComparison> each =
        forEach(
            query -> true,
            query ->
                QueryComparison.of(
                    packed,
                    packed.words(queryCodes.get(query)),
                    new CosineRanking(index.scores(queries.get(query)), ranked),
                    judgments.relevant(query),
                    k));
    List<QueryComparison> judged =
        IntStream.range(0, each.size()).filter(judgments::isJudged).mapToObj(each::get).toList();
    return new Comparison(
        TopKMatches.mean(judged.stream().map(QueryComparison::codes).toList(), k),
        TopKMatches.mean(judged.stream().map(QueryComparison::cosine).toList(), k),
        NeighbourRecall.mean(each.stream().map(QueryComparison::neighbours).toList()));
  }

  private RetrievalScore score(IntFunction<TopKMatches> matches) {
    return TopKMatches.mean(forEach(judgments::isJudged, matches), k);
  }

  private <T> List<T> forEach(IntPredicate counts, IntFunction<T> result) {
    return IntStream.range(0, judgments.queries())
        .parallel()
        .filter(counts)
        .mapToObj(result)
        .toList();
  }
}
