// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;

class RetrievalEvaluatorTest {

  private final RandomCodes random = new RandomCodes(9);

  private static boolean match(int[] a, int[] b) {
    return Arrays.stream(a).anyMatch(x -> Arrays.binarySearch(b, x) >= 0);
  }

  /** Precision with ties broken by one random order of the database. */
  private double shuffled(
      BinaryCode query, int[] wanted, List<BinaryCode> database, List<int[]> labels, int k) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < database.size(); i++) {
      order.add(random.random().nextInt(order.size() + 1), i);
    }
    order.sort((a, b) -> query.distance(database.get(a)) - query.distance(database.get(b)));
    return order.subList(0, k).stream().filter(i -> match(wanted, labels.get(i))).count()
        / (double) k;
  }

  @Test
  void tiesCountAsTheMeanOverAllOrders() {
    for (int bits : new int[] {4, 6, 10, 70}) {
      List<BinaryCode> queries = random.codes(6, bits);
      List<BinaryCode> database = random.codes(60, bits);
      List<int[]> queryLabels = random.labels(6);
      List<int[]> labels = random.labels(60);
      int k = 17;
      RetrievalScore score =
          new RetrievalEvaluator(queryLabels, labels, k).codes(queries, database);
      double sum = 0;
      double least = 1;
      double most = 0;
      int rounds = 3000;
      for (int round = 0; round < rounds; round++) {
        double precision = 0;
        for (int q = 0; q < queries.size(); q++) {
          if (queryLabels.get(q).length > 0) {
            precision +=
                shuffled(queries.get(q), queryLabels.get(q), database, labels, k) / score.queries();
          }
        }
        sum += precision;
        least = Math.min(least, precision);
        most = Math.max(most, precision);
      }
      assertEquals(score.precision(), sum / rounds, 0.005);
      assertTrue(score.worst() <= least + 1e-12 && most <= score.best() + 1e-12);
    }
  }

  @Test
  void worstAndBestAreReached() {
    // One document nearer, four at the same distance of which one matches, room for two of them.
    BinaryCode query = BinaryCode.fromHex("00", 8);
    List<BinaryCode> database =
        List.of("00", "01", "02", "04", "08", "ff").stream()
            .map(hex -> BinaryCode.fromHex(hex, 8))
            .toList();
    List<int[]> labels =
        List.of(
            new int[] {1}, new int[] {1}, new int[0], new int[] {2}, new int[] {2}, new int[] {1});
    double map = (1 + 0.25 * 2 / 2 + 0.25 * 2 / 3) / 3; // the match is second, third or too late
    RetrievalScore score =
        new RetrievalEvaluator(List.of(new int[] {1}), labels, 3).codes(List.of(query), database);
    assertEquals(new RetrievalScore(1, 0.5, (1 + 2 * 0.25) / 3, 1 / 3.0, 2 / 3.0, map, 1), score);
  }

  @Test
  void theFirstAndTheTenNearestAreThoseOfAnEvaluatorForSoMany() {
    for (int documents : new int[] {3, 9, 60, 200}) {
      List<int[]> queryLabels = random.labels(15);
      List<int[]> labels = random.labels(documents);
      List<BinaryCode> queryCodes = random.codes(15, 8);
      List<BinaryCode> codes = random.codes(documents, 8);
      List<SparseVector> queries = random.vectors(15, 5, 12);
      List<SparseVector> database = random.vectors(documents, 5, 12);
      RetrievalEvaluator first = new RetrievalEvaluator(queryLabels, labels, 1);
      RetrievalEvaluator ten = new RetrievalEvaluator(queryLabels, labels, 10);
      for (int k : new int[] {1, 4, 10, 30, 1000}) {
        RetrievalEvaluator evaluator = new RetrievalEvaluator(queryLabels, labels, k);
        RetrievalScore score = evaluator.codes(queryCodes, codes);
        assertEquals(first.codes(queryCodes, codes).precision(), score.at1(), 1e-12);
        assertEquals(ten.codes(queryCodes, codes).precision(), score.at10(), 1e-12);
        RetrievalScore cosine = evaluator.cosine(queries, database);
        assertEquals(first.cosine(queries, database).precision(), cosine.at1(), 1e-12);
        assertEquals(ten.cosine(queries, database).precision(), cosine.at10(), 1e-12);
        assertEquals(evaluator.chance(), evaluator.randomOrder().at1(), 1e-12);
        assertEquals(evaluator.chance(), evaluator.randomOrder().at10(), 1e-12);
      }
    }
  }

  @Test
  void cosineEqualsTheDenseProduct() {
    List<SparseVector> vectors = random.vectors(80, 5, 12);
    InvertedIndex index = new InvertedIndex(vectors.subList(10, 80));
    for (int q = 0; q < 10; q++) {
      float[] scores = index.scores(vectors.get(q));
      for (int d = 0; d < 70; d++) {
        float expected = 0;
        for (int id : vectors.get(q).ids()) {
          expected += Arrays.binarySearch(vectors.get(10 + d).ids(), id) >= 0 ? 0.25f : 0;
        }
        assertEquals(expected, scores[d], 1e-6f);
      }
    }
  }

  @Test
  void chanceIsTheShareOfMatchesAndKIsCappedByTheDatabase() {
    List<int[]> labels = List.of(new int[] {1}, new int[] {1}, new int[] {2}, new int[0]);
    RetrievalEvaluator evaluator =
        new RetrievalEvaluator(List.of(new int[] {1}, new int[] {2}, new int[0]), labels, 100);
    assertEquals((0.5 + 0.25) / 2, evaluator.chance());
    List<BinaryCode> codes = random.codes(4, 16);
    RetrievalScore all = evaluator.codes(random.codes(3, 16), codes);
    assertEquals(0.375, all.precision(), 1e-12);
    assertEquals(2, all.queries());
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "[k] must be at least [1], got [0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetrievalEvaluator(List.of(), List.of(new int[0]), 0))
            .getMessage());
    assertEquals(
        "the database must have documents, got [0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetrievalEvaluator(List.of(), List.of(), 1))
            .getMessage());
  }
}
