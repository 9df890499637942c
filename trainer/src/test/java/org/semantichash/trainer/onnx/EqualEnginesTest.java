// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.semantichash.TextHasher;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;

/**
 * Plain Java, ONNX Runtime and the trainer's network on the same file. A million texts: {@code mvn
 * -pl trainer -am test -Dtest=EqualEnginesTest -Dtests.encoder.texts=250000}
 */
class EqualEnginesTest {

  private static final int TEXTS = Integer.getInteger("tests.encoder.texts", 5000);

  /** Up to three dense layers; widths that are and are not multiples of bytes and of vectors. */
  @ParameterizedTest
  @CsvSource({"0, 64", "0, 33", "0, 4", "1, 64", "1, 12", "1, 129", "2, 64", "2, 7", "3, 256"})
  void bitsAreThoseOfOnnxRuntimeAndOfTheTrainer(int dense, int bits) {
    long seed = System.nanoTime();
    System.out.println("equal engines with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    IntegerNetwork network = RandomNetworks.integers(random, dense, bits);
    EncoderModel model = RandomNetworks.model(network);
    try (Encoder encoder = Encoder.open(model);
        OnnxEncoder reference = OnnxEncoder.open(model)) {
      assertEquals("java", encoder.name());
      assertEquals(bits, encoder.bits());
      for (int i = 0; i < TEXTS; i++) {
        SparseVector text = RandomNetworks.texts(random, 1).getFirst();
        BinaryCode code = encoder.encode(text);
        assertEquals(reference.encode(text), code, text::toString);
        assertEquals(network.encode(text), code, text::toString);
      }
      SparseVector text = RandomNetworks.texts(random, 1).getFirst();
      float[] activations = reference.activations(text);
      assertTrue(Arrays.equals(activations, encoder.activations(text)), text::toString);
      for (int bit = 0; bit < bits; bit++) {
        assertEquals(activations[bit] > 0, encoder.encode(text).get(bit));
      }
    }
  }

  /**
   * Every term at the largest factor, every weight and bias at one end of its range: the sums get
   * as far as the check lets them, in engines that multiply bytes into saturating shorts as in
   * others.
   */
  @ParameterizedTest
  @CsvSource({"127, 127", "127, -128", "-128, -128", "-128, 127"})
  void theLargestAndSmallestValuesAreExact(byte first, byte last) {
    int terms = 20_000;
    int hidden = 70;
    int bits = 20;
    byte[] termWeights = new byte[terms * hidden];
    Arrays.fill(termWeights, first);
    byte[] weights = new byte[hidden * bits];
    Arrays.fill(weights, last);
    int[] bias = new int[hidden];
    Arrays.fill(bias, first * 1_000_000);
    IntegerNetwork network =
        new IntegerNetwork(
            List.of(
                new IntegerNetwork.Layer(termWeights, 0, terms, bias, 0),
                new IntegerNetwork.Layer(weights, 0, hidden, new int[bits], 0)),
            IntegerNetwork.LARGEST,
            TfIdfOptions.Norm.NONE);
    int value = first > 0 ? IntegerNetwork.LARGEST : 0;
    float[] ones = new float[terms];
    Arrays.fill(ones, 1);
    SparseVector all = SparseVector.of(IntStream.range(0, terms).toArray(), ones);
    EncoderModel model = RandomNetworks.model(network);
    try (Encoder encoder = Encoder.open(model);
        OnnxEncoder reference = OnnxEncoder.open(model)) {
      assertEquals("java", encoder.name());
      for (Encoder each : List.of(encoder, reference)) {
        for (float activation : each.activations(all)) {
          assertEquals(hidden * value * last, activation, each.name());
        }
      }
    }
  }

  /** The same function, written in another way: ONNX Runtime runs it, whatever it is. */
  @ParameterizedTest
  @EnumSource(OtherGraph.class)
  void aGraphOfAnotherFormIsLeftToOnnxRuntime(OtherGraph other) {
    SplittableRandom random = new SplittableRandom(8);
    IntegerNetwork network = RandomNetworks.integers(random, 1, 12);
    EncoderModel exported = RandomNetworks.model(network);
    EncoderModel model = EncoderModel.read(other.of(network, exported));
    try (Encoder encoder = Encoder.open(model);
        Encoder plain = Encoder.open(exported)) {
      assertEquals("onnxruntime", encoder.name());
      assertEquals("java", plain.name());
      List<SparseVector> texts = RandomNetworks.texts(random, 50);
      boolean same = other != OtherGraph.PACKING;
      assertEquals(same, plain.encode(texts).equals(encoder.encode(texts)));
    }
  }

  /** As is a file whose graph would let a sum overflow. */
  @Test
  void aFileWhoseSumsCouldOverflowIsRefused() {
    IntegerNetwork network = RandomNetworks.integers(new SplittableRandom(9), 1, 12);
    EncoderModel exported = RandomNetworks.model(network);
    byte[] file = OtherGraph.withFirstBias(network, exported, Integer.MAX_VALUE);
    InvalidModelException e =
        assertThrows(InvalidModelException.class, () -> EncoderModel.read(file));
    assertEquals(
        "the sums of layer [0] must stay within [2147483647], they may get to [2152360447]",
        e.getMessage());
  }

  /** What a hasher says of its encoder, and what the encoder takes: the bytes of the file. */
  @Test
  void aHasherHoldsTheBytesOfTheFile() {
    EncoderModel model =
        RandomNetworks.model(RandomNetworks.integers(new SplittableRandom(10), 1, 16));
    try (TextHasher hasher = TextHasher.open(model);
        TextHasher reference = TextHasher.openOnnxRuntime(model)) {
      assertEquals("java", hasher.encoderName());
      assertEquals("onnxruntime", reference.encoderName());
      long bytes = model.sizeInBytes() + model.metadata().vectorizer().heapBytes();
      assertEquals(bytes, hasher.bytes());
      assertEquals(bytes, reference.bytes());
      hasher.verify(model.metadata().goldenTexts());
      reference.verify(model.metadata().goldenTexts());
    }
  }

  @Test
  void manyThreadsGetTheSameCodes() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    EncoderModel model = RandomNetworks.model(RandomNetworks.integers(random, 1, 64));
    List<SparseVector> texts = new ArrayList<>(RandomNetworks.texts(random, 500));
    texts.add(SparseVector.EMPTY);
    try (Encoder encoder = Encoder.open(model);
        OnnxEncoder reference = OnnxEncoder.open(model);
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<BinaryCode> expected = reference.encode(texts);
      List<Callable<List<BinaryCode>>> calls = Collections.nCopies(64, () -> encoder.encode(texts));
      for (Future<List<BinaryCode>> future : threads.invokeAll(calls)) {
        assertEquals(expected, future.get());
      }
    }
  }
}
