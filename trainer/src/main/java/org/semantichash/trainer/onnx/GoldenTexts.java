// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.ModelMetadata;

/**
 * Generates texts that exercise analyzer, vocabulary and network: terms of the vocabulary in random
 * order with stop words, punctuation, capitals and unknown words, and a few oddities of Unicode. No
 * text of the corpus is used, because a model file must not give documents away.
 */
public final class GoldenTexts {

  /** How many there are in a file. */
  public static final int COUNT = 48;

  private static final List<String> FIXED =
      List.of(
          "",
          " \t\n ",
          "qzxqzx vwvwvw",
          "\u65e5\u672c\u8a9e \u4e2d\u6587",
          "na\u00efve caf\u00e9 \u00dcbermut \u0130stanbul",
          "\ud83d\ude00 \ud83d\udc4d\ud83c\udffd",
          "x".repeat(300),
          "don't e-mail A_B 3.14 1,000");

  private final Encoder network;
  private final TfIdfVectorizer vectorizer;
  private final TextAnalyzer analyzer;
  private final SplittableRandom random;

  /** The texts of a model. */
  public GoldenTexts(
      Encoder network, TfIdfVectorizer vectorizer, TextAnalyzer analyzer, long seed) {
    this.network = network;
    this.vectorizer = vectorizer;
    this.analyzer = analyzer;
    this.random = new SplittableRandom(seed);
  }

  /** The texts with the codes of the network: the fixed ones first, then random ones. */
  public List<ModelMetadata.GoldenText> create() {
    List<ModelMetadata.GoldenText> texts = new ArrayList<>();
    for (String text : FIXED) {
      texts.add(golden(text));
    }
    while (texts.size() < COUNT) {
      texts.add(golden(randomText()));
    }
    return texts;
  }

  private ModelMetadata.GoldenText golden(String text) {
    return new ModelMetadata.GoldenText(
        text, network.encode(vectorizer.transform(analyzer.terms(text))));
  }

  private String randomText() {
    StringBuilder text = new StringBuilder();
    List<String> stopWords = analyzer.spec().stopWords();
    for (int words = random.nextInt(1, 40); words > 0; words--) {
      String term = vectorizer.vocabulary().term(random.nextInt(vectorizer.vocabulary().size()));
      switch (random.nextInt(8)) {
        case 0 -> text.append(term.toUpperCase(Locale.ROOT)).append(", ");
        case 1 -> text.append('(').append(term).append(") ");
        case 2 -> text.append("unknown").append(random.nextInt(1000)).append(' ');
        case 3 ->
            text.append(stopWords.isEmpty() ? "" : stopWords.get(random.nextInt(stopWords.size())))
                .append(". ");
        default -> text.append(term).append(' ');
      }
    }
    return text.toString();
  }
}
