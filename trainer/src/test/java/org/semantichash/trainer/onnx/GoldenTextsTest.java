// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;

class GoldenTextsTest {

  private static List<ModelMetadata.GoldenText> golden(IntegerNetwork network, long seed) {
    TfIdfVectorizer vectorizer = RandomNetworks.vectorizer(RandomNetworks.TERMS);
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      return new GoldenTexts(network, vectorizer, analyzer, seed).create();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 64, 4096})
  void everyNetworkHasItsTextsAndTheFixedOnesFirst(int bits) {
    List<String> fixed = null;
    for (int seed = 0; seed < 10; seed++) {
      IntegerNetwork network = RandomNetworks.integers(new SplittableRandom(seed), 1, bits);
      List<ModelMetadata.GoldenText> texts = golden(network, seed);
      assertEquals(GoldenTexts.COUNT, texts.size());
      assertEquals(texts, golden(network, seed));
      assertEquals("", texts.getFirst().text());
      List<String> first =
          texts.subList(0, 8).stream().map(ModelMetadata.GoldenText::text).toList();
      fixed = fixed == null ? first : fixed;
      assertEquals(fixed, first);
      assertTrue(
          bits < 64 || texts.stream().map(ModelMetadata.GoldenText::code).distinct().count() > 30);
      TfIdfVectorizer vectorizer = RandomNetworks.vectorizer(RandomNetworks.TERMS);
      try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
        for (ModelMetadata.GoldenText text : texts) {
          assertEquals(
              network.encode(vectorizer.transform(analyzer.terms(text.text()))), text.code());
        }
      }
    }
  }
}
