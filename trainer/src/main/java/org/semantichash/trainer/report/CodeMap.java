// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;

/**
 * Codes in the plane, near ones near each other: t-SNE (van der Maaten and Hinton, "Visualizing
 * Data using t-SNE", 2008), as the papers draw their codes, with all pairs of points and squared
 * Euclidean distances of the bits, which are Hamming distances.
 *
 * <p>Deviations from the paper: it begins with the first two principal components instead of random
 * points, and takes its step from the number of points (Kobak and Berens, "The art of using t-SNE
 * for single-cell transcriptomics", 2019), so that the large distances mean something, too; the
 * similarity of two codes is 0 unless one is among the 90 nearest of the other. Written here since
 * Smile, the library that has it, is under the GPL.
 *
 * <p>Sums run in a fixed order, so a seed gives the same picture whatever the number of threads.
 */
final class CodeMap {

  private static final double PERPLEXITY = 30;
  private static final int NEIGHBOURS = 90;
  private static final int STEPS = 400;
  private static final int EARLY_STEPS = 100;
  private static final double EXAGGERATION = 12;
  private static final double LEAST_RATE = 200;
  private static final int POWER_STEPS = 60;
  private static final double FIRST_SPREAD = 1e-2;

  private final List<BinaryCode> codes;
  private final int size;
  private final double[] x;
  private final double[] y;

