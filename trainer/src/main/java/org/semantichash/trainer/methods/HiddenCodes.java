// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Optimizer;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.Itq.QuantizingRotation;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * Codes of a trained network's last hidden layer h [width], in place of the bits that it was
 * trained with: these put documents of one subject on one code, while the hidden layer still tells
 * them apart. A bit is 1 where (h - m) W + c &gt; 0, with m the mean of h and W [width, bits].
 *
 * <p>W and c are learned so that documents have the neighbours by their codes that they have by the
 * cosine of h: in batches, by {@link Tape#neighbourLoss} (stochastic neighbour embedding), the bits
 * as -1 and 1 with the gradient of tanh((h - m) W + c) passed straight through.
 *
 * <p>They start at c = 0 and W = P D R: P the principal components, D, which divides each by its
 * variance to the power of {@value #EQUALISE}, and R the rotation of iterative quantisation (Gong
 * and Lazebnik 2011, see {@link Itq}). Where there are fewer components than bits, as with few
 * documents, the other columns start as normal numbers: new texts differ in more than these
 * components.
 */
final class HiddenCodes {

  /** The most documents that it is computed from, evenly spread. */
  private static final int MOST_DOCUMENTS = 10_000;

  private static final int ROTATIONS = 50;
  private static final double EQUALISE = 0.2;

  /** A component with a smaller share of the largest variance says nothing of the documents. */
  private static final double LEAST_VARIANCE = 1e-3;

  private static final int BATCH = 400;
  private static final double LEARNING_RATE = 0.003;

  /** Of the learning rate, over all steps. */
  private static final double DECAY = 0.05;

  /** What the products of codes are multiplied by at first. */
  private static final float SCALE = 8;

  /** The root mean square of W at the start, in units that make the learning rate fit. */
  private static final double START = 0.25;

  /**
   * What is given.
   *
   * @param steps of learning W and c; 0 leaves them as they start
   * @param temperature of the cosines of h: the lower, the more the nearest count
   */
  record Options(int steps, double temperature) {

    static Options read(OptionReader options) {
      return new Options(
          options.integer("code_steps", 600, 0),
          options.number("code_temperature", 0.05, 0.001, 10));
    }
  }

  private final DMatrixRMaj hidden;
  private final double[] mean;
  private final SplittableRandom random;

  private HiddenCodes(DMatrixRMaj hidden, SplittableRandom random) {
    this.hidden = hidden;
    this.random = random;
    mean = mean(hidden);
  }

  /**
   * The same network with another last layer.
   *
   * @param network with at least one hidden layer
   * @param documents it was trained with
   * @param training the width, the seed and the threads; the result does not depend on these
   */
  static HashNetwork of(
      HashNetwork network, Dataset documents, TrainingOptions training, Options options) {
    int bits = training.bits();
    HiddenCodes codes =
        new HiddenCodes(hidden(network, documents), new SplittableRandom(training.seed()));
    Matrix directions = codes.directions();
    codes.centre();
    Projection projection = new Projection(codes.start(bits));
    if (codes.hidden.numRows > 1) {
      codes.learn(projection, directions, training, options);
    }
    float[] weights = projection.weights.value().toArray();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= projection.unit;
    }
    float[] thresholds = new float[bits];
    for (int bit = 0; bit < bits; bit++) {
      double sum = -projection.bias.value().get(0, bit);
      for (int i = 0; i < codes.mean.length; i++) {
        sum += codes.mean[i] * weights[i * bits + bit];
      }
      thresholds[bit] = (float) sum;
    }
    List<DenseLayer> layers = new ArrayList<>(network.dense());
    layers.removeLast();
    layers.add(new DenseLayer(weights, new float[bits]));
    return new HashNetwork(network.first(), layers, thresholds);
  }

  /** The last hidden layer of the documents [documents, width]. */
  private static DMatrixRMaj hidden(HashNetwork network, Dataset documents) {
    int n = Math.min(documents.size(), MOST_DOCUMENTS);
    int width = network.dense().getLast().in();
    DMatrixRMaj hidden = new DMatrixRMaj(n, width);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              int document = (int) ((long) row * documents.size() / n);
              SparseVector vector = documents.vectors().get(document);
              float[] values = network.hidden(vector).getLast();
              for (int i = 0; i < width; i++) {
                hidden.data[row * width + i] = values[i];
              }
            });
    return hidden;
  }

  private static double[] mean(DMatrixRMaj rows) {
    double[] mean = new double[rows.numCols];
    for (int row = 0; row < rows.numRows; row++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += rows.data[row * mean.length + i] / rows.numRows;
      }
    }
    return mean;
  }

  /** h of length 1, whose scalar products are cosines [documents, width]. */
  private Matrix directions() {
    Matrix directions = new Matrix(hidden.numRows, mean.length);
    for (int row = 0; row < hidden.numRows; row++) {
      double squares = 1e-12;
      for (int i = 0; i < mean.length; i++) {
        squares += hidden.get(row, i) * hidden.get(row, i);
      }
      double factor = 1 / Math.sqrt(squares);
      for (int i = 0; i < mean.length; i++) {
        directions.set(row, i, (float) (hidden.get(row, i) * factor));
      }
    }
    return directions;
  }

  /** h - m in place of h. */
  private void centre() {
    for (int row = 0; row < hidden.numRows; row++) {
      for (int i = 0; i < mean.length; i++) {
        hidden.data[row * mean.length + i] -= mean[i];
      }
    }
  }

  /** W before it is learned, each column scaled to a mean of 1 without signs [width, bits]. */
  private Matrix start(int bits) {
    PrincipalComponents.Variances variances = PrincipalComponents.variances(hidden);
    int components = Math.min(bits, count(variances.values()));
    DMatrixRMaj columns = new DMatrixRMaj(mean.length, bits);
    if (components > 0) {
      CommonOps_DDRM.insert(rotated(variances, components), columns, 0, 0);
    }
    if (components < bits) {
      CommonOps_DDRM.insert(
          PrincipalComponents.normal(mean.length, bits - components, random),
          columns,
          0,
          components);
    }
    DMatrixRMaj projected = PrincipalComponents.product(hidden, columns);
    Matrix start = new Matrix(mean.length, bits);
    for (int bit = 0; bit < bits; bit++) {
      double sum = 1e-12;
      for (int row = 0; row < projected.numRows; row++) {
        sum += Math.abs(projected.get(row, bit));
      }
      for (int i = 0; i < mean.length; i++) {
        start.set(i, bit, (float) (columns.get(i, bit) * projected.numRows / sum));
      }
    }
    return start;
  }

  /** The components that count; 0 for documents that are all alike. */
  private static int count(double[] values) {
    int count = 0;
    while (count < values.length && values[count] > LEAST_VARIANCE * values[0]) {
      count++;
    }
    return count;
  }

  /** P D R [width, count]. */
  private DMatrixRMaj rotated(PrincipalComponents.Variances variances, int count) {
    DMatrixRMaj scaled = new DMatrixRMaj(mean.length, count);
    for (int j = 0; j < count; j++) {
      double factor = StrictMath.pow(variances.values()[j], -EQUALISE);
      for (int i = 0; i < mean.length; i++) {
        scaled.set(i, j, variances.directions().get(i, j) * factor);
      }
    }
    DMatrixRMaj projected = PrincipalComponents.product(hidden, scaled);
    return PrincipalComponents.product(scaled, QuantizingRotation.of(projected, ROTATIONS, random));
  }

  private void learn(
      Projection projection, Matrix directions, TrainingOptions training, Options options) {
    int[] order = IntStream.range(0, hidden.numRows).toArray();
    int batch = Math.min(BATCH, order.length);
    double decay = StrictMath.pow(DECAY, 10_000.0 / Math.max(1, options.steps()));
    try (Optimizer optimizer =
        new Optimizer(
            new Optimizer.Options(LEARNING_RATE, decay, 0), training.seed(), training.threads())) {
      for (int step = 0; step < options.steps(); step++) {
        TrainingLoop.draw(order, batch, random);
        Matrix values = new Matrix(batch, mean.length);
        Matrix wanted = new Matrix(batch, mean.length);
        for (int row = 0; row < batch; row++) {
          for (int i = 0; i < mean.length; i++) {
            values.set(row, i, (float) hidden.get(order[row], i) * projection.unit);
            wanted.set(row, i, directions.get(order[row], i));
          }
        }
        optimizer.step(
            projection.parameters(),
            tape -> {
              Variable codes = projection.codes(tape, values);
              return tape.neighbourLoss(
                  codes, wanted, (float) options.temperature(), projection.logScale);
            });
      }
    }
  }

  /** What is learned. */
  private static final class Projection {

    private final Parameter weights;
    private final Parameter bias;
    private final Parameter logScale;

    /** What hidden values are multiplied by, as networks have them of any size. */
    private final float unit;

    Projection(Matrix start) {
      unit = unit(start);
      for (int i = 0; i < start.rows(); i++) {
        for (int bit = 0; bit < start.columns(); bit++) {
          start.set(i, bit, start.get(i, bit) / unit);
        }
      }
      weights = Parameter.dense("code_weights", start);
      bias = Parameter.dense("code_bias", new Matrix(1, start.columns()));
      Matrix scale = new Matrix(1, 1);
      scale.set(0, 0, (float) StrictMath.log(SCALE));
      logScale = Parameter.dense("code_scale", scale);
    }

    private static float unit(Matrix start) {
      double squares = 0;
      for (float w : start.toArray()) {
        squares += (double) w * w;
      }
      double root = Math.sqrt(squares / (start.rows() * start.columns()));
      return root > 0 ? (float) (root / START) : 1;
    }

    List<Parameter> parameters() {
      return List.of(weights, bias, logScale);
    }

    /** The bits of centred hidden values as -1 and 1; tanh(x) is 2 sigmoid(2 x) - 1. */
    Variable codes(Tape tape, Matrix values) {
      Variable logits = tape.linear(tape.constant(values), weights, bias);
      Variable probabilities = tape.sigmoid(tape.affine(logits, 2, 0));
      return tape.affine(tape.roundBits(probabilities, 1), 2, -1);
    }
  }
}
