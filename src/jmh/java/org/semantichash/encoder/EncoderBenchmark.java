// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.hash.BinaryCode;

/**
 * The code of a text from its term weights, with 10,000 terms, one hidden layer of 500 and 64 bits:
 * in integers with vectors and with plain loops, beside the same network in floats, four rows at a
 * time, as the first versions ran it (without their bounds on rounding).
 *
 * <p>{@code mvn -q -Pjmh -pl src test -Djmh.args="EncoderBenchmark"}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 9, time = 1)
public class EncoderBenchmark {

  private static final int TERMS = 10_000;
  private static final int HIDDEN = 500;
  private static final int BITS = 64;
  private static final int TEXTS = 4096;
  private static final int SHIFT = 11;

  @Param("60")
  public int terms;

  private final SparseVector[] texts = new SparseVector[TEXTS];
  private IntegerNetwork vector;
  private IntegerNetwork scalar;
  private float[][] termRows;
  private float[][] rows;
  private int next;

  /** Random weights; texts of common terms more than of rare ones. */
  @Setup
  public void setup() {
    SplittableRandom random = new SplittableRandom(1);
    List<IntegerNetwork.Layer> layers =
        List.of(layer(random, TERMS, HIDDEN, SHIFT), layer(random, HIDDEN, BITS, 0));
    TfIdfOptions.Norm norm = TfIdfOptions.Norm.L2;
    vector = new IntegerNetwork(layers, IntegerNetwork.LARGEST, norm, RowSums.best());
    scalar = new IntegerNetwork(layers, IntegerNetwork.LARGEST, norm, RowSums.scalar());
    termRows = floats(layers.getFirst());
    rows = floats(layers.getLast());
    for (int i = 0; i < TEXTS; i++) {
      int[] ids =
          random
              .doubles()
              .mapToInt(u -> (int) Math.pow(TERMS, u))
              .distinct()
              .limit(terms)
              .toArray();
      Arrays.sort(ids);
      float[] weights = new float[terms];
      Arrays.fill(weights, (float) (1 / Math.sqrt(terms)));
      texts[i] = SparseVector.of(ids, weights);
      if (vector.encode(texts[i]).equals(scalar.encode(texts[i])) == false) {
        throw new AssertionError("the codes differ");
      }
    }
  }

  private static IntegerNetwork.Layer layer(
      SplittableRandom random, int inputs, int outputs, int shift) {
    byte[] weights = new byte[inputs * outputs];
    random.nextBytes(weights);
    return new IntegerNetwork.Layer(weights, 0, inputs, new int[outputs], shift);
  }

  private static float[][] floats(IntegerNetwork.Layer layer) {
    float[][] floats = new float[layer.inputs()][layer.outputs()];
    for (int input = 0; input < floats.length; input++) {
      for (int output = 0; output < layer.outputs(); output++) {
        floats[input][output] = layer.weight(input, output);
      }
    }
    return floats;
  }

  private SparseVector text() {
    next = (next + 1) % TEXTS;
    return texts[next];
  }

  /** As a node does it. */
  @Benchmark
  public BinaryCode integersWithVectors() {
    return vector.encode(text());
  }

  /** Without the module of vectors. */
  @Benchmark
  public BinaryCode integersWithPlainLoops() {
    return scalar.encode(text());
  }

  /** In floats. */
  @Benchmark
  public BinaryCode floats() {
    SparseVector text = text();
    float[] hidden = new float[HIDDEN];
    int[] ids = Arrays.copyOf(text.ids(), (text.size() + 3) / 4 * 4);
    add(termRows, ids, Arrays.copyOf(text.weights(), ids.length), ids.length, hidden);
    ids = new int[HIDDEN + 3];
    float[] factors = new float[HIDDEN + 3];
    int count = 0;
    for (int unit = 0; unit < HIDDEN; unit++) {
      ids[count] = unit;
      factors[count] = Math.max(0, hidden[unit]);
      count += hidden[unit] > 0 ? 1 : 0;
    }
    Arrays.fill(factors, count, HIDDEN + 3, 0);
    float[] sums = new float[BITS];
    add(rows, ids, factors, (count + 3) / 4 * 4, sums);
    byte[] code = new byte[BITS / 8];
    for (int bit = 0; bit < BITS; bit++) {
      if (sums[bit] > 0) {
        code[bit >> 3] |= (byte) (0x80 >>> (bit & 7));
      }
    }
    return BinaryCode.of(code, BITS);
  }

  private static void add(float[][] rows, int[] ids, float[] factors, int count, float[] sums) {
    for (int i = 0; i < count; i += 4) {
      float[] p = rows[ids[i]];
      float[] q = rows[ids[i + 1]];
      float[] r = rows[ids[i + 2]];
      float[] s = rows[ids[i + 3]];
      addFour(p, factors[i], q, factors[i + 1], r, factors[i + 2], s, factors[i + 3], sums);
    }
  }

  private static void addFour(
      float[] p,
      float a,
      float[] q,
      float b,
      float[] r,
      float c,
      float[] s,
      float d,
      float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += (a * p[j] + b * q[j]) + (c * r[j] + d * s[j]);
    }
  }
}
