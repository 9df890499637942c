/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.encoder;

import java.util.Arrays;
import org.semantichash.bagofwords.SparseVector;

/**
 * A layer in plain Java, with a bound on what another engine may compute that sums float products
 * in any order: the roundings of both engines, and what the difference of the layer's inputs makes
 * of itself (by the inequality of Cauchy and Schwarz).
 */
final class PlainLayer {

  private final WeightMatrix weights;
  private final float[] bias;
  private final ElementFunction function;
  private final double biasLength;

  /** For a layer of terms, of each row: its largest magnitude or length. Else null. */
  private final float[] rowSizes;

  /** Size(j) of the bound, see {@link LayerSums}. */
  private final double[] columnSizes;

  /** At least the Euclidean length of the sizes. */
  private final double columnsSize;

  private PlainLayer(
      WeightMatrix weights,
      float[] bias,
      ElementFunction function,
      float[] rowSizes,
      double[] columnSizes,
      double columnsSize) {
    this.weights = weights;
    this.bias = bias;
    this.function = function;
    this.rowSizes = rowSizes;
    this.columnSizes = columnSizes;
    this.columnsSize = columnsSize;
    this.biasLength = WeightMatrix.length(bias);
  }

  /**
   * The layer that takes terms. Before another layer it bounds the length of all differences,
   * otherwise each of them.
   */
  static PlainLayer ofTerms(
      WeightMatrix weights, float[] bias, ElementFunction function, boolean last) {
    double[] ones = new double[weights.columns()];
    Arrays.fill(ones, 1);
    float[] rowSizes = last ? weights.rowMaxima() : weights.rowLengths();
    return new PlainLayer(weights, bias, function, rowSizes, ones, 1);
  }

  /** A layer that takes the values of another. */
  static PlainLayer dense(WeightMatrix weights, float[] bias, ElementFunction function) {
    double[] lengths = weights.columnLengths();
    double squares = Arrays.stream(lengths).map(length -> length * length).sum();
    return new PlainLayer(weights, bias, function, null, lengths, Math.sqrt(squares));
  }

  int inputs() {
    return weights.rows();
  }

  int outputs() {
    return bias.length;
  }

  long bytes() {
    long bytes = weights.bytes() + (long) Float.BYTES * bias.length;
    bytes += (long) Double.BYTES * columnSizes.length;
    return bytes + (rowSizes == null ? 0 : (long) Float.BYTES * rowSizes.length);
  }

  LayerSums sums(SparseVector terms) {
    int count = terms.size();
    int[] ids = new int[WeightMatrix.padded(count)];
    float[] factors = new float[ids.length];
    double size = 0;
    for (int i = 0; i < count; i++) {
      ids[i] = terms.id(i);
      factors[i] = terms.weight(i);
      size += (double) Math.abs(factors[i]) * rowSizes[ids[i]];
    }
    double gamma = Roundings.gamma(count + 1) + Roundings.gamma(WeightMatrix.roundings(count));
    return sums(ids, factors, count, size, gamma * size, gamma);
  }

  LayerSums sums(LayerOutput input) {
    float[] x = input.values();
    int[] ids = new int[WeightMatrix.padded(x.length)];
    float[] factors = new float[ids.length];
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      ids[count] = i;
      factors[count] = x[i];
      count += isNotZero(x[i]);
    }
    double here = Roundings.gamma(WeightMatrix.roundings(count));
    double there = Roundings.gamma(input.nonZero() + 1);
    double length = input.length();
    double both = length + input.deviation();
    double spread = input.deviation() + there * both + here * length;
    return sums(ids, factors, count, columnsSize * both, spread, here + there);
  }

  /** 1 or, for 0, 0, without a branch, which the processor would guess wrong half the time. */
  private static int isNotZero(float value) {
    int raw = Float.floatToRawIntBits(value);
    return (raw | -raw) >>> 31;
  }

  private LayerSums sums(
      int[] ids, float[] factors, int count, double largest, double spread, double gamma) {
    float[] sums = bias.clone();
    weights.addRows(ids, factors, count, sums);
    boolean bounded = largest + biasLength < Roundings.LARGEST_SUM; // false for NaN, too
    return new LayerSums(
        sums,
        bounded ? Roundings.up(spread) : Double.POSITIVE_INFINITY,
        gamma,
        Roundings.underflow(weights.rows()));
  }

  /** The function of the sums, for the next layer. */
  LayerOutput output(LayerSums sums) {
    double width = Math.sqrt(bias.length);
    double deviation =
        columnsSize * sums.spread() + sums.gamma() * biasLength + width * sums.underflow();
    int nonZero = function.nonZero(sums.values(), Roundings.up(deviation));
    function.apply(sums.values());
    return new LayerOutput(
        sums.values(),
        Roundings.up(function.steepness() * deviation + width * function.error()),
        nonZero);
  }

  /**
   * Writes the bits of the sums' function, as far as they are certain.
   *
   * @param thresholds one for each sum
   * @param code all 0, most significant bit first
   * @return false when a value is so near to its threshold that another engine may get another bit
   */
  boolean writeBits(LayerSums sums, float[] thresholds, byte[] code) {
    float[] values = sums.values();
    function.apply(values);
    boolean certain = true;
    for (int j = 0; j < values.length; j++) {
      double margin = (double) values[j] - thresholds[j];
      certain &= Math.abs(margin) > bound(sums, j); // false for NaN, too
      if (margin > 0) {
        code[j >> 3] |= (byte) (0x80 >>> (j & 7));
      }
    }
    return certain;
  }

  /** How far value j may lie from that of another engine. */
  double bound(LayerSums sums, int j) {
    double difference =
        sums.spread() * columnSizes[j] + sums.gamma() * Math.abs(bias[j]) + sums.underflow();
    return Roundings.up(function.steepness() * difference + function.error());
  }

  /** The function of the sums, in place. */
  float[] values(LayerSums sums) {
    function.apply(sums.values());
    return sums.values();
  }
}
