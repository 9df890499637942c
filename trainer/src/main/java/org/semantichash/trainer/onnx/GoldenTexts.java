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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.encoder.GoldenText;
import org.semantichash.trainer.learning.HashNetwork;

/**
 * Makes up texts that exercise analyzer, vocabulary and network: terms of the vocabulary in random
 * order with stop words, punctuation, capitals and unknown words, and a few oddities of Unicode. No
 * text of the corpus is used, because a model file must not give documents away.
 *
 * <p>A text is taken only if every activation keeps clear of its threshold, so that another machine
 * that rounds differently in the last place still gets the same bits. Wide codes have few such
 * texts: then a smaller margin must do, down to the tie of {@link ExportCheck}.
 */
public final class GoldenTexts {

  /** How many there are in a file. */
  public static final int COUNT = 48;

  /** How clear of its threshold every activation is, tried in this order. */
  static final List<Float> MARGINS = List.of(1e-3f, 1e-4f, ExportCheck.TIE);

  private static final int TRIES_A_MARGIN = 1000;

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

  private final HashNetwork network;
  private final TfIdfVectorizer vectorizer;
  private final TextAnalyzer analyzer;
  private final SplittableRandom random;

  /** The texts of a model. */
  public GoldenTexts(
      HashNetwork network, TfIdfVectorizer vectorizer, TextAnalyzer analyzer, long seed) {
    this.network = network;
    this.vectorizer = vectorizer;
    this.analyzer = analyzer;
    this.random = new SplittableRandom(seed);
  }

  /**
   * The vectors of the texts that every model file holds, the empty one among them. Thresholds must
   * keep clear of them: {@link ClearThresholds}.
   */
  public static List<SparseVector> fixedVectors(TfIdfVectorizer vectorizer, TextAnalyzer analyzer) {
    return FIXED.stream().map(text -> vectorizer.transform(analyzer.terms(text))).toList();
  }

  /**
   * The texts with the codes of the network: the fixed ones first, of these the empty one in any
   * case; then random ones. Where too few of them keep clear, blanks, which are the empty text to
   * the network, make up the number.
   */
  public List<GoldenText> create() {
    List<GoldenText> texts = new ArrayList<>();
    for (String text : FIXED) {
      Candidate candidate = candidate(text);
      if (text.isEmpty() || candidate.clearance() >= ExportCheck.TIE) {
        texts.add(candidate.golden());
      }
    }
    texts.addAll(randomTexts(COUNT - texts.size()));
    while (texts.size() < COUNT) {
      texts.add(candidate(" ".repeat(texts.size())).golden());
    }
    return texts;
  }

  /** At most this many texts, by the largest margin that so many keep. */
  private List<GoldenText> randomTexts(int count) {
    List<Candidate> candidates = new ArrayList<>();
    List<GoldenText> clear = List.of();
    for (float margin : MARGINS) {
      clear = new ArrayList<>(clear(candidates, margin));
      for (int tries = 0; tries < TRIES_A_MARGIN && clear.size() < count; tries++) {
        Candidate candidate = candidate(randomText());
        candidates.add(candidate);
        if (candidate.clearance() >= margin) {
          clear.add(candidate.golden());
        }
      }
      if (clear.size() >= count) {
        break;
      }
    }
    return clear.subList(0, Math.min(count, clear.size()));
  }

  private static List<GoldenText> clear(List<Candidate> candidates, float margin) {
    return candidates.stream()
        .filter(candidate -> candidate.clearance() >= margin)
        .map(Candidate::golden)
        .toList();
  }

  private record Candidate(GoldenText golden, float clearance) {}

  private Candidate candidate(String text) {
    SparseVector vector = vectorizer.transform(analyzer.terms(text));
    return new Candidate(
        new GoldenText(text, network.encode(vector)), ClearThresholds.clearance(network, vector));
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
