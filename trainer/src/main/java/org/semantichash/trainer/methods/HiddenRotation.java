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
import org.semantichash.trainer.methods.Itq.QuantizingRotation;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * Codes of a trained network's last hidden layer h [width], in place of the bits that it was
 * trained with: these put documents of one subject on one code, while the hidden layer still tells
 * them apart. A bit is 1 where (h - m) W &gt; 0, with m the mean and W [width, bits] of two parts.
 *
 * <ul>
 *   <li>Most columns are P D R: P the principal components, R the rotation of iterative
 *       quantisation (Gong and Lazebnik 2011, see {@link Itq}), and between them D, which divides
 *       each component by its variance to the power of [equalise]. With 0 they count as they are,
 *       and the few that hold the subjects decide almost all bits; with 1/2 all count alike, noise
 *       as well.
 *   <li>The others, a share of [hyperplanes], are P D G with D for a power of 1/2 and G of normal
 *       numbers (Charikar 2002, see {@link Lsh}): all components count alike, so they tell
 *       documents of one subject apart, and near documents still get near codes.
 * </ul>
 *
 * <p>Where there are fewer components than bits, as with few documents, hyperplanes take the rest,
 * and are normal numbers themselves: new texts differ in more than these components.
 */
final class HiddenRotation {

  /** The most documents that it is computed from, evenly spread. */
  private static final int MOST_DOCUMENTS = 10_000;

  private static final int ROTATIONS = 50;

  /** A component with a smaller share of the largest variance says nothing of the documents. */
  private static final double LEAST_VARIANCE = 1e-3;

  /**
   * What is given.
   *
   * @param equalise the power of the variances that components are divided by, 0 to 1/2
   * @param hyperplanes the share of the bits that are random hyperplanes
   */
  record Options(double equalise, double hyperplanes) {

    static Options read(OptionReader options) {
      return new Options(
          options.number("equalise", 0.2, 0, 0.5), options.number("hyperplanes", 0.125, 0, 1));
    }
  }

  private final DMatrixRMaj hidden;
  private final double[] mean;
  private final PrincipalComponents.Variances variances;
  private final int components;
  private final SplittableRandom random;

  private HiddenRotation(DMatrixRMaj hidden, SplittableRandom random) {
    this.hidden = hidden;
    this.random = random;
    mean = mean(hidden);
    for (int row = 0; row < hidden.numRows; row++) {
      for (int i = 0; i < mean.length; i++) {
        hidden.data[row * mean.length + i] -= mean[i];
      }
    }
    variances = PrincipalComponents.variances(hidden);
    components = count(variances.values());
  }

  /** The components that count; 0 for documents that are all alike. */
  private static int count(double[] values) {
    int count = 0;
    while (count < values.length && values[count] > LEAST_VARIANCE * values[0]) {
      count++;
    }
    return count;
  }

  /**
   * The same network with another last layer.
   *
   * @param network with at least one hidden layer
   * @param documents it was trained with
   */
  static HashNetwork of(
      HashNetwork network, Dataset documents, int bits, Options options, SplittableRandom random) {
    HiddenRotation rotation = new HiddenRotation(hidden(network, documents), random);
    DMatrixRMaj weights = rotation.weights(bits, options);
    float[] thresholds = new float[bits];
    for (int bit = 0; bit < bits; bit++) {
      double sum = 0;
      for (int i = 0; i < rotation.mean.length; i++) {
        sum += rotation.mean[i] * weights.get(i, bit);
      }
      thresholds[bit] = (float) sum;
    }
    List<DenseLayer> layers = new ArrayList<>(network.dense());
    layers.removeLast();
    layers.add(new DenseLayer(Itq.floats(weights.data), new float[bits]));
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

  /** W [width, bits]. */
  private DMatrixRMaj weights(int bits, Options options) {
    int rotated = Math.min(components, bits - (int) Math.round(bits * options.hyperplanes()));
    DMatrixRMaj weights = new DMatrixRMaj(mean.length, bits);
    if (rotated > 0) {
      CommonOps_DDRM.insert(rotated(rotated, options.equalise()), weights, 0, 0);
    }
    if (rotated < bits) {
      CommonOps_DDRM.insert(hyperplanes(bits - rotated, bits), weights, 0, rotated);
    }
    return weights;
  }

  /** P D R [width, count]. */
  private DMatrixRMaj rotated(int count, double equalise) {
    DMatrixRMaj scaled = scaled(count, equalise);
    DMatrixRMaj projected = PrincipalComponents.product(hidden, scaled);
    return PrincipalComponents.product(scaled, QuantizingRotation.of(projected, ROTATIONS, random));
  }

  /** P D G [width, count], or normal numbers. */
  private DMatrixRMaj hyperplanes(int count, int bits) {
    return components < bits
        ? PrincipalComponents.normal(mean.length, count, random)
        : PrincipalComponents.product(
            scaled(components, 0.5), PrincipalComponents.normal(components, count, random));
  }

  /** The first directions, divided by their variances to a power [width, count]. */
  private DMatrixRMaj scaled(int count, double power) {
    DMatrixRMaj scaled = new DMatrixRMaj(mean.length, count);
    for (int j = 0; j < count; j++) {
      double factor = StrictMath.pow(variances.values()[j], -power);
      for (int i = 0; i < mean.length; i++) {
        scaled.set(i, j, variances.directions().get(i, j) * factor);
      }
    }
    return scaled;
  }
}
