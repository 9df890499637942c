// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.hash.BinaryCode;

/**
 * A network in integers, which is what a model file of format 2 holds: the same bits on every
 * machine, in every engine and in any order of summation, because integers do not round.
 *
 * <pre>
 *   factors = rint(term weights * scale), at most 127       one for each known term of the text
 *   sums = factors times rows of the term layer + bias
 *   for each further layer: values = min(max(sums, 0) >> shift, 127), sums = values times rows + bias
 *   bit i is 1 where sum i > 0
 * </pre>
 *
 * <p>Weights are signed bytes, sums and biases are ints; that no sum can overflow is checked when a
 * network is made. Immutable; safe for use by many threads.
 */
public final class IntegerNetwork implements Encoder {

  /** What {@link #name} returns. */
  public static final String NAME = "java";

  /** The largest factor of a term, value of a hidden unit and magnitude of a weight: seven bits. */
  public static final int LARGEST = 127;

  /**
   * A layer: values times rows of weights, plus the bias.
   *
   * @param weights holds them row-major, int8 [inputs, outputs]; shared, never changed
   * @param offset where they begin
   * @param inputs rows: terms of the vocabulary, or outputs of the layer before
   * @param bias int32 [outputs]
   * @param shift sums that are above 0 are divided by 2^shift for the next layer; 0 in the last
   */
  @SuppressWarnings("ArrayRecordComponent") // weights of megabytes: shared, never compared
  public record Layer(byte[] weights, int offset, int inputs, int[] bias, int shift) {

    /** Copies the weights only where the kernel could read beyond the array. */
    public Layer {
      int end = Math.addExact(offset, Math.multiplyExact(inputs, bias.length));
      if (end > weights.length || inputs < 1 || bias.length < 1) {
        throw new InvalidModelException(
            "a layer must have ["
                + inputs
                + "] rows of ["
                + bias.length
                + "] weights, got ["
                + (weights.length - offset)
                + "] bytes");
      }
      if (shift < 0 || shift > 30) {
        throw new InvalidModelException(
            "the shift of a layer must be between [0] and [30], got [" + shift + "]");
      }
      if (end + RowSums.PADDING > weights.length) {
        weights = Arrays.copyOfRange(weights, offset, Math.addExact(end, RowSums.PADDING));
        offset = 0;
      }
    }

    /** The number of sums. */
    public int outputs() {
      return bias.length;
    }

    /** The weight from an input to an output. */
    public int weight(int input, int output) {
      return weights[offset + input * bias.length + output];
    }

    /** Of some terms. */
    private int[] sums(RowSums kernel, int[] ids, short[] factors, int count) {
      factors[count] = 0; // a pair that is not full gets a row times 0
      int[] sums = Arrays.copyOf(bias, bias.length + RowSums.PADDING);
      kernel.add(weights, offset, bias.length, ids, factors, count, sums);
      return sums;
    }

    /** Of the layer before. */
    private int[] sums(RowSums kernel, int[] sumsBefore, int shiftBefore) {
      short[] values = new short[inputs + RowSums.PADDING];
      kernel.values(sumsBefore, inputs, shiftBefore, values);
      values[inputs] = 0; // a pair that is not full gets a row times 0
      int[] sums = Arrays.copyOf(bias, bias.length + RowSums.PADDING);
      kernel.addAll(weights, offset, bias.length, values, inputs, sums);
      return sums;
    }

    private long largestBias() {
      return Arrays.stream(bias).asLongStream().map(Math::abs).max().orElse(0);
    }
  }

  private final List<Layer> layers;
  private final float scale;
  private final RowSums kernel; // null: the fastest

  /**
   * A network.
   *
   * @param layers the term layer first; each as wide at its input as the one before at its output
   * @param scale what term weights are multiplied by
   * @param norm of the term weights, which bounds what they sum up to
   * @throws InvalidModelException when the layers do not fit together or a sum could overflow
   */
  public IntegerNetwork(List<Layer> layers, float scale, TfIdfOptions.Norm norm) {
    this(layers, scale, norm, null);
  }

  /**
   * A network.
   *
   * @param kernel null for the fastest, which is not touched before it is needed
   */
  IntegerNetwork(List<Layer> layers, float scale, TfIdfOptions.Norm norm, RowSums kernel) {
    this.layers = List.copyOf(layers);
    this.scale = scale;
    this.kernel = kernel;
    BinaryCode.byteLength(bits());
    checkFit();
    long most = mostOfFactors(norm);
    for (int layer = 0; layer < layers.size(); layer++) {
      checkSums(layer, most);
      most = (long) LARGEST * layers.get(layer).outputs();
    }
  }

  private IntegerNetwork(IntegerNetwork other, RowSums kernel) {
    this.layers = other.layers;
    this.scale = other.scale;
    this.kernel = kernel;
  }

