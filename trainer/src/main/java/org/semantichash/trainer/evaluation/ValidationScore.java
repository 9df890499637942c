// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.Encoder;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.RelevanceJudgments.LabelCheck;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.NeighbourSearch;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;

/**
 * What chooses the best epoch: how well the codes of validation documents find their nearest
 * training documents by exact TF-IDF cosine, or those of the same label. Both sides are cut to a
 * size that keeps an epoch's validation short.
 */
public final class ValidationScore implements ToDoubleFunction<HashNetwork> {

  private static final int MAX_QUERIES = 1000;
  private static final int MAX_DATABASE = 20_000;
  private static final int NEIGHBOURS = 10;
  private static final int K = 100;

  private final List<SparseVector> queries;
  private final List<SparseVector> database;
  private final RetrievalEvaluator evaluator;

  private ValidationScore(
      List<SparseVector> queries, List<SparseVector> database, RetrievalEvaluator evaluator) {
    this.queries = queries;
    this.database = database;
    this.evaluator = evaluator;
  }

  /**
   * The score by labels.
   *
   * @throws IllegalArgumentException when the labels cannot tell good codes from bad ones
   */
  public static ValidationScore byLabels(Dataset training, Dataset validation) {
    List<int[]> queries = first(validation.labels(), MAX_QUERIES);
    List<int[]> database = first(training.labels(), MAX_DATABASE);
    new LabelCheck(queries, database)
        .problem()
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "labels cannot choose the epoch: "
                      + problem
                      + "; without --supervised and --choose-by labels neighbours do");
            });
    return new ValidationScore(
        first(validation.vectors(), MAX_QUERIES),
        first(training.vectors(), MAX_DATABASE),
        new RetrievalEvaluator(queries, database, K));
  }

  /** The score by exact neighbours, which every text has. */
  public static ValidationScore byNeighbours(Dataset training, Dataset validation) {
    List<SparseVector> queries = first(validation.vectors(), MAX_QUERIES);
    List<SparseVector> database = first(training.vectors(), MAX_DATABASE);
    return new ValidationScore(queries, database, neighbours(queries, database));
  }

  private static <T> List<T> first(List<T> list, int most) {
    return list.subList(0, Math.min(most, list.size()));
  }

  /** An evaluation in which each query has a label of its own, which its neighbours share. */
  private static RetrievalEvaluator neighbours(
      List<SparseVector> queries, List<SparseVector> database) {
    NeighbourSearch search =
        new NeighbourSearch(new InvertedIndex(database), NeighbourSearch.BUDGET);
    List<List<Integer>> labels = new ArrayList<>();
    database.forEach(unused -> labels.add(new ArrayList<>()));
    List<int[]> queryLabels = new ArrayList<>();
    for (int query = 0; query < queries.size(); query++) {
      for (int neighbour : search.nearest(queries.get(query), NEIGHBOURS, -1).documents()) {
        labels.get(neighbour).add(query);
      }
      queryLabels.add(new int[] {query});
    }
    return new RetrievalEvaluator(
        queryLabels,
        labels.stream().map(l -> l.stream().mapToInt(Integer::intValue).toArray()).toList(),
        K);
  }

  @Override
  public double applyAsDouble(HashNetwork network) {
    return of(network);
  }

  /** The score of any encoder. */
  public double of(Encoder encoder) {
    return evaluator.codes(encoder.encode(queries), encoder.encode(database)).precision();
  }
}
