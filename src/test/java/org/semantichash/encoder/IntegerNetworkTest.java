// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.hash.BinaryCode;

/** Both kernels against loops over longs. */
class IntegerNetworkTest {

  private static final TfIdfOptions.Norm NONE = TfIdfOptions.Norm.NONE;

  private static final long SEED = System.nanoTime();

  private final SplittableRandom random = new SplittableRandom(SEED);

  private IntegerNetwork.Layer layer(int inputs, int outputs, int shift, boolean largest) {
    int offset = random.nextInt(10);
    int behind = random.nextInt(200); // fewer than the kernels read: the weights are copied
    byte[] weights = new byte[offset + inputs * outputs + behind];
    random.nextBytes(weights);
    if (largest) {
      Arrays.fill(weights, random.nextBoolean() ? Byte.MIN_VALUE : Byte.MAX_VALUE);
    }
    int most = largest ? 1_000_000_000 : 1 + random.nextInt(100_000);
    int[] bias = random.ints(outputs, -most, most).toArray();
    return new IntegerNetwork.Layer(weights, offset, inputs, bias, shift);
  }

  private List<IntegerNetwork.Layer> layers(int terms, boolean largest) {
    List<IntegerNetwork.Layer> layers = new ArrayList<>();
    int inputs = terms;
    for (int i = random.nextInt(3); i > 0; i--) {
      int outputs = random.nextInt(1, 140);
      layers.add(layer(inputs, outputs, random.nextInt(12), largest));
      inputs = outputs;
    }
    layers.add(layer(inputs, random.nextInt(4, 140), 0, largest));
    return layers;
  }

