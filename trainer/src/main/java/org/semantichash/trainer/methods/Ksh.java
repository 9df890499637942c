// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.NeighbourSearch.InvertedIndex;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * KSH (Liu, Wang, Ji, Jiang and Chang, "Supervised Hashing with Kernels", CVPR 2012): codes whose
 * scalar products say whether two documents share a label. For S with 1 where they do and -1 where
 * not, the bits minimise |1/r sum over k of h_k h_k' - S|^2 one after the other: with R = r S minus
 * the products of the bits before, each maximises h'R h for h = sign(K a).
 *
 * <p>K [documents, anchors] is the centred kernel of documents and anchors. a starts as the first
 * eigenvector of K'R K a = lambda K'K a, scaled so that |K a|^2 is the number of documents (the
 * paper's spectral relaxation), and climbs b'R b for b = 2 / (1 + exp(-K a)) - 1 (its sigmoid
 * smoothing); where the bits are worse than at the start, the start is kept. R [documents,
 * documents].
 *
 * <p>The kernel is the scalar product, the cosine of TF-IDF vectors, so that a bit is linear in the
 * words: sum over the anchors of a_j x_j'x, above the same sum of the means. Options: [documents]
 * and [anchors], drawn from those with a label.
 *
 * <p>Deviations: this kernel, where the paper has a Gaussian one; the climb goes along (K'K)^-1
 * times the gradient with steps that are halved until they gain, where the paper has Nesterov's
 * method; K'K has a [ridge] of its mean diagonal added.
 */
final class Ksh extends HashingMethod {

  static final String NAME = "ksh";

  /** R has the square of so many elements, 3 GB. */
  private static final int MOST_DOCUMENTS = 20_000;

  private final int documents;
  private final int anchors;
  private final double ridge;

  Ksh(OptionReader options) {
    super(NAME, options);
    options.choice("supervised", "true", List.of("true"));
    documents = options.integer("documents", 2000, 2, MOST_DOCUMENTS);
    anchors = options.integer("anchors", 500, 1, MOST_DOCUMENTS);
    ridge = options.number("ridge", 0.1, 0, 1e6);
  }

  @Override
  public Optional<String> remark() {
    return Optional.of("learns from labels only");
  }

  @Override
  public boolean isSupervised() {
    return true;
  }

  @Override
  public HashNetwork learn(Dataset training, TrainingOptions options, TrainingLoop loop) {
    int[] labelled =
        IntStream.range(0, training.size())
            .filter(d -> training.labels().get(d).length > 0)
            .toArray();
    requireLabels(NAME, training);
    SplittableRandom random = new SplittableRandom(options.seed());
    int[] chosen = sample(labelled, documents, random);
    List<SparseVector> anchored =
        Arrays.stream(sample(labelled, anchors, random)).mapToObj(training.vectors()::get).toList();
    Kernel kernel = Kernel.of(training, chosen, anchored, ridge);
    double[] residual = similarities(training, chosen, options.bits());
    int terms = training.vocabularySize();
    float[] weights = new float[Math.multiplyExact(terms, options.bits())];
    float[] thresholds = new float[options.bits()];
    for (int bit = 0; bit < options.bits(); bit++) {
      loop.onPreparation(bit, options.bits());
      double[] a = new BitSearch(kernel, residual, random).best();
      subtract(residual, kernel.times(a));
      double threshold = 0;
      for (int j = 0; j < a.length; j++) {
        SparseVector x = anchored.get(j);
        for (int i = 0; i < x.size(); i++) {
          weights[x.id(i) * options.bits() + bit] += (float) (a[j] * x.weight(i));
        }
        threshold += a[j] * kernel.means()[j];
      }
      thresholds[bit] = (float) threshold;
    }
    return new HashNetwork(
        new SparseLayer(weights, new float[options.bits()]), List.of(), thresholds);
  }

  /** Refuses documents that labels do not tell apart. */
  static void requireLabels(String method, Dataset training) {
    long labels = training.labels().stream().flatMapToInt(Arrays::stream).distinct().count();
    if (labels < 2) {
      throw new IllegalArgumentException(
          "["
              + method
              + "] needs training documents with at least [2] different labels, got ["
              + labels
              + "]");
    }
  }

  /** Some of them, in random order. */
  private static int[] sample(int[] all, int most, SplittableRandom random) {
    int[] order = all.clone();
    int n = Math.min(most, order.length);
    TrainingLoop.draw(order, n, random);
    return Arrays.copyOf(order, n);
  }

  /** r S, row by row. */
  private static double[] similarities(Dataset training, int[] chosen, int bits) {
    int n = chosen.length;
    double[] s = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        s[i * n + j] =
            share(training.labels().get(chosen[i]), training.labels().get(chosen[j]))
                ? bits
                : -bits;
      }
    }
    return s;
  }

  private static boolean share(int[] a, int[] b) {
    return Arrays.stream(a).anyMatch(label -> Arrays.binarySearch(b, label) >= 0);
  }

  /** R - h h' for h = sign(x). */
  private static void subtract(double[] residual, double[] x) {
    int n = x.length;
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < n; j++) {
                residual[i * n + j] -= x[i] > 0 == x[j] > 0 ? 1 : -1;
              }
            });
  }

  /**
   * K and what it is centred by.
   *
   * @param values [documents, anchors]
   * @param means of each anchor over the documents
   * @param solver of K'K plus the ridge
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kernel(DMatrixRMaj values, double[] means, LinearSolverDense<DMatrixRMaj> solver) {

    static Kernel of(Dataset training, int[] chosen, List<SparseVector> anchors, double ridge) {
      int m = anchors.size();
      InvertedIndex index = new InvertedIndex(anchors);
      DMatrixRMaj values = new DMatrixRMaj(chosen.length, m);
      double[] means = new double[m];
      for (int i = 0; i < chosen.length; i++) {
        float[] scores = index.scores(training.vectors().get(chosen[i]));
        for (int j = 0; j < m; j++) {
          values.data[i * m + j] = scores[j];
          means[j] += (double) scores[j] / chosen.length;
        }
      }
      for (int i = 0; i < values.data.length; i++) {
        values.data[i] -= means[i % m];
      }
      return new Kernel(values, means, solver(values, ridge));
    }

    private static LinearSolverDense<DMatrixRMaj> solver(DMatrixRMaj k, double ridge) {
      int m = k.numCols;
      DMatrixRMaj gram = new DMatrixRMaj(m, m);
      IntStream.range(0, m)
          .parallel()
          .forEach(
              i -> {
                for (int row = 0; row < k.numRows; row++) {
                  double x = k.data[row * m + i];
                  for (int j = 0; j < m; j++) {
                    gram.data[i * m + j] += x * k.data[row * m + j];
                  }
                }
              });
      double mean = 0;
      for (int i = 0; i < m; i++) {
        mean += gram.get(i, i) / m;
      }
      for (int i = 0; i < m; i++) {
        gram.add(i, i, (ridge + 1e-9) * mean + 1e-12);
      }
      return PrincipalComponents.solver(gram);
    }

    /** K a. */
    double[] times(double[] a) {
      double[] product = new double[values.numRows];
      for (int i = 0; i < product.length; i++) {
        for (int j = 0; j < a.length; j++) {
          product[i] += values.data[i * a.length + j] * a[j];
        }
      }
      return product;
    }

    /** (K'K)^-1 K'x. */
    double[] fitted(double[] x) {
      int m = values.numCols;
      DMatrixRMaj right = new DMatrixRMaj(m, 1);
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < m; j++) {
          right.data[j] += values.data[i * m + j] * x[i];
        }
      }
      DMatrixRMaj solution = new DMatrixRMaj(m, 1);
      solver.solve(right, solution);
      return solution.data;
    }
  }

  /** Looks for the a of one bit. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record BitSearch(Kernel kernel, double[] residual, SplittableRandom random) {

    private static final int POWER_ITERATIONS = 30;
    private static final int CLIMBS = 20;
    private static final int HALVINGS = 8;

    double[] best() {
      double[] start = scaled(eigenvector());
      double[] smooth = climbed(start);
      return gain(signs(kernel.times(smooth))) > gain(signs(kernel.times(start))) ? smooth : start;
    }

    /** By power iteration; shifted where the largest eigenvalue by size is negative. */
    private double[] eigenvector() {
      double[] a = random.doubles(kernel.means().length, -1, 1).toArray();
      double shift = 0;
      for (int i = 0; i < 2 * POWER_ITERATIONS; i++) {
        double[] x = kernel.times(a);
        double[] rx = times(x);
        double value = product(x, rx) / Math.max(1e-300, product(x, x));
        if (i == POWER_ITERATIONS && value < 0) {
          shift = -value;
        }
        double[] next = kernel.fitted(rx);
        for (int j = 0; j < a.length; j++) {
          next[j] += shift * a[j];
        }
        a = scaled(next);
      }
      return a;
    }

    /** Scaled so that |K a|^2 is the number of documents. */
    private double[] scaled(double[] a) {
      double[] x = kernel.times(a);
      double factor = Math.sqrt(x.length / Math.max(1e-300, product(x, x)));
      return Arrays.stream(a).map(value -> value * factor).toArray();
    }

    private double[] climbed(double[] start) {
      double[] a = start;
      double[] b = smooth(kernel.times(a));
      double reached = gain(b);
      double step = 1;
      for (int i = 0; i < CLIMBS; i++) {
        double[] slope = times(b);
        double size = Math.sqrt(product(slope, slope) / slope.length);
        for (int d = 0; d < slope.length; d++) {
          slope[d] *= (1 - b[d] * b[d]) / Math.max(1e-300, size);
        }
        double[] direction = kernel.fitted(slope);
        boolean better = false;
        for (int h = 0; h < HALVINGS && better == false; h++) {
          double[] next = a.clone();
          for (int j = 0; j < next.length; j++) {
            next[j] += step * direction[j];
          }
          double[] nextB = smooth(kernel.times(next));
          double value = gain(nextB);
          better = value > reached;
          if (better) {
            a = next;
            b = nextB;
            reached = value;
          } else {
            step /= 2;
          }
        }
        if (better == false) {
          break;
        }
        step *= 2;
      }
      return a;
    }

    private static double[] smooth(double[] x) {
      return Arrays.stream(x).map(v -> 2 / (1 + StrictMath.exp(-v)) - 1).toArray();
    }

    private static double[] signs(double[] x) {
      return Arrays.stream(x).map(v -> v > 0 ? 1 : -1).toArray();
    }

    /** b'R b. */
    private double gain(double[] b) {
      return product(b, times(b));
    }

    /** R x. */
    private double[] times(double[] x) {
      double[] product = new double[x.length];
      IntStream.range(0, x.length)
          .parallel()
          .forEach(
              i -> {
                double sum = 0;
                for (int j = 0; j < x.length; j++) {
                  sum += residual[i * x.length + j] * x[j];
                }
                product[i] = sum;
              });
      return product;
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
