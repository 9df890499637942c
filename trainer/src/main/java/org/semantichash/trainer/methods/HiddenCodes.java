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
import org.semantichash.trainer.engine.SparseBatch;
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
 * cosine of h plus [code_words] times that of their TF-IDF vectors: in batches, by {@link
 * Tape#neighbourLoss} (stochastic neighbour embedding), the bits as -1 and 1 with the gradient of
 * tanh((h - m) W + c) passed straight through. h says which documents are of one subject; the words
 * say which of these are near each other, so that they do not share a code, and the first hits are
 * those with the same words.
 *
 * <p>Of the bits beyond {@value #SUBJECT_BITS}, a share of [code_hyperplanes] is not learned:
 * random hyperplanes (Charikar 2002, see {@link Lsh}) in which all principal components count
 * alike. What is learned spends all bits on what makes neighbours; these tell near documents apart.
 * Measured on validation documents at 64 bits, without words and hyperplanes, and with both: 20
 * Newsgroups P@1 .504 and .543, P@10 .490 and .506, P@100 .436 and .446, different codes of
 * different texts .93 and .99; Reuters .872 and .881, .839 and .841, .756 and .756, .79 and .91.
 * With 32 bits and fewer, precision needs every bit.
 *
 * <p>The others start at c = 0 and W = P D R: P the principal components, D, which divides each by
 * its variance to the power of {@value #EQUALISE}, and R the rotation of iterative quantisation
 * (Gong and Lazebnik 2011, see {@link Itq}). Where there are fewer components than bits, as with
 * few documents, the other columns start as normal numbers: new texts differ in more than these
 * components.
 */
final class HiddenCodes {

  /** The most documents that it is computed from, evenly spread. */
  private static final int MOST_DOCUMENTS = 10_000;

  private static final int ROTATIONS = 50;
  private static final double EQUALISE = 0.2;

  /** A component with a smaller share of the largest variance says nothing of the documents. */
  private static final double LEAST_VARIANCE = 1e-3;

  /** As many bits tell subjects about as well as more. */
  private static final int SUBJECT_BITS = 32;

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
   * @param temperature of the cosines: the lower, the more the nearest count
   * @param words how much the cosine of TF-IDF vectors counts beside that of h
   * @param hyperplanes the share of the bits beyond {@value #SUBJECT_BITS} that are random
   */
  record Options(int steps, double temperature, double words, double hyperplanes) {

    static Options read(OptionReader options) {
      return new Options(
          options.integer("code_steps", 600, 0),
          options.number("code_temperature", 0.05, 0.001, 10),
          options.number("code_words", 1, 0, 10),
          options.number("code_hyperplanes", 0.2, 0, 1));
    }

    /** How many of so many bits. */
    int hyperplanes(int bits) {
      return (int) (Math.max(0, bits - SUBJECT_BITS) * hyperplanes);
    }
  }

  /** Told before each step; says whether it is to be done. */
  interface Progress {
    boolean goesOn(int step, int of);
  }

  private final DMatrixRMaj hidden;

  /** TF-IDF vectors of the same documents, as long as their cosines count. */
  private final List<SparseVector> words;

  private final int vocabularySize;
  private final double[] mean;
  private final SplittableRandom random;

  private HiddenCodes(
      DMatrixRMaj hidden, List<SparseVector> words, int vocabularySize, SplittableRandom random) {
    this.hidden = hidden;
    this.words = words;
    this.vocabularySize = vocabularySize;
    this.random = random;
    mean = mean(hidden);
  }

  /**
   * The same network with another last layer.
   *
   * @param network with at least one hidden layer
   * @param documents it was trained with
   * @param training the width, the seed and the threads; the result does not depend on these
   * @param progress once it is false, the codes are left as they are by then
   */
  static HashNetwork of(
      HashNetwork network,
      Dataset documents,
      TrainingOptions training,
      Options options,
      Progress progress) {
    int bits = training.bits();
    List<SparseVector> chosen = evenlySpread(documents.vectors());
    HiddenCodes codes =
        new HiddenCodes(
            hidden(network, chosen),
            chosen.stream().map(vector -> withLength(vector, options.words())).toList(),
            documents.vocabularySize(),
            new SplittableRandom(training.seed()));
    Matrix directions = codes.directions();
    codes.centre();
    int planes = options.hyperplanes(bits);
    PrincipalComponents.Variances variances = PrincipalComponents.variances(codes.hidden);
    Projection projection = new Projection(codes.start(variances, bits - planes));
    if (codes.hidden.numRows > 1) {
      codes.learn(projection, directions, training, options, progress);
    }
    return codes.network(network, projection, codes.hyperplanes(variances, planes));
  }

  /** With the learned bits first, then the hyperplanes [width, planes]. */
  private HashNetwork network(HashNetwork network, Projection projection, Matrix planes) {
    int learned = projection.bias.value().columns();
    int bits = learned + planes.columns();
    float[] weights = new float[mean.length * bits];
    float[] thresholds = new float[bits];
    for (int bit = 0; bit < bits; bit++) {
      double sum = bit < learned ? -projection.bias.value().get(0, bit) : 0;
      for (int i = 0; i < mean.length; i++) {
        float weight =
            bit < learned
                ? projection.weights.value().get(i, bit) * projection.unit
                : planes.get(i, bit - learned);
        weights[i * bits + bit] = weight;
        sum += mean[i] * weight;
      }
      thresholds[bit] = (float) sum;
    }
    List<DenseLayer> layers = new ArrayList<>(network.dense());
    layers.removeLast();
    layers.add(new DenseLayer(weights, new float[bits]));
    return new HashNetwork(network.first(), layers, thresholds);
  }

  private static List<SparseVector> evenlySpread(List<SparseVector> vectors) {
    int n = Math.min(vectors.size(), MOST_DOCUMENTS);
    return IntStream.range(0, n)
        .mapToObj(row -> vectors.get((int) ((long) row * vectors.size() / n)))
        .toList();
  }

  /** The vector with this squared length, so that scalar products are as many times the cosine. */
  private static SparseVector withLength(SparseVector vector, double squared) {
    double squares = 0;
    for (int i = 0; i < vector.size(); i++) {
      squares += (double) vector.weight(i) * vector.weight(i);
    }
    double factor = squares > 0 ? Math.sqrt(squared / squares) : 0;
    int[] ids = new int[vector.size()];
    float[] weights = new float[vector.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vector.id(i);
      weights[i] = (float) (vector.weight(i) * factor);
    }
    return SparseVector.of(ids, weights);
  }

  /** The last hidden layer of the documents [documents, width]. */
  private static DMatrixRMaj hidden(HashNetwork network, List<SparseVector> documents) {
    int width = network.dense().getLast().in();
    DMatrixRMaj hidden = new DMatrixRMaj(documents.size(), width);
    IntStream.range(0, documents.size())
        .parallel()
        .forEach(
            row -> {
              float[] values = network.hidden(documents.get(row)).getLast();
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
  private Matrix start(PrincipalComponents.Variances variances, int bits) {
    int components = Math.min(bits, variances.count(LEAST_VARIANCE));
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
    return ofUnitSize(columns);
  }

  /**
   * Random directions in which all components count alike: P G, divided by the square roots of the
   * variances, with G of normal numbers [width, count].
   */
  private Matrix hyperplanes(PrincipalComponents.Variances variances, int count) {
    int components = variances.count(LEAST_VARIANCE);
    DMatrixRMaj columns =
        components < count
            ? PrincipalComponents.normal(mean.length, count, random)
            : PrincipalComponents.product(
                variances.scaled(components, 0.5),
                PrincipalComponents.normal(components, count, random));
    return ofUnitSize(columns);
  }

  /** The columns, each scaled to a mean of 1 without signs over the documents. */
  private Matrix ofUnitSize(DMatrixRMaj columns) {
    DMatrixRMaj projected = PrincipalComponents.product(hidden, columns);
    Matrix scaled = new Matrix(mean.length, columns.numCols);
    for (int column = 0; column < columns.numCols; column++) {
      double sum = 1e-12;
      for (int row = 0; row < projected.numRows; row++) {
        sum += Math.abs(projected.get(row, column));
      }
      for (int i = 0; i < mean.length; i++) {
        scaled.set(i, column, (float) (columns.get(i, column) * projected.numRows / sum));
      }
    }
    return scaled;
  }

  /** P D R [width, count]. */
  private DMatrixRMaj rotated(PrincipalComponents.Variances variances, int count) {
    DMatrixRMaj scaled = variances.scaled(count, EQUALISE);
    DMatrixRMaj projected = PrincipalComponents.product(hidden, scaled);
    return PrincipalComponents.product(scaled, QuantizingRotation.of(projected, ROTATIONS, random));
  }

  private void learn(
      Projection projection,
      Matrix directions,
      TrainingOptions training,
      Options options,
      Progress progress) {
    int[] order = IntStream.range(0, hidden.numRows).toArray();
    int batch = Math.min(BATCH, order.length);
    double decay = StrictMath.pow(DECAY, 10_000.0 / Math.max(1, options.steps()));
    try (Optimizer optimizer =
        new Optimizer(
            new Optimizer.Options(LEARNING_RATE, decay, 0), training.seed(), training.threads())) {
      for (int step = 0; step < options.steps() && progress.goesOn(step, options.steps()); step++) {
        TrainingLoop.draw(order, batch, random);
        Matrix values = new Matrix(batch, mean.length);
        Matrix wanted = new Matrix(batch, mean.length);
        List<SparseVector> drawn = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
          for (int i = 0; i < mean.length; i++) {
            values.set(row, i, (float) hidden.get(order[row], i) * projection.unit);
            wanted.set(row, i, directions.get(order[row], i));
          }
          drawn.add(words.get(order[row]));
        }
        SparseBatch terms = new SparseBatch(drawn, vocabularySize);
        optimizer.step(
            projection.parameters(),
            tape -> {
              Variable codes = projection.codes(tape, values);
              return tape.neighbourLoss(
                  codes, wanted, terms, (float) options.temperature(), projection.logScale);
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