  private SparseVector text(int terms, boolean largest) {
    int[] ids =
        random.ints(random.nextInt(Math.max(120, terms)), 0, terms).distinct().sorted().toArray();
    float[] weights = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weights[i] = largest ? 1 : (float) random.nextDouble(-0.1, 1.1);
    }
    return SparseVector.of(ids, weights);
  }

  /** The definition, by plain loops over longs. */
  private static long[] expected(List<IntegerNetwork.Layer> layers, SparseVector text) {
    long[] values = new long[layers.getFirst().inputs()];
    for (int i = 0; i < text.size(); i++) {
      long rounded = Math.round(Math.rint(text.weight(i) * 127.0));
      values[text.id(i)] = Math.max(-127, Math.min(127, rounded));
    }
    long[] sums = values;
    for (IntegerNetwork.Layer layer : layers) {
      sums = new long[layer.outputs()];
      for (int output = 0; output < sums.length; output++) {
        sums[output] = layer.bias()[output];
        for (int input = 0; input < values.length; input++) {
          sums[output] += values[input] * layer.weight(input, output);
        }
        assertTrue(Math.abs(sums[output]) <= Integer.MAX_VALUE); // no sum overflows
      }
      values = new long[sums.length];
      for (int unit = 0; unit < sums.length; unit++) {
        values[unit] = Math.min(127, Math.max(0, sums[unit]) >> layer.shift());
      }
    }
    return sums;
  }

  @Test
  void bothKernelsGiveTheSumsOfPlainLoops() {
    for (int round = 0; round < 400; round++) {
      boolean largest = round % 4 == 0;
      int terms = random.nextInt(1, round % 20 == 0 ? 1200 : 300); // more than a pass has, too
      List<IntegerNetwork.Layer> layers = layers(terms, largest);
      for (RowSums kernel : List.of(RowSums.scalar(), RowSums.best())) {
        IntegerNetwork network = new IntegerNetwork(layers, 127, NONE, kernel);
        for (int i = 0; i < 10; i++) {
          check(network, text(terms, largest), "seed " + SEED + ", round " + round);
        }
        check(network, SparseVector.EMPTY, "seed " + SEED + ", round " + round);
      }
    }
  }

  private static void check(IntegerNetwork network, SparseVector text, String which) {
    long[] expected = expected(network.layers(), text);
    BinaryCode code = network.encode(text);
    float[] activations = network.activations(text);
    for (int bit = 0; bit < expected.length; bit++) {
      assertEquals(expected[bit] > 0, code.get(bit), which);
      assertEquals((float) expected[bit], activations[bit], which);
    }
    assertEquals(List.of(code, code), network.encode(List.of(text, text)));
  }

  @Test
  void aFactorIsTheNearestWholeNumberOfSevenBits() {
    assertEquals(0, IntegerNetwork.factor(0.5f / 128, 128), "a half is rounded to the even number");
    assertEquals(2, IntegerNetwork.factor(1.5f / 128, 128));
    assertEquals(127, IntegerNetwork.factor(1, 127));
    assertEquals(127, IntegerNetwork.factor(3e38f, 127));
    assertEquals(-127, IntegerNetwork.factor(-3e38f, 127));
    assertEquals(64, IntegerNetwork.factor(0.5f, 127));
  }

  @Test
  void sumsThatCouldOverflowAreRefused() {
    int terms = 133_000; // 133,000 times 127 times 128 is more than 2^31
    List<IntegerNetwork.Layer> layers =
        List.of(new IntegerNetwork.Layer(new byte[terms * 4], 0, terms, new int[4], 0));
    assertEquals(
        "the sums of layer [0] must stay within [2147483647], they may get to [2162048000]",
        reason(layers, NONE));
    // Weights of length 1 cannot sum up to so much, however many terms there are.
    assertEquals(4, new IntegerNetwork(layers, 127, TfIdfOptions.Norm.L2).bits());
    int[] bias = {0, 0, 0, Integer.MIN_VALUE};
    assertEquals(
        "the sums of layer [1] must stay within [2147483647], they may get to [2147548672]",
        reason(
            List.of(
                new IntegerNetwork.Layer(new byte[3 * 4], 0, 3, new int[4], 0),
                new IntegerNetwork.Layer(new byte[4 * 4], 0, 4, bias, 0)),
            NONE));
  }

  /**
   * The longest texts that weights of Euclidean length 1 allow stay within the bound of the check.
   */
  @Test
  void factorsOfUnitLengthSumUpToNoMoreThanTheBound() {
    for (int terms : new int[] {1, 2, 100, 16_129, 32_000, 64_000, 64_516, 64_517, 100_000}) {
      float weight = (float) (1 / Math.sqrt(terms));
      long sum = (long) terms * IntegerNetwork.factor(weight, 127);
      assertEquals(true, sum <= 64_770, terms + " terms: " + sum);
    }
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    assertEquals(
        "layer [1] must have [4] inputs, got [5]",
        reason(
            List.of(
                new IntegerNetwork.Layer(new byte[12], 0, 3, new int[4], 0),
                new IntegerNetwork.Layer(new byte[20], 0, 5, new int[4], 0)),
            NONE));
    InvalidModelException e =
        assertThrows(
            InvalidModelException.class,
            () -> new IntegerNetwork.Layer(new byte[20], 9, 3, new int[4], 0));
    assertEquals("a layer must have [3] rows of [4] weights, got [11] bytes", e.getMessage());
    e =
        assertThrows(
            InvalidModelException.class,
            () -> new IntegerNetwork.Layer(new byte[12], 0, 3, new int[4], 31));
    assertEquals("the shift of a layer must be between [0] and [30], got [31]", e.getMessage());
  }

  private static String reason(List<IntegerNetwork.Layer> layers, TfIdfOptions.Norm norm) {
    return assertThrows(InvalidModelException.class, () -> new IntegerNetwork(layers, 127, norm))
        .getMessage();
  }

  @Test
  void aTermOutsideTheVocabularyIsRefused() {
    IntegerNetwork network = new IntegerNetwork(List.of(layer(100, 8, 0, false)), 127, NONE);
    SparseVector unknown = SparseVector.of(new int[] {1, 100}, new float[] {1, 1});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> network.encode(unknown));
    assertEquals(
        "a term id must be below [100], the size of the vocabulary, got [100]", e.getMessage());
  }

  /** Weights are used where they are: a file of megabytes is not copied. */
  @Test
  void theBytesOfAFileAreShared() {
    byte[] file = new byte[10_000];
    IntegerNetwork.Layer first = new IntegerNetwork.Layer(file, 100, 50, new int[40], 3);
    IntegerNetwork.Layer last = new IntegerNetwork.Layer(file, 3000, 40, new int[16], 0);
    assertSame(file, first.weights());
    IntegerNetwork network = new IntegerNetwork(List.of(first, last), 127, NONE);
    assertEquals(10_000, network.bytes());
    byte[] small = new byte[40];
    random.nextBytes(small);
    IntegerNetwork.Layer copied = new IntegerNetwork.Layer(small, 8, 4, new int[8], 0);
    assertArrayEquals(Arrays.copyOfRange(small, 8, 40), Arrays.copyOf(copied.weights(), 32));
    assertEquals(0, copied.offset());
  }
}
