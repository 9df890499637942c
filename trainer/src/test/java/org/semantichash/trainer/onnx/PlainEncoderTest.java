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
package org.semantichash.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.semantichash.TextHasher;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.Encoders;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.encoder.PlainEncoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.SparseLayer;

/** The plain encoder against ONNX Runtime, on graphs that the exporter wrote. */
class PlainEncoderTest {

  private static final int TEXTS = 10_000;

  private static PlainEncoder plain(EncoderModel model) {
    return assertInstanceOf(PlainEncoder.class, Encoders.open(model));
  }

  /** Every function, after the last layer too, and up to two dense layers. */
  @ParameterizedTest
  @CsvSource({
    "NONE, NONE, 0, 64", "RELU, RELU, 0, 33", "TANH, TANH, 0, 8", "SIGMOID, SIGMOID, 0, 128",
    "NONE, NONE, 1, 16", "RELU, NONE, 1, 64", "TANH, NONE, 1, 12", "SIGMOID, NONE, 1, 129",
    "RELU, TANH, 1, 4", "TANH, SIGMOID, 1, 63", "RELU, NONE, 2, 64", "TANH, NONE, 2, 32",
    "SIGMOID, TANH, 2, 7"
  })
  void bitsAreThoseOfOnnxRuntime(Activation hidden, Activation last, int dense, int bits) {
    SplittableRandom random = new SplittableRandom(bits + dense);
    EncoderModel model =
        RandomNetworks.model(RandomNetworks.network(random, hidden, last, dense, bits));
    List<SparseVector> texts = RandomNetworks.texts(random, TEXTS);
    try (PlainEncoder encoder = plain(model);
        OnnxEncoder reference = OnnxEncoder.open(model)) {
      assertEquals(bits, encoder.bits());
      for (SparseVector text : texts) {
        assertEquals(reference.encode(text), encoder.encode(text), text::toString);
      }
      assertTrue(encoder.handedOver() < TEXTS / 2, () -> encoder.handedOver() + " handed over");
    }
  }

  /**
   * Every layer multiplies the bound by more than the signal, so that here nearly every text would
   * be handed over.
   */
  @Test
  void anEncoderThatIsSeldomCertainIsNotUsed() {
    SplittableRandom random = new SplittableRandom(259);
    EncoderModel model =
        RandomNetworks.model(
            RandomNetworks.network(random, Activation.RELU, Activation.NONE, 3, 256));
    try (Encoder encoder = Encoders.open(model)) {
      assertEquals("onnxruntime", encoder.name());
    }
  }

