// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * SHTTM (Wang, Zhang and Si, "Semantic Hashing Using Tags and Topic Modeling", SIGIR 2013): a
 * vector y_j [bits] for each document that tells its tags and is near its topics theta_j, which a
 * {@link TopicModel} gives:
 *
 * <pre>
 *   min over U, Y of  sum over tags i, documents j of c_ij (t_ij - u_i'y_j)^2 + g sum |y_j - theta_j|^2 + r |U|^2
 * </pre>
 *
 * <p>with t_ij and c_ij 1 for a tag that a document has, 0 and [absent] for another. U and Y are
 * least squares in turn, [rounds] times; then each dimension is cut at its median over the training
 * documents, and a linear classifier for each bit learns the codes from the words. g is
 * [topic_weight], r [ridge]; theta is divided by its root mean square, so that g does not depend on
 * the number of bits.
 *
 * <p>Deviations: this scale of theta; logistic regression in the common loop, where the paper has
 * least squares for codes of new texts. Labels are the tags.
 */
final class Shttm extends HashingMethod {

  static final String NAME = "shttm";

  private final int passes;
  private final int rounds;
  private final double absent;
  private final double topicWeight;
  private final double ridge;

  Shttm(OptionReader options) {
    super(NAME, options);
    options.choice("supervised", "true", List.of("true"));
    passes = options.integer("passes", 10, 1);
    rounds = options.integer("rounds", 5, 1);
    absent = options.number("absent", 0.01, 0, 1);
    topicWeight = options.number("topic_weight", 0.1, 1e-6, 1e6);
    ridge = options.number("ridge", 1, 1e-6, 1e6);
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of("hidden_layers", "0", "learning_rate", "0.01");
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(
        "learns from labels only; the model is the classifiers that learn the codes of the training"
            + " texts");
  }

  @Override
  public boolean isSupervised() {
    return true;
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    Ksh.requireLabels(NAME, documents);
    SplittableRandom random = new SplittableRandom(options.seed());
    TopicModel model =
        TopicModel.of(documents, options.bits(), passes, random, loop::onPreparation);
    double[][] topics = scaled(Lda.shares(model, documents.vectors()));
    double[][] y = new Factors(documents.labels(), topics).solved();
    return loop.train(new TaughtEncoder(documents, Lda.aboveMedian(y), options), documents);
  }

  private static double[][] scaled(double[][] rows) {
    double squares =
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(value -> value * value).sum();
    double factor = Math.sqrt((double) rows.length * rows[0].length / squares);
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(value -> value * factor).toArray())
        .toArray(double[][]::new);
  }

  /** Least squares for U and Y in turn. */
  final class Factors {

    private final List<int[]> labels;
    private final double[][] topics;
    private final double[][] y;
    private final double[][] u;

    Factors(List<int[]> labels, double[][] topics) {
      this.labels = labels;
      this.topics = topics;
      y = Arrays.stream(topics).map(double[]::clone).toArray(double[][]::new);
      u = new double[1 + labels.stream().flatMapToInt(Arrays::stream).max().orElse(0)][];
    }

    /** Y [documents, bits]. */
    double[][] solved() {
      for (int round = 0; round < rounds; round++) {
        List<List<double[]>> holders =
            IntStream.range(0, u.length).<List<double[]>>mapToObj(i -> new ArrayList<>()).toList();
        for (int j = 0; j < y.length; j++) {
          for (int label : labels.get(j)) {
            holders.get(label).add(y[j]);
          }
        }
        DMatrixRMaj ofAll = gram(Arrays.asList(y));
        for (int i = 0; i < u.length; i++) {
          u[i] = solution(ofAll, holders.get(i), ridge, null);
        }
        DMatrixRMaj ofTags = gram(Arrays.asList(u));
        IntStream.range(0, y.length)
            .parallel()
            .forEach(
                j -> {
                  List<double[]> tags =
                      Arrays.stream(labels.get(j)).mapToObj(label -> u[label]).toList();
                  y[j] = solution(ofTags, tags, topicWeight, topics[j]);
                });
      }
      return y;
    }

    /** The least value of the objective so far; it falls from round to round. */
    double objective() {
      double sum = 0;
      for (double[] row : u) {
        sum += ridge * product(row, row);
      }
      for (int j = 0; j < y.length; j++) {
        for (int i = 0; i < u.length; i++) {
          boolean has = Arrays.binarySearch(labels.get(j), i) >= 0;
          double error = (has ? 1 : 0) - product(u[i], y[j]);
          sum += (has ? 1 : absent) * error * error;
        }
        for (int k = 0; k < y[j].length; k++) {
          double difference = y[j][k] - topics[j][k];
          sum += topicWeight * difference * difference;
        }
      }
      return sum;
    }

    /**
     * The x with the least absent sum over all rows of (v'x)^2, for those that are there (1 -
     * v'x)^2 in its place, plus weight |x - near|^2.
     *
     * @param ofAll the sum over all rows of v v'
     * @param there the rows that are there
     * @param near what x shall be near, or null for 0
     */
    private double[] solution(
        DMatrixRMaj ofAll, List<double[]> there, double weight, double[] near) {
      int n = ofAll.numCols;
      DMatrixRMaj left = new DMatrixRMaj(n, n);
      DMatrixRMaj right = new DMatrixRMaj(n, 1);
      for (int i = 0; i < left.data.length; i++) {
        left.data[i] = absent * ofAll.data[i];
      }
      for (double[] v : there) {
        for (int i = 0; i < n; i++) {
          right.data[i] += v[i];
          for (int j = 0; j < n; j++) {
            left.data[i * n + j] += (1 - absent) * v[i] * v[j];
          }
        }
      }
      for (int i = 0; i < n; i++) {
        left.data[i * n + i] += weight;
        right.data[i] += near == null ? 0 : weight * near[i];
      }
      DMatrixRMaj solution = new DMatrixRMaj(n, 1);
      PrincipalComponents.solver(left).solve(right, solution);
      return solution.data;
    }

    private static DMatrixRMaj gram(List<double[]> rows) {
      int n = rows.getFirst().length;
      DMatrixRMaj gram = new DMatrixRMaj(n, n);
      for (double[] row : rows) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            gram.data[i * n + j] += row[i] * row[j];
          }
        }
      }
      return gram;
    }

    private static double product(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