  private CodeMap(List<BinaryCode> codes, long seed) {
    this.codes = codes;
    this.size = codes.size();
    double[][] bits = centredBits();
    SplittableRandom random = new SplittableRandom(seed);
    double[] first = direction(bits, null, random);
    double[] second = direction(bits, first, random);
    this.x = projection(bits, first);
    this.y = projection(bits, second);
    double spread = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / size);
    double scale = spread == 0 ? 0 : FIRST_SPREAD / spread;
    for (int i = 0; i < size; i++) { // equal codes need a way apart, equal points have none
      x[i] = x[i] * scale + 1e-6 * random.nextDouble();
      y[i] = y[i] * scale + 1e-6 * random.nextDouble();
    }
  }

  /**
   * The places of codes.
   *
   * @param codes of one width; memory and time grow with the square of their number
   * @return [codes, 2]
   */
  static double[][] layout(List<BinaryCode> codes, long seed) {
    if (codes.isEmpty()) {
      return new double[0][];
    }
    CodeMap map = new CodeMap(codes, seed);
    map.descend(map.similarities());
    return IntStream.range(0, map.size)
        .mapToObj(i -> new double[] {map.x[i], map.y[i]})
        .toArray(double[][]::new);
  }

  /** [codes, bits] */
  private double[][] centredBits() {
    int width = codes.getFirst().bits();
    double[][] bits = new double[size][width];
    for (int bit = 0; bit < width; bit++) {
      double ones = 0;
      for (BinaryCode code : codes) {
        ones += code.get(bit) ? 1 : 0;
      }
      for (int i = 0; i < size; i++) {
        bits[i][bit] = (codes.get(i).get(bit) ? 1 : 0) - ones / size;
      }
    }
    return bits;
  }

  /** A principal component by power iteration; at a right angle to another one, if given. */
  private static double[] direction(double[][] rows, double[] other, SplittableRandom random) {
    double[] direction = random.doubles(rows[0].length, -1, 1).toArray();
    for (int step = 0; step < POWER_STEPS; step++) {
      double[] shares = projection(rows, direction);
      double[] next = new double[direction.length];
      for (int row = 0; row < rows.length; row++) {
        addScaled(next, rows[row], shares[row]);
      }
      if (other != null) {
        addScaled(next, other, -dot(next, other));
      }
      double length = Math.sqrt(dot(next, next));
      if (length == 0) {
        return next; // all codes are equal, or lie on a line
      }
      for (int i = 0; i < next.length; i++) {
        direction[i] = next[i] / length;
      }
    }
    return direction;
  }

  private static double[] projection(double[][] rows, double[] direction) {
    return Arrays.stream(rows).mapToDouble(row -> dot(row, direction)).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] to, double[] from, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /**
   * The paper's p of each pair (equations 1 and 3): shares of a code's neighbours, symmetric.
   *
   * @return [codes, codes], the sum of all is 1
   */
  private float[][] similarities() {
    float[][] shares = new float[size][size];
    IntStream.range(0, size).parallel().forEach(i -> fillShares(i, shares[i]));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        float mean = (shares[i][j] + shares[j][i]) / (2f * size);
        shares[i][j] = mean;
        shares[j][i] = mean;
      }
    }
    return shares;
  }

  private void fillShares(int code, float[] row) {
    int[] distances = codes.stream().mapToInt(codes.get(code)::distance).toArray();
    int[] nearest =
        IntStream.range(0, size)
            .filter(other -> other != code)
            .boxed()
            .sorted(Comparator.comparingInt(other -> distances[other]))
            .limit(NEIGHBOURS)
            .mapToInt(Integer::intValue)
            .toArray();
    double[] weights = new double[nearest.length];
    double wanted = StrictMath.log(Math.min(PERPLEXITY, Math.max(1, nearest.length / 3.0)));
    double low = 0;
    double high = 100;
    for (int step = 0; step < 40; step++) { // the width of the kernel by bisection
      double precision = (low + high) / 2;
      if (entropy(precision, nearest, distances, weights) > wanted) {
        low = precision;
      } else {
        high = precision;
      }
    }
    for (int i = 0; i < nearest.length; i++) {
      row[nearest[i]] = (float) weights[i];
    }
  }

  /** Fills in the weights, which sum up to 1; their entropy in nats. */
  private static double entropy(
      double precision, int[] nearest, int[] distances, double[] weights) {
    double sum = 0;
    for (int i = 0; i < nearest.length; i++) {
      weights[i] = StrictMath.exp(-precision * (distances[nearest[i]] - distances[nearest[0]]));
      sum += weights[i];
    }
    double entropy = 0;
    for (int i = 0; i < nearest.length; i++) {
      weights[i] /= sum;
      entropy -= weights[i] == 0 ? 0 : weights[i] * StrictMath.log(weights[i]);
    }
    return entropy;
  }

  /** Gradient descent with momentum and a gain for each coordinate, as the paper's authors do. */
  private void descend(float[][] similarities) {
    double rate = Math.max(LEAST_RATE, size / EXAGGERATION);
    Axis[] axes = {new Axis(x), new Axis(y)};
    for (int step = 0; step < STEPS; step++) {
      boolean early = step < EARLY_STEPS;
      forces(similarities, early ? EXAGGERATION : 1, axes);
      for (Axis axis : axes) {
        axis.move(rate, early ? 0.5 : 0.8);
      }
    }
  }

  /** Equation 5 without its factor of 4, which the rate has. */
  private void forces(float[][] similarities, double exaggeration, Axis[] axes) {
    double[] sums = new double[size];
    double[] pushX = new double[size];
    double[] pushY = new double[size];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            i -> {
              float[] row = similarities[i];
              double pullX = 0;
              double pullY = 0;
              for (int j = 0; j < size; j++) {
                double dx = x[i] - x[j];
                double dy = y[i] - y[j];
                double near = 1 / (1 + dx * dx + dy * dy);
                double pull = exaggeration * row[j] * near;
                pullX += pull * dx;
                pullY += pull * dy;
                sums[i] += near;
                pushX[i] += near * near * dx;
                pushY[i] += near * near * dy;
              }
              axes[0].gradient[i] = pullX;
              axes[1].gradient[i] = pullY;
              sums[i] -= 1; // a point is no neighbour of itself
            });
    double sum = Math.max(1e-12, Arrays.stream(sums).sum());
    for (int i = 0; i < size; i++) {
      axes[0].gradient[i] -= pushX[i] / sum;
      axes[1].gradient[i] -= pushY[i] / sum;
    }
  }

  /** One coordinate of all points. */
  private static final class Axis {

    private final double[] places;
    private final double[] gradient;
    private final double[] speed;
    private final double[] gains;

    Axis(double[] places) {
      this.places = places;
      this.gradient = new double[places.length];
      this.speed = new double[places.length];
      this.gains = new double[places.length];
      Arrays.fill(gains, 1);
    }

    void move(double rate, double momentum) {
      for (int i = 0; i < places.length; i++) {
        boolean turned = gradient[i] > 0 == speed[i] > 0;
        gains[i] = Math.max(0.01, turned ? gains[i] * 0.8 : gains[i] + 0.2);
        speed[i] = momentum * speed[i] - rate * gains[i] * gradient[i];
        places[i] += speed[i];
      }
    }
  }
}
