// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;

/**
 * A trained network of floats as a network of integers. Weights get one scale per matrix, in the
 * last layer one per bit, since there only the sign of each sum counts. What is cut off at the ends
 * of the ranges of weights and of hidden values is tried, and the network taken that changes the
 * fewest bits of some documents.
 *
 * @param network the network in integers
 * @param changedBits the share of the bits of those documents that differ from the floats'
 */
public record Quantisation(IntegerNetwork network, double changedBits) {

  /** Tried in this order: the share of magnitudes that lie within the range. */
  private static final double[] SHARES = {1, 0.9999, 0.999};

  /** The scale is computed from a sample of at most this many weights. */
  private static final int MOST_MAGNITUDES = 1 << 20;

  /**
   * The best network in integers.
   *
   * @param norm of the weights of terms
   * @param documents at least one; they determine the range of hidden values and the bits that
   *     change
   */
  public static Quantisation of(
      HashNetwork network, TfIdfOptions.Norm norm, List<SparseVector> documents) {
    float scale = scale(norm, documents);
    List<BinaryCode> expected = network.encode(documents);
    List<float[]> hidden = sortedHidden(network, documents);
    Quantisation best = null;
    for (double weightShare : SHARES) {
      List<Matrix> matrices = matrices(network, weightShare);
      for (double valueShare : hidden.isEmpty() ? new double[] {1} : SHARES) {
        IntegerNetwork candidate =
            new IntegerNetwork(layers(network, matrices, scale, hidden, valueShare), scale, norm);
        double changed = changedBits(expected, candidate.encode(documents));
        if (best == null || changed < best.changedBits()) {
          best = new Quantisation(candidate, changed);
        }
      }
    }
    return best;
  }

  /**
   * Weights of vectors of length 1 are at most 1; others may be as large as documents have them.
   */
  private static float scale(TfIdfOptions.Norm norm, List<SparseVector> documents) {
    if (norm == TfIdfOptions.Norm.L2) {
      return IntegerNetwork.LARGEST;
    }
    float largest = 0;
    for (SparseVector document : documents) {
      for (int i = 0; i < document.size(); i++) {
        largest = Math.max(largest, document.weight(i));
      }
    }
    return largest > 0 ? IntegerNetwork.LARGEST / largest : 1;
  }

  /** Of each hidden layer, all positive values of the documents in ascending order. */
  private static List<float[]> sortedHidden(HashNetwork network, List<SparseVector> documents) {
    List<List<float[]>> values = documents.parallelStream().map(network::hidden).toList();
    List<float[]> sorted = new ArrayList<>();
    for (int layer = 0; layer < network.dense().size(); layer++) {
      int which = layer;
      int size = values.stream().mapToInt(each -> each.get(which).length).sum();
      float[] all = new float[size];
      int count = 0;
      for (List<float[]> each : values) {
        for (float value : each.get(layer)) {
          all[count] = value;
          count += value > 0 ? 1 : 0;
        }
      }
      float[] positive = Arrays.copyOf(all, count);
      Arrays.parallelSort(positive);
      sorted.add(positive);
    }
    return sorted;
  }

