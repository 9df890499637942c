// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.Encoder;
import org.semantichash.hash.BinaryCode;

/**
 * A trained encoder in floats: a sparse layer, dense layers with ReLU between them, thresholds.
 * Immutable; the same bits on every machine and in every thread. What a model file holds is this
 * network in integers.
 *
 * <p>Bit i is 1 where activation i &gt; threshold i.
 */
public final class HashNetwork implements Encoder {

  private final SparseLayer first;
  private final List<DenseLayer> dense;
  private final float[] thresholds;

  /**
   * A network.
   *
   * @param first [vocabulary, width]
   * @param dense further layers, each as wide at its input as the one before at its output
   * @param thresholds one for each output of the last layer
   * @throws IllegalArgumentException when the shapes do not fit together
   */
  public HashNetwork(SparseLayer first, List<DenseLayer> dense, float[] thresholds) {
    this.first = first;
    this.dense = List.copyOf(dense);
    this.thresholds = thresholds.clone();
    int width = first.width();
    for (DenseLayer layer : dense) {
      requireFit("inputs", width, layer.in());
      width = layer.out();
    }
    requireFit("thresholds", width, thresholds.length);
    BinaryCode.byteLength(width);
  }

  private static void requireFit(String what, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "a layer must have [" + expected + "] " + what + ", got [" + actual + "]");
    }
  }

  /**
   * A network of its arrays.
   *
   * @param arrays as {@link #arrays} gives them
   */
  public static HashNetwork of(List<float[]> arrays) {
    List<DenseLayer> dense = new ArrayList<>();
    for (int i = 2; i + 1 < arrays.size(); i += 2) {
      dense.add(new DenseLayer(arrays.get(i), arrays.get(i + 1)));
    }
    return new HashNetwork(new SparseLayer(arrays.get(0), arrays.get(1)), dense, arrays.getLast());
  }

  /** Weights and bias of each layer in its order, then the thresholds: not copies. */
  public List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>(List.of(first.weights(), first.bias()));
    dense.forEach(layer -> arrays.addAll(List.of(layer.weights(), layer.bias())));
    arrays.add(thresholds);
    return arrays;
  }

  /** The layer that takes term weights. */
  public SparseLayer first() {
    return first;
  }

  /** The layers after it. */
  public List<DenseLayer> dense() {
    return dense;
  }

  /** A copy of the thresholds, one for each bit. */
  public float[] thresholds() {
    return thresholds.clone();
  }

  /** The same layers with other thresholds. */
  public HashNetwork withThresholds(float[] other) {
    return new HashNetwork(first, dense, other);
  }

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public int bits() {
    return thresholds.length;
  }

  /** What is compared with the thresholds: one number for each bit. */
  @Override
  public float[] activations(SparseVector vector) {
    float[] x = first.apply(vector);
    for (DenseLayer layer : dense) {
      x = layer.apply(relu(x));
    }
    return x;
  }

  /** The values of the hidden layers, after ReLU. */
  public List<float[]> hidden(SparseVector vector) {
    List<float[]> hidden = new ArrayList<>();
    float[] x = first.apply(vector);
    for (DenseLayer layer : dense) {
      hidden.add(relu(x));
      x = layer.apply(x);
    }
    return hidden;
  }

  private static float[] relu(float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.max(0, sums[i]);
    }
    return sums;
  }

  @Override
  public BinaryCode encode(SparseVector vector) {
    float[] activations = activations(vector);
    byte[] code = new byte[BinaryCode.byteLength(bits())];
    for (int bit = 0; bit < activations.length; bit++) {
      if (activations[bit] > thresholds[bit]) {
        code[bit >> 3] |= (byte) (0x80 >>> (bit & 7));
      }
    }
    return BinaryCode.of(code, bits());
  }

  @Override
  public List<BinaryCode> encode(List<SparseVector> batch) {
    return batch.parallelStream().map(this::encode).toList();
  }

  /** Does nothing: there is nothing outside the heap. */
  @Override
  public void close() {}

  /**
   * The first layer of a network: x W + b for a sparse x.
   *
   * @param weights W, row-major [vocabulary, width]: one row per term
   * @param bias b [width]
   */
  @SuppressWarnings("ArrayRecordComponent") // weights of megabytes: shared, never changed
  public record SparseLayer(float[] weights, float[] bias) {

    /** Checks the shapes. */
    public SparseLayer {
      DenseLayer.requireFullRows(weights, bias);
    }

    /** The number of outputs. */
    public int width() {
      return bias.length;
    }

    /** The number of terms. */
    public int vocabularySize() {
      return weights.length / bias.length;
    }

    float[] apply(SparseVector x) {
      float[] y = bias.clone();
      for (int i = 0; i < x.size(); i++) {
        Kernels.best().addScaled(y, 0, weights, x.id(i) * y.length, y.length, x.weight(i));
      }
      return y;
    }
  }

  /**
   * A layer of a network: x W + b.
   *
   * @param weights W, row-major [in, out]
   * @param bias b [out]
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, never changed
  public record DenseLayer(float[] weights, float[] bias) {

    /** Checks the shapes. */
    public DenseLayer {
      requireFullRows(weights, bias);
    }

    /** A weight for each input and each output. */
    static void requireFullRows(float[] weights, float[] bias) {
      if (bias.length == 0 || weights.length % bias.length != 0) {
        throw new IllegalArgumentException(
            "[weights] must have a multiple of ["
                + bias.length
                + "] values, got ["
                + weights.length
                + "]");
      }
    }

    /** The number of inputs. */
    public int in() {
      return weights.length / bias.length;
    }

    /** The number of outputs. */
    public int out() {
      return bias.length;
    }

    float[] apply(float[] x) {
      float[] y = bias.clone();
      for (int i = 0; i < x.length; i++) {
        if (x[i] != 0) {
          Kernels.best().addScaled(y, 0, weights, i * y.length, y.length, x[i]);
        }
      }
      return y;
    }
  }
}