  /** The same function, written in another way: ONNX Runtime runs it, whatever it is. */
  @ParameterizedTest
  @EnumSource(OtherGraph.class)
  void aGraphOfAnotherFormIsLeftToOnnxRuntime(OtherGraph other) throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    HashNetwork network = RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 12);
    EncoderModel exported = RandomNetworks.model(network);
    EncoderModel model = EncoderModel.read(other.of(exported.file()));
    try (Encoder encoder = Encoders.open(model);
        PlainEncoder plain = plain(exported)) {
      assertEquals("onnxruntime", encoder.name());
      assertEquals("java", plain.name());
      List<SparseVector> texts = RandomNetworks.texts(random, 50);
      boolean same = other != OtherGraph.PACKING;
      assertEquals(same, plain.encode(texts).equals(encoder.encode(texts)));
    }
  }

  /** Whatever the last place of its own sum says, ONNX Runtime decides a text at a threshold. */
  @ParameterizedTest
  @CsvSource({"NONE, 0", "RELU, 1", "TANH, 1", "SIGMOID, 2", "RELU, 2"})
  void aTextAtAThresholdIsHandedOver(Activation hidden, int dense) {
    SplittableRandom random = new SplittableRandom(dense);
    Activation last = dense == 0 ? hidden : Activation.NONE;
    HashNetwork network = RandomNetworks.network(random, hidden, last, dense, 16);
    for (SparseVector text : RandomNetworks.texts(random, 12)) {
      float[] activations;
      try (OnnxEncoder reference = OnnxEncoder.open(RandomNetworks.model(network))) {
        activations = reference.activations(text);
      }
      int bit = random.nextInt(16);
      float at = activations[bit];
      for (float threshold : new float[] {Math.nextDown(at), at, Math.nextUp(at)}) {
        float[] thresholds = network.thresholds();
        thresholds[bit] = threshold;
        try (PlainEncoder encoder =
            plain(RandomNetworks.model(network.withThresholds(thresholds)))) {
          BinaryCode code = encoder.encode(text);
          assertEquals(1, encoder.handedOver());
          assertEquals(at > threshold, code.get(bit));
        }
      }
    }
  }

  /**
   * The bounds take tanh and sigmoid of any engine to lie within 1e-6 of the true ones; ONNX
   * Runtime's lie much nearer. A text of one term of weight 1 shows the function of its row.
   */
  @ParameterizedTest
  @EnumSource(names = {"TANH", "SIGMOID"})
  void onnxRuntimesFunctionsAreNearTheTrueOnes(Activation function) {
    SplittableRandom random = new SplittableRandom(9);
    int bits = 4096;
    float[] x = new float[RandomNetworks.TERMS * bits];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-20, 8));
    }
    HashNetwork network =
        new HashNetwork(new SparseLayer(x, new float[bits], function), List.of(), new float[bits]);
    try (OnnxEncoder reference = OnnxEncoder.open(RandomNetworks.model(network))) {
      for (int id = 0; id < RandomNetworks.TERMS; id++) {
        float[] y = reference.activations(SparseVector.of(new int[] {id}, new float[] {1}));
        for (int bit = 0; bit < bits; bit++) {
          double exact =
              function == Activation.TANH
                  ? StrictMath.tanh(x[id * bits + bit])
                  : 1 / (1 + StrictMath.exp(-x[id * bits + bit]));
          assertEquals(exact, y[bit], 1e-6 / 3);
        }
      }
    }
  }

  @Test
  void weightsAboveTheLimitStayOutsideTheHeap() {
    SplittableRandom random = new SplittableRandom(11);
    EncoderModel model =
        RandomNetworks.model(
            RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 16));
    long bytes = 4L * RandomNetworks.TERMS * RandomNetworks.WIDTH;
    try (Encoder within = Encoders.open(model, bytes);
        Encoder above = Encoders.open(model, bytes - 1)) {
      assertEquals("java", within.name());
      assertEquals("onnxruntime", above.name());
    }
  }

  /** What a hasher says of its encoder. */
  @Test
  void aHasherUsesThePlainEncoder() {
    SplittableRandom random = new SplittableRandom(10);
    HashNetwork network = RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 16);
    EncoderModel model = RandomNetworks.model(network);
    try (TextHasher hasher = TextHasher.open(model);
        PlainEncoder encoder = plain(model)) {
      assertEquals("java", hasher.encoderName());
      assertEquals(
          encoder.heapBytes() + model.metadata().vectorizer().heapBytes(), hasher.heapBytes());
      hasher.verify(model.metadata().goldenTexts());
    }
  }

  @Test
  void manyThreadsGetTheSameCodes() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    EncoderModel model =
        RandomNetworks.model(
            RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 64));
    List<SparseVector> texts = new ArrayList<>(RandomNetworks.texts(random, 500));
    texts.add(SparseVector.EMPTY);
    try (PlainEncoder encoder = plain(model);
        OnnxEncoder reference = OnnxEncoder.open(model);
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<BinaryCode> expected = reference.encode(texts);
      List<Callable<List<BinaryCode>>> calls = Collections.nCopies(64, () -> encoder.encode(texts));
      for (Future<List<BinaryCode>> future : threads.invokeAll(calls)) {
        assertEquals(expected, future.get());
      }
    }
  }

  @Test
  void theEmptyTextGetsTheEmptyCode() {
    SplittableRandom random = new SplittableRandom(5);
    HashNetwork network = RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 64);
    EncoderModel model = RandomNetworks.model(network);
    try (PlainEncoder encoder = plain(model)) {
      assertEquals(model.metadata().emptyCode(), encoder.encode(SparseVector.EMPTY));
    }
  }

  @Test
  void aTermOutsideTheVocabularyIsRefused() {
    SplittableRandom random = new SplittableRandom(6);
    HashNetwork network = RandomNetworks.network(random, Activation.NONE, Activation.NONE, 0, 8);
    SparseVector unknown = SparseVector.of(new int[] {1, RandomNetworks.TERMS}, new float[] {1, 1});
    try (PlainEncoder encoder = plain(RandomNetworks.model(network))) {
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(unknown));
    }
  }

  /** What the weights take on the heap: a little more than the floats themselves. */
  @Test
  void theMemoryOfTheWeightsIsCounted() {
    SplittableRandom random = new SplittableRandom(7);
    HashNetwork network = RandomNetworks.network(random, Activation.RELU, Activation.NONE, 1, 32);
    try (PlainEncoder encoder = plain(RandomNetworks.model(network))) {
      long floats = 4L * RandomNetworks.WIDTH * (RandomNetworks.TERMS + 32);
      assertTrue(encoder.heapBytes() > floats, () -> "bytes " + encoder.heapBytes());
      assertTrue(encoder.heapBytes() < 2 * floats, () -> "bytes " + encoder.heapBytes());
    }
  }
}