  /** The magnitude within which such a share lies. */
  private static double within(double share, float[] sorted) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /**
   * The weights of a layer.
   *
   * @param weights int8 [inputs, outputs]
   * @param scales one for each output
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Matrix(byte[] weights, double[] scales) {}

  private static List<Matrix> matrices(HashNetwork network, double share) {
    List<Matrix> matrices = new ArrayList<>();
    boolean one = network.dense().isEmpty();
    matrices.add(matrix(network.first().weights(), network.first().width(), share, one));
    for (int i = 0; i < network.dense().size(); i++) {
      DenseLayer layer = network.dense().get(i);
      boolean last = i == network.dense().size() - 1;
      matrices.add(matrix(layer.weights(), layer.out(), share, last));
    }
    return matrices;
  }

  private static Matrix matrix(float[] weights, int outputs, double share, boolean last) {
    double[] scales = new double[outputs];
    if (last) {
      int rows = weights.length / outputs;
      IntStream.range(0, outputs)
          .parallel()
          .forEach(column -> scales[column] = scale(weights, column, outputs, rows, share));
    } else {
      Arrays.fill(scales, scale(weights, 0, 1, weights.length, share));
    }
    byte[] bytes = new byte[weights.length];
    IntStream.range(0, weights.length)
        .parallel()
        .forEach(i -> bytes[i] = rounded(weights[i] * scales[i % outputs]));
    return new Matrix(bytes, scales);
  }

  private static byte rounded(double weight) {
    double cut = Math.max(-IntegerNetwork.LARGEST, Math.min(IntegerNetwork.LARGEST, weight));
    return (byte) Math.rint(cut);
  }

  /** What takes the largest of the magnitudes that count to 127. */
  private static double scale(float[] weights, int from, int step, int count, double share) {
    int stride = share == 1 ? 1 : (count + MOST_MAGNITUDES - 1) / MOST_MAGNITUDES;
    float[] magnitudes = new float[share == 1 ? 1 : (count + stride - 1) / stride];
    for (int i = 0; i < count; i += stride) {
      float magnitude = Math.abs(weights[from + i * step]);
      int at = share == 1 ? 0 : i / stride;
      magnitudes[at] = Math.max(magnitudes[at], magnitude);
    }
    Arrays.sort(magnitudes);
    double largest = within(share, magnitudes);
    return largest > 0 ? IntegerNetwork.LARGEST / largest : 1;
  }

  private static List<IntegerNetwork.Layer> layers(
      HashNetwork network,
      List<Matrix> matrices,
      double termScale,
      List<float[]> hidden,
      double share) {
    List<IntegerNetwork.Layer> layers = new ArrayList<>();
    double scale = termScale;
    int inputs = network.first().vocabularySize();
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      float[] bias = i == 0 ? network.first().bias() : network.dense().get(i - 1).bias();
      boolean last = i == matrices.size() - 1;
      int shift = 0;
      int[] biases;
      if (last) {
        biases = lastBias(bias, network.thresholds(), scale, matrix.scales());
      } else {
        scale *= matrix.scales()[0];
        shift = shift(within(share, hidden.get(i)) * scale);
        biases = bias(bias, scale, shift);
        scale /= 1L << shift;
      }
      layers.add(new IntegerNetwork.Layer(matrix.weights(), 0, inputs, biases, shift));
      inputs = bias.length;
    }
    return layers;
  }

  /** The least shift that takes such a sum to 127 or below. */
  private static int shift(double largest) {
    int shift = 0;
    while (shift < 30 && largest / (1L << shift) > IntegerNetwork.LARGEST) {
      shift++;
    }
    return shift;
  }

  /** With half of what the shift divides by, so that it rounds to the nearest. */
  private static int[] bias(float[] bias, double scale, int shift) {
    int[] biases = new int[bias.length];
    double half = shift == 0 ? 0 : 1 << (shift - 1);
    Arrays.setAll(biases, j -> (int) Math.rint(bias[j] * scale + half));
    return biases;
  }

  /** With the thresholds in it, rounded up: a sum is above 0 where it is above the threshold. */
  private static int[] lastBias(float[] bias, float[] thresholds, double scale, double[] scales) {
    int[] biases = new int[bias.length];
    Arrays.setAll(
        biases, j -> (int) Math.ceil(((double) bias[j] - thresholds[j]) * scale * scales[j]));
    return biases;
  }

  /** The share of bits that differ. */
  public static double changedBits(List<BinaryCode> expected, List<BinaryCode> actual) {
    long changed = 0;
    for (int i = 0; i < expected.size(); i++) {
      changed += expected.get(i).distance(actual.get(i));
    }
    return (double) changed / ((long) expected.size() * expected.getFirst().bits());
  }
}
