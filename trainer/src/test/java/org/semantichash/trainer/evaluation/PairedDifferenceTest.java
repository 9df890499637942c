// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.PairedDifference.ModelComparison;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.QueryPrecision;
import org.semantichash.trainer.training.Dataset;

class PairedDifferenceTest {

  private final RandomCodes random = new RandomCodes(21);

  private static List<QueryPrecision> precisions(double... values) {
    List<QueryPrecision> list = new ArrayList<>();
    for (double value : values) {
      list.add(new QueryPrecision(value, value / 2, value / 4));
    }
    return list;
  }

  @Test
  void meanAndErrorAreThoseOfTheQueriesDifferences() {
    // differences 1, 0, -1, 0, 1: mean 0.2, squares (0.64 + 0.04 + 1.44 + 0.04 + 0.64) / 4 = 0.7
    List<QueryPrecision> from = precisions(0, 1, 1, 0, 0);
    List<QueryPrecision> to = precisions(1, 1, 0, 0, 1);
    Map<String, PairedDifference> each = PairedDifference.each(from, to);
    assertEquals(List.of("at_1", "at_10", "at_k"), List.copyOf(each.keySet()));
    assertEquals(0.2, each.get("at_1").mean(), 1e-12);
    assertEquals(Math.sqrt(0.7 / 5), each.get("at_1").standardError(), 1e-12);
    assertEquals(0.1, each.get("at_10").mean(), 1e-12);
    assertEquals(Math.sqrt(0.7 / 5) / 4, each.get("at_k").standardError(), 1e-12);
    assertEquals("+0.2000 +- 0.3742", each.get("at_1").text());
    assertEquals(new PairedDifference(0, 0), PairedDifference.each(to, to).get("at_k"));
    assertEquals(
        new PairedDifference(1, 0),
        PairedDifference.of(from.subList(0, 1), to.subList(0, 1), QueryPrecision::at1));
  }

  @Test
  void theErrorIsTheSpreadOfTheMeanOverOtherQueries() {
    List<QueryPrecision> from = new ArrayList<>();
    List<QueryPrecision> to = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double hard = random.random().nextDouble();
      from.add(new QueryPrecision(0, 0, hard));
      to.add(new QueryPrecision(0, 0, hard + 0.1 * random.random().nextDouble()));
    }
    double sum = 0;
    double squares = 0;
    int rounds = 4000;
    for (int round = 0; round < rounds; round++) { // the bootstrap
      double mean = 0;
      for (int i = 0; i < from.size(); i++) {
        int query = random.random().nextInt(from.size());
        mean += (to.get(query).atK() - from.get(query).atK()) / from.size();
      }
      sum += mean;
      squares += mean * mean;
    }
    double spread = Math.sqrt(squares / rounds - sum / rounds * sum / rounds);
    PairedDifference difference = PairedDifference.of(from, to, QueryPrecision::atK);
    assertEquals(spread, difference.standardError(), 0.06 * spread);
  }

  @Test
  void otherQueriesAreRefused() {
    assertEquals(
        "both rankings must have the same queries, got [2] and [1]",
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedDifference.each(precisions(1, 0), precisions(1)))
            .getMessage());
  }

  private Evaluation evaluation(Dataset queries, Dataset database, int bits) {
    List<BinaryCode> queryCodes = random.codes(queries.size(), bits);
    return Evaluation.of(queries, queryCodes, database, random.codes(database.size(), bits), 20);
  }

  private static String print(ModelComparison comparison) {
    StringWriter text = new StringWriter();
    comparison.print(new PrintWriter(text, true), List.of("a.onnx", "b.onnx"));
    return text.toString();
  }

  @Test
  void twoModelsDifferByTheDifferenceOfTheirMeans() {
    Dataset queries = new Dataset(random.vectors(30, 5, 12), random.labels(30), 12);
    Dataset database = new Dataset(random.vectors(90, 5, 12), random.labels(90), 12);
    ModelComparison comparison =
        new ModelComparison(evaluation(queries, database, 8), evaluation(queries, database, 32));
    Map<String, Object> map = comparison.toMap();
    assertEquals(comparison.first().toMap(), map.get("first"));
    assertEquals(comparison.second().toMap(), map.get("second"));
    assertEquals(
        comparison.second().comparison().codes().precision()
            - comparison.first().comparison().codes().precision(),
        (double) map.get("precision_difference_at_k"),
        1e-12);
    assertTrue((double) map.get("precision_difference_at_1_standard_error") > 0);
    String text = print(comparison);
    assertTrue(text.startsWith("first: a.onnx\n"), text);
    assertTrue(text.contains("\nsecond: b.onnx\n"), text);
    assertTrue(text.contains("second - first"), text);
  }

  @Test
  void withoutLabelsThereIsNoDifference() {
    Dataset all = new Dataset(random.vectors(12, 5, 12), Collections.nCopies(12, new int[0]), 12);
    ModelComparison comparison =
        new ModelComparison(evaluation(all, all, 8), evaluation(all, all, 16));
    assertEquals(List.of("first", "second"), List.copyOf(comparison.toMap().keySet()));
    assertFalse(print(comparison).contains("second - first"));
  }
}
