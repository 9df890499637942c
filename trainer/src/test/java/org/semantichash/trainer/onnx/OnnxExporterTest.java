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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.GoldenText;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.OnnxEncoder;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.DenseLayer;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.SparseLayer;

class OnnxExporterTest {

  private static final int TERMS = 300;
  private static final TfIdfVectorizer VECTORIZER = vectorizer();

  @TempDir private Path folder;

  private static TfIdfVectorizer vectorizer() {
    List<String> terms = new ArrayList<>();
    int[] frequencies = new int[TERMS];
    for (int i = 0; i < TERMS; i++) {
      terms.add("term" + i);
      frequencies[i] = 1 + i % 9;
    }
    return new TfIdfVectorizer(new Vocabulary(terms, frequencies, 9), TfIdfOptions.DEFAULT);
  }

  private static float[] floats(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static HashNetwork network(int bits, Activation activation, int layers) {
    SplittableRandom random = new SplittableRandom(bits);
    List<DenseLayer> dense = new ArrayList<>();
    for (int i = 1; i < layers; i++) {
      dense.add(new DenseLayer(floats(random, 40 * 40), floats(random, 40), activation));
    }
    dense.add(new DenseLayer(floats(random, 40 * bits), floats(random, bits), Activation.NONE));
    return new HashNetwork(
        new SparseLayer(floats(random, TERMS * 40), floats(random, 40), activation),
        dense,
        floats(random, bits));
  }

  private static List<SparseVector> documents(int n) {
    SplittableRandom random = new SplittableRandom(1);
    List<SparseVector> documents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] ids = random.ints(random.nextInt(60), 0, TERMS).distinct().sorted().toArray();
      float[] weights = new float[ids.length];
      Arrays.fill(weights, (float) random.nextDouble(0.05, 0.5));
      documents.add(SparseVector.of(ids, weights));
    }
    return documents;
  }

  private static ModelMetadata metadata(HashNetwork network, List<GoldenText> golden) {
    return new ModelMetadata(
        network.bits(),
        "test",
        AnalyzerSpec.defaults(),
        VECTORIZER,
        network.thresholds(),
        network.encode(SparseVector.EMPTY),
        Map.of("seed", "1"),
        Map.of("data_sha256", "0"),
        golden);
  }

  private static List<GoldenText> golden(HashNetwork network) {
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return new GoldenTexts(network, VECTORIZER, analyzer, 5).create();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void onnxRuntimeComputesTheBitsOfTheNetwork(Activation activation) throws IOException {
    for (int bits : new int[] {4, 12, 64, 129}) {
      for (int layers = 1; layers <= 2; layers++) {
        HashNetwork network = network(bits, activation, layers);
        Path file = folder.resolve(activation + "-" + bits + "-" + layers + ".onnx");
        List<SparseVector> documents = documents(200);
        ExportCheck.Outcome outcome =
            new OnnxExporter(network, metadata(network, golden(network))).write(file, documents);
        assertEquals(200 + GoldenTexts.COUNT + 1, outcome.documents());
        EncoderModel model = EncoderModel.read(file);
        try (OnnxEncoder encoder = OnnxEncoder.open(model)) {
          assertEquals(network.encode(documents), encoder.encode(documents));
          float[] expected = network.activations(documents.get(7));
          float[] actual = encoder.activations(documents.get(7));
          for (int bit = 0; bit < bits; bit++) {
            assertEquals(expected[bit], actual[bit], 1e-4f);
          }
        }
      }
    }
  }

  @Test
  void aFileThatComputesOtherBitsIsNotWritten() throws IOException {
    HashNetwork network = network(16, Activation.RELU, 1);
    float[] moved = network.thresholds();
    moved[5] += 0.5f;
    HashNetwork other = network.withThresholds(moved);
    // Golden texts on which both agree, so that only the documents tell the difference.
    List<GoldenText> golden =
        Collections.nCopies(40, new GoldenText("", network.encode(SparseVector.EMPTY)));
    assertEquals(network.encode(SparseVector.EMPTY), other.encode(SparseVector.EMPTY));
    EncoderModel model =
        EncoderModel.read(new OnnxExporter(network, metadata(network, golden)).toBytes());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> new ExportCheck(other, model).run(documents(50)));
    assertTrue(e.getMessage().startsWith("bit [5] of validation document ["), e.getMessage());
    Path target = folder.resolve("model.onnx");
    Files.writeString(target, "before");
    List<GoldenText> wrong = new ArrayList<>(golden(network));
    wrong.set(9, new GoldenText(wrong.get(9).text(), other(wrong.get(9))));
    String refused =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new OnnxExporter(network, metadata(network, wrong)).write(target, documents(5)))
            .getMessage();
    assertTrue(refused.startsWith("golden text [9] must get code ["), refused);
    assertEquals("before", Files.readString(target));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  /**
   * Two networks whose thresholds lie on both sides of an activation: the bit differs. Near enough
   * it is a tie of a document, but never one of the empty document, whose code is in the file. What
   * is near counts in the trainer, so the other network keeps off by more than any rounding, and by
   * less than golden texts do.
   */
  @Test
  void aBitAtItsThresholdIsCountedAsATie() {
    HashNetwork base = network(16, Activation.RELU, 1);
    SparseVector document =
        documents(50).stream().filter(d -> d.size() > 5).findFirst().orElseThrow();
    float activation = base.activations(document)[3];
    HashNetwork below = threshold(base, activation - 5e-4f);
    HashNetwork above = threshold(base, activation + 4e-6f);
    EncoderModel model = model(below);
    ExportCheck.Outcome outcome = new ExportCheck(above, model).run(List.of(document, document));
    assertEquals(2, outcome.tiedBits());
    HashNetwork further = threshold(base, activation + 4e-5f);
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> new ExportCheck(further, model).run(List.of(document)))
            .getMessage();
    assertTrue(message.startsWith("bit [3] of validation document [0] must be the same"), message);
    assertTrue(message.contains("its activation is [" + activation + "] in the trainer"), message);
    float empty = base.activations(SparseVector.EMPTY)[3];
    EncoderModel emptyModel = model(threshold(base, empty - 5e-4f));
    message =
        assertThrows(
                IllegalStateException.class,
                () -> new ExportCheck(threshold(base, empty + 4e-6f), emptyModel).run(List.of()))
            .getMessage();
    assertTrue(message.startsWith("bit [3] of "), message);
  }

  private static HashNetwork threshold(HashNetwork network, float value) {
    float[] thresholds = network.thresholds();
    thresholds[3] = value;
    return network.withThresholds(thresholds);
  }

  private static EncoderModel model(HashNetwork network) {
    return EncoderModel.read(
        new OnnxExporter(network, metadata(network, golden(network))).toBytes());
  }

  private static BinaryCode other(GoldenText golden) {
    byte[] bytes = golden.code().toBytes();
    bytes[0] ^= (byte) 0x80;
    return BinaryCode.of(bytes, golden.code().bits());
  }

  @Test
  void goldenTextsKeepClearOfTheThresholdsAndAreVaried() {
    HashNetwork network = network(64, Activation.RELU, 1);
    List<GoldenText> golden = golden(network);
    assertEquals(GoldenTexts.COUNT, golden.size());
    assertTrue(golden.stream().map(GoldenText::code).distinct().count() > 30);
    assertTrue(golden.stream().anyMatch(g -> g.text().isEmpty()));
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      for (GoldenText text : golden) {
        SparseVector vector = VECTORIZER.transform(analyzer.terms(text.text()));
        assertEquals(network.encode(vector), text.code());
        float[] activations = network.activations(vector);
        for (int bit = 0; bit < activations.length; bit++) {
          float margin = Math.abs(activations[bit] - network.thresholds()[bit]);
          assertFalse(margin < GoldenTexts.MARGINS.getFirst(), text.text());
        }
      }
    }
  }

  @Test
  void equalNetworksGiveEqualFiles() {
    HashNetwork network = network(32, Activation.TANH, 2);
    List<GoldenText> golden = golden(network);
    assertArrayEquals(
        new OnnxExporter(network, metadata(network, golden)).toBytes(),
        new OnnxExporter(network, metadata(network, golden)).toBytes());
  }

  @Test
  void aDamagedFileIsRefusedOrMeansTheSame() {
    HashNetwork network = network(32, Activation.RELU, 2);
    ModelMetadata metadata = metadata(network, golden(network));
    byte[] file = new OnnxExporter(network, metadata).toBytes();
    List<SparseVector> documents = documents(20);
    long seed = System.nanoTime();
    System.out.println("damaged files with seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int flip = 0; flip < 1000; flip++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      try (OnnxEncoder encoder = OnnxEncoder.open(EncoderModel.read(damaged))) {
        assertEquals(metadata.toMap(), EncoderModel.read(damaged).metadata().toMap());
        assertEquals(network.encode(documents), encoder.encode(documents), "flip " + flip);
      } catch (InvalidModelException e) {
        refused++;
      }
    }
    assertTrue(refused > 900, "refused [" + refused + "] of 1000");
  }
}
