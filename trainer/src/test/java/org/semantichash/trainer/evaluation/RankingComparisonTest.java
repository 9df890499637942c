// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.HammingCounter.TopKMatches;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.Comparison;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.CosineRanking;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;

class RankingComparisonTest {

  private final RandomCodes random = new RandomCodes(3);

  private static List<Integer> nearest(int n, ToDoubleFunction<Integer> distance) {
    return IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(distance)).toList();
  }

  /** Groups found by looking at each distance, in place of counts and cut-offs. */
  private static TopKMatches top(
      int n, ToDoubleFunction<Integer> distance, int[] wanted, List<int[]> labels, int k) {
    List<Integer> matching =
        IntStream.range(0, n)
            .filter(i -> Arrays.stream(wanted).anyMatch(w -> has(labels.get(i), w)))
            .boxed()
            .toList();
    TopKMatches top = new TopKMatches(k, matching.size(), n);
    double[] levels = IntStream.range(0, n).mapToDouble(distance::applyAsDouble).toArray();
    for (double level : Arrays.stream(levels).distinct().sorted().toArray()) {
      top.add(
          (int) Arrays.stream(levels).filter(l -> l == level).count(),
          (int) matching.stream().filter(i -> levels[i] == level).count());
    }
    return top;
  }

  private static boolean has(int[] labels, int label) {
    return Arrays.stream(labels).anyMatch(l -> l == label);
  }

  /** The share of the first neighbours that are near, by the size of each group of ties. */
  private static double recall(List<Integer> neighbours, ToDoubleFunction<Integer> distance) {
    List<Integer> all = nearest(300, distance);
    double found = 0;
    for (int neighbour : neighbours) {
      double own = distance.applyAsDouble(neighbour);
      long nearer = all.stream().filter(i -> distance.applyAsDouble(i) < own).count();
      long tied = all.stream().filter(i -> distance.applyAsDouble(i) == own).count();
      found += Math.max(0, Math.min(1, (100.0 - nearer) / tied));
    }
    return found / neighbours.size();
  }

  @Test
  void oneLookAtEachQueryGivesWhatTheNaiveRankingsDo() {
    for (int bits : new int[] {4, 16, 64, 130}) {
      for (int k : new int[] {1, 7, 100, 250, 1000}) {
        List<int[]> queryLabels = random.labels(12);
        List<int[]> labels = random.labels(300);
        List<SparseVector> queries = random.vectors(12, 5, 15);
        List<SparseVector> database = random.vectors(300, 6, 15);
        List<BinaryCode> queryCodes = random.codes(12, bits);
        List<BinaryCode> codes = random.codes(300, bits);
        InvertedIndex index = new InvertedIndex(database);
        List<Integer> judged =
            IntStream.range(0, 12).filter(q -> queryLabels.get(q).length > 0).boxed().toList();
        int places = Math.min(k, 300);
        RetrievalEvaluator evaluator = new RetrievalEvaluator(queryLabels, labels, k);
        Comparison comparison = evaluator.compare(queries, queryCodes, database, codes);

        RetrievalScore byCode =
            TopKMatches.mean(
                judged.stream()
                    .map(
                        q ->
                            top(
                                300,
                                i -> queryCodes.get(q).distance(codes.get(i)),
                                queryLabels.get(q),
                                labels,
                                places))
                    .toList(),
                places);
        RetrievalScore byCosine =
            TopKMatches.mean(
                judged.stream()
                    .map(
                        q ->
                            top(
                                300,
                                i -> -index.scores(queries.get(q))[i],
                                queryLabels.get(q),
                                labels,
                                places))
                    .toList(),
                places);
        assertEquals(byCode, comparison.codes());
        assertEquals(byCosine, comparison.cosine());
        assertEquals(byCode, evaluator.codes(queryCodes, codes));
        assertEquals(byCosine, evaluator.cosine(queries, database));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 80}) // queries with more than 100 neighbours, and with fewer than 10
  void neighbourRecallCountsTiesInExpectationAndBreaksEqualCosinesByIndex(int terms) {
    List<SparseVector> queries = random.vectors(40, 3, terms);
    List<SparseVector> database = random.vectors(300, 4, terms);
    List<BinaryCode> queryCodes = random.codes(40, 8);
    List<BinaryCode> codes = random.codes(300, 8);
    List<int[]> unlabelled = IntStream.range(0, 300).mapToObj(i -> new int[0]).toList();
    InvertedIndex index = new InvertedIndex(database);
    double of10 = 0;
    double of100 = 0;
    int counted = 0;
    for (int q = 0; q < 40; q++) {
      float[] scores = index.scores(queries.get(q));
      BinaryCode query = queryCodes.get(q);
      List<Integer> neighbours =
          nearest(300, i -> -scores[i]).stream().filter(i -> scores[i] > 0).limit(100).toList();
      if (neighbours.isEmpty() == false) {
        counted++;
        of100 += recall(neighbours, i -> query.distance(codes.get(i)));
        of10 +=
            recall(
                neighbours.subList(0, Math.min(10, neighbours.size())),
                i -> query.distance(codes.get(i)));
      }
    }
    NeighbourRecall recall =
        new RetrievalEvaluator(unlabelled.subList(0, 40), unlabelled, 5)
            .compare(queries, queryCodes, database, codes)
            .neighbours();
    assertTrue(counted < 40, "no query without neighbours was drawn");
    assertEquals(counted, recall.queries());
    assertEquals(of10 / counted, recall.of10(), 1e-12);
    assertEquals(of100 / counted, recall.of100(), 1e-12);
  }

  @Test
  void rankingIsAStableSort() {
    for (int n : new int[] {1, 2, 9, 50, 70, 99, 100, 200}) {
      float[] scores = new float[100];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.random().nextInt(-3, 12) * 0.25f;
      }
      scores[random.random().nextInt(100)] = -0f;
      int[] expected =
          nearest(100, i -> -(scores[i] + 0f)).stream()
              .filter(i -> scores[i] > 0)
              .limit(n)
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(expected, new CosineRanking(scores, n).above0(n));
    }
  }

  @Test
  void aRandomOrderHasTheMeanOfAllOrders() {
    // One match among two: first with AP 1, second with AP 1/2.
    RetrievalScore chance =
        new RetrievalEvaluator(List.of(new int[] {1}), List.of(new int[] {1}, new int[] {2}), 9)
            .randomOrder();
    assertEquals(0.5, chance.precision(), 1e-12);
    assertEquals(0.75, chance.meanAveragePrecision(), 1e-12);
  }

  @Test
  void codesThatDoNotFitAreNamed() {
    RetrievalEvaluator evaluator = new RetrievalEvaluator(random.labels(2), random.labels(3), 1);
    assertEquals(
        "[queries] must have [2] entries, as its labels, got [1]",
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluator.codes(random.codes(1, 8), random.codes(3, 8)))
            .getMessage());
    assertEquals(
        "[database] must have [3] entries, as its labels, got [4]",
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluator.cosine(random.vectors(2, 3, 9), random.vectors(4, 3, 9)))
            .getMessage());
    HammingCounter packed = new HammingCounter(random.codes(3, 8));
    assertEquals(
        "codes must have the same width, got [16] and [8] bits",
        assertThrows(IllegalArgumentException.class, () -> packed.words(random.codes(1, 16).get(0)))
            .getMessage());
  }
}
