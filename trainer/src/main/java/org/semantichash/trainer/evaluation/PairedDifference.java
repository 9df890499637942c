// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.Comparison;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.QueryPrecision;

/**
 * The mean over the queries of the difference between two rankings of the same documents, and its
 * standard error: the standard deviation of the queries' differences (n - 1) over the square root
 * of their number n. Queries that are hard for both rankings cancel out, so it is much smaller than
 * the error of either mean. It says how far other queries would change the difference, not how far
 * another seed of the training would.
 *
 * @param mean of the second ranking less the first, or of the codes less exact cosine
 * @param standardError of the mean; 0 for fewer than two queries
 */
public record PairedDifference(double mean, double standardError) {

  /** The difference of the value of each query in one list to that in another. */
  static PairedDifference of(
      List<QueryPrecision> from, List<QueryPrecision> to, ToDoubleFunction<QueryPrecision> value) {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "both rankings must have the same queries, got ["
              + from.size()
              + "] and ["
              + to.size()
              + "]");
    }
    int n = from.size();
    double[] differences = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      differences[i] = value.applyAsDouble(to.get(i)) - value.applyAsDouble(from.get(i));
      sum += differences[i];
    }
    double mean = sum / Math.max(1, n);
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    return new PairedDifference(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
  }

  /** The differences of P@1, P@10 and P@k by name, [at_1], [at_10] and [at_k]. */
  static Map<String, PairedDifference> each(List<QueryPrecision> from, List<QueryPrecision> to) {
    Map<String, PairedDifference> differences = new LinkedHashMap<>();
    differences.put("at_1", of(from, to, QueryPrecision::at1));
    differences.put("at_10", of(from, to, QueryPrecision::at10));
    differences.put("at_k", of(from, to, QueryPrecision::atK));
    return differences;
  }

  /** For example [+0.0123 +- 0.0040]. */
  String text() {
    return String.format(Locale.ROOT, "%+.4f +- %.4f", mean, standardError);
  }

  /** Two models on the same queries and documents. */
  public record ModelComparison(Evaluation first, Evaluation second) {

    private Map<String, PairedDifference> differences() {
      Comparison one = first.comparison();
      Comparison two = second.comparison();
      return each(one.eachByCode(), two.eachByCode());
    }

    /** Both by name, and the second less the first; no difference when no query has a label. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("first", first.toMap());
      map.put("second", second.toMap());
      if (first.comparison().eachByCode().isEmpty() == false) {
        differences()
            .forEach(
                (name, difference) -> {
                  map.put("precision_difference_" + name, difference.mean());
                  map.put(
                      "precision_difference_" + name + "_standard_error",
                      difference.standardError());
                });
      }
      return map;
    }

    /**
     * Prints both tables, and the second less the first.
     *
     * @param names of the first and of the second model
     */
    public void print(PrintWriter out, List<String> names) {
      out.println("first: " + names.getFirst());
      first.print(out);
      out.println("second: " + names.getLast());
      second.print(out);
      if (first.comparison().eachByCode().isEmpty() == false) {
        out.println("second - first, the mean over the queries +- its standard error");
        differences()
            .forEach(
                (name, difference) ->
                    out.printf(
                        Locale.ROOT,
                        "  precision %-6s %s%n",
                        name.replace("at_k", "at " + first.k()).replace("_", " "),
                        difference.text()));
      }
    }
  }
}
