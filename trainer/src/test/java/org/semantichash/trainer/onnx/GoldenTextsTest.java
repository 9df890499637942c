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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.GoldenText;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.DenseLayer;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.SparseLayer;

class GoldenTextsTest {

  private static final int HIDDEN = 24;
  private static final List<String> TERMS =
      List.of("000", "14", "caf\u00e9", "don", "mail", "na\u00efve", "river", "stone", "tree");

  private static final TfIdfVectorizer VECTORIZER =
      new TfIdfVectorizer(
          new Vocabulary(TERMS, new int[] {1, 2, 3, 4, 5, 4, 3, 2, 1}, 9), TfIdfOptions.DEFAULT);

  private static float[] floats(SplittableRandom random, int n, float scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = scale * (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** An untrained network whose thresholds all lie at an activation of the empty text. */
  private static HashNetwork tied(int bits, float scale, SplittableRandom random) {
    HashNetwork network =
        new HashNetwork(
            new SparseLayer(
                floats(random, TERMS.size() * HIDDEN, 1),
                floats(random, HIDDEN, 1),
                Activation.RELU),
            List.of(
                new DenseLayer(
                    floats(random, HIDDEN * bits, scale),
                    floats(random, bits, scale),
                    Activation.NONE)),
            new float[bits]);
    return network.withThresholds(network.activations(SparseVector.EMPTY));
  }

  private static HashNetwork cleared(HashNetwork network) {
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return ClearThresholds.of(network, GoldenTexts.fixedVectors(VECTORIZER, analyzer));
    }
  }

  private static List<GoldenText> golden(HashNetwork network, long seed) {
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return new GoldenTexts(network, VECTORIZER, analyzer, seed).create();
    }
  }

  private static List<String> names(List<GoldenText> texts, int from, int to) {
    return texts.subList(from, to).stream().map(GoldenText::text).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 512, 4096})
  void everyNetworkHasItsTextsAndTheFixedOnesFirst(int bits) {
    List<String> fixed = names(golden(cleared(tied(64, 1, new SplittableRandom(0))), 0), 0, 8);
    assertEquals("", fixed.getFirst());
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float scale = (float) Math.pow(10, random.nextInt(-4, 4)); // tiny: nothing keeps clear
      HashNetwork network = cleared(tied(bits, scale, random));
      List<GoldenText> texts = golden(network, seed);
      assertEquals(GoldenTexts.COUNT, texts.size());
      assertEquals(fixed, names(texts, 0, 8));
      try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
        for (GoldenText text : texts) {
          SparseVector vector = VECTORIZER.transform(analyzer.terms(text.text()));
          assertEquals(network.encode(vector), text.code());
          float clearance = ClearThresholds.clearance(network, vector);
          assertTrue(clearance >= ExportCheck.TIE, "seed " + seed + " clearance " + clearance);
        }
      }
    }
  }

  @Test
  void theEmptyTextIsKeptEvenAtItsThresholds() {
    List<GoldenText> texts = golden(tied(64, 1, new SplittableRandom(3)), 3);
    assertEquals("", texts.getFirst().text());
    assertEquals(GoldenTexts.COUNT, texts.size());
  }

  @Test
  void aNetworkWithThresholdsAtActivationsGetsThroughTheCheck() {
    for (int bits : List.of(64, 4096)) {
      HashNetwork network = cleared(tied(bits, 1, new SplittableRandom(bits)));
      ModelMetadata metadata =
          new ModelMetadata(
              bits,
              "test",
              AnalyzerSpec.defaults(),
              VECTORIZER,
              network.thresholds(),
              network.encode(SparseVector.EMPTY),
              Map.of("seed", "1"),
              Map.of("data_sha256", "0"),
              golden(network, 1));
      EncoderModel model = EncoderModel.read(new OnnxExporter(network, metadata).toBytes());
      assertEquals(0, new ExportCheck(network, model).run(List.of()).tiedBits());
    }
  }

  @Test
  void onlyThresholdsAtAnActivationAreMovedAndNotFar() {
    HashNetwork network = tied(64, 1, new SplittableRandom(5));
    float[] thresholds = network.thresholds();
    List<Integer> clear = new ArrayList<>();
    for (int bit = 0; bit < 64; bit += 2) {
      thresholds[bit] += 20;
      clear.add(bit);
    }
    float[] moved =
        ClearThresholds.of(network.withThresholds(thresholds), List.of(SparseVector.EMPTY))
            .thresholds();
    float[] empty = network.activations(SparseVector.EMPTY);
    for (int bit = 0; bit < 64; bit++) {
      if (clear.contains(bit)) {
        assertEquals(thresholds[bit], moved[bit]);
      } else {
        float distance = ClearThresholds.clearance(empty[bit], moved[bit]);
        assertTrue(distance >= ClearThresholds.MARGIN, "bit " + bit);
        assertTrue(distance < 2 * ClearThresholds.MARGIN, "bit " + bit);
      }
    }
    HashNetwork once = cleared(network);
    assertArrayEquals(once.thresholds(), cleared(once).thresholds());
  }
}