  /**
   * The same network without vectors: ten times slower in the long run, but code of vectors is
   * slower still by another factor of ten before it has been compiled.
   */
  public IntegerNetwork inPlainLoops() {
    return new IntegerNetwork(this, RowSums.scalar());
  }

  private void checkFit() {
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
        throw new InvalidModelException(
            "layer ["
                + i
                + "] must have ["
                + layers.get(i - 1).outputs()
                + "] inputs, got ["
                + layers.get(i).inputs()
                + "]");
      }
    }
  }

  /**
   * What the factors of a text sum up to at most. With weights of Euclidean length 1 only those
   * above 1/254 do not round to 0, at most 254 * 254 of them, each of which is rounded up by at
   * most 1/2: by the inequality of Cauchy and Schwarz that is 127 * 254 + 254 * 254 / 2.
   */
  private long mostOfFactors(TfIdfOptions.Norm norm) {
    long ofAny = (long) LARGEST * layers.getFirst().inputs();
    boolean unitLength = norm == TfIdfOptions.Norm.L2 && scale <= LARGEST;
    return unitLength ? Math.min(ofAny, LARGEST * 254 + 254 * 254 / 2 + 254) : ofAny;
  }

  private void checkSums(int layer, long mostOfInputs) {
    long largest = -Byte.MIN_VALUE * mostOfInputs + layers.get(layer).largestBias();
    if (largest > Integer.MAX_VALUE) {
      throw new InvalidModelException(
          "the sums of layer ["
              + layer
              + "] must stay within ["
              + Integer.MAX_VALUE
              + "], they may get to ["
              + largest
              + "]");
    }
  }

  /**
   * The factor of a term in a network: its weight times the scale as a whole number. The product of
   * two floats is exact in double precision, so every machine rounds the same number.
   */
  static int factor(float weight, float scale) {
    int rounded = (int) Math.rint((double) weight * scale);
    return Math.max(-LARGEST, Math.min(LARGEST, rounded));
  }

  /** The layers, that of the terms first. */
  public List<Layer> layers() {
    return layers;
  }

  /** What term weights are multiplied by before they are rounded. */
  public float scale() {
    return scale;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long bytes() {
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    layers.forEach(layer -> arrays.add(layer.weights())); // those of a file share its bytes
    return arrays.stream().mapToLong(array -> array.length).sum();
  }

  @Override
  public int bits() {
    return layers.getLast().outputs();
  }

  @Override
  public BinaryCode encode(SparseVector vector) {
    int[] sums = sums(vector);
    int bits = bits();
    byte[] code = new byte[BinaryCode.byteLength(bits)];
    for (int bit = 0; bit < bits; bit++) {
      code[bit >> 3] |= (byte) (isPositive(sums[bit]) << (7 - (bit & 7)));
    }
    return BinaryCode.of(code, bits);
  }

  @Override
  public List<BinaryCode> encode(List<SparseVector> batch) {
    List<BinaryCode> codes = new ArrayList<>(batch.size());
    for (SparseVector vector : batch) {
      codes.add(encode(vector));
    }
    return codes;
  }

  /** The sums that decide the bits: bit i is 1 where activation i is above 0. */
  @Override
  public float[] activations(SparseVector vector) {
    int[] sums = sums(vector);
    float[] activations = new float[bits()];
    for (int bit = 0; bit < activations.length; bit++) {
      activations[bit] = sums[bit];
    }
    return activations;
  }

  /** Of the last layer, with padding. */
  int[] sums(SparseVector vector) {
    Layer first = layers.getFirst();
    RowSums kernel = this.kernel == null ? RowSums.best() : this.kernel;
    requireKnown(vector, first.inputs());
    int[] ids = new int[vector.size() + 1];
    short[] factors = new short[vector.size() + 1];
    int count = 0;
    for (int i = 0; i < vector.size(); i++) {
      int factor = factor(vector.weight(i), scale);
      ids[count] = vector.id(i);
      factors[count] = (short) factor;
      count += isPositive(Math.abs(factor));
    }
    int[] sums = first.sums(kernel, ids, factors, count);
    for (int layer = 1; layer < layers.size(); layer++) {
      sums = layers.get(layer).sums(kernel, sums, layers.get(layer - 1).shift());
    }
    return sums;
  }

  /** 1 or 0. */
  private static int isPositive(int value) {
    return -value >>> 31;
  }

  /** Refuses terms that the model does not have. */
  static void requireKnown(SparseVector vector, int vocabularySize) {
    int size = vector.size();
    if (size > 0 && vector.id(size - 1) >= vocabularySize) {
      throw new IllegalArgumentException(
          "a term id must be below ["
              + vocabularySize
              + "], the size of the vocabulary, got ["
              + vector.id(size - 1)
              + "]");
    }
  }

  /** Does nothing: there is nothing outside the heap. */
  @Override
  public void close() {}
}
