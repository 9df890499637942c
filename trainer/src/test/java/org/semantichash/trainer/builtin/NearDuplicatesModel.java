// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.analysis.TokenizerKind;
import org.semantichash.bagofwords.HashedNgrams;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.encoder.ModelMetadata.GoldenText;
import org.semantichash.trainer.onnx.OnnxExporter;

/**
 * The built-in models for near-duplicates: signed random projections (Charikar, "Similarity
 * Estimation Techniques from Rounding Algorithms", STOC 2002) of hashed n-grams. They learn
 * nothing, so a seed makes the file, byte for byte.
 *
 * @param bits the width of the codes
 * @param buckets of the n-grams; with the width they make the size of the file
 */
record NearDuplicatesModel(int bits, int buckets) {

  /** Those that come with the plugin; files of about 2 MB. */
  static final List<NearDuplicatesModel> ALL =
      List.of(new NearDuplicatesModel(64, 30_000), new NearDuplicatesModel(128, 15_000));

  private static final long SEED = 20_261_126;
  private static final List<String> STOP_WORD_LANGUAGES =
      List.of(
          "danish",
          "dutch",
          "english",
          "finnish",
          "french",
          "german",
          "hungarian",
          "italian",
          "norwegian",
          "portuguese",
          "russian",
          "spanish",
          "swedish");

  private static final int FULL_LENGTH = 8;
  private static final List<Integer> WEIGHTS = List.of(12, 3, 1);

  /** What one occurrence of a long word adds to its factor, which ends at 127: two are enough. */
  private static final float FACTOR = 64;

  private static final int GOLDEN_TEXTS = 48;
  private static final int MANY_WORDS = 400;

  String name() {
    return "_near_duplicates_" + bits;
  }

  /** The bytes of its file. */
  byte[] file() {
    TfIdfVectorizer vectorizer =
        new TfIdfVectorizer(
            new Vocabulary(new HashedNgrams(buckets, FULL_LENGTH, WEIGHTS)),
            new TfIdfOptions(false, false, true, false, TfIdfOptions.Norm.NONE));
    AnalyzerSpec analyzer =
        new AnalyzerSpec(TokenizerKind.WORD, true, stopWords(), Stemmer.NONE, 1);
    IntegerNetwork network = network();
    ModelMetadata metadata =
        ModelMetadata.of(
            network,
            "random_projections",
            analyzer,
            vectorizer,
            Map.of("seed", Long.toString(SEED)),
            new TreeMap<>(Map.of("training_data", "none")),
            goldenTexts(network, analyzer, vectorizer));
    return new OnnxExporter(network, metadata).toBytes();
  }

  /** Those of the languages that Snowball has a list of. */
  private static List<String> stopWords() {
    return STOP_WORD_LANGUAGES.stream()
        .flatMap(language -> AnalyzerSpec.stopWords(language).stream())
        .toList();
  }

  /** Hyperplanes with nearly normal weights: the number of ones among 64 random bits, less 32. */
  private IntegerNetwork network() {
    SplittableRandom random = new SplittableRandom(SEED + bits);
    byte[] hyperplanes = new byte[buckets * bits];
    for (int i = 0; i < hyperplanes.length; i++) {
      hyperplanes[i] = (byte) (Long.bitCount(random.nextLong()) - Long.SIZE / 2);
    }
    IntegerNetwork.Layer layer =
        new IntegerNetwork.Layer(hyperplanes, 0, buckets, new int[bits], 0);
    float scale = FACTOR / (WEIGHTS.getFirst() * FULL_LENGTH);
    return new IntegerNetwork(List.of(layer), scale, TfIdfOptions.Norm.NONE);
  }

  private static List<GoldenText> goldenTexts(
      IntegerNetwork network, AnalyzerSpec spec, TfIdfVectorizer vectorizer) {
    List<GoldenText> golden = new ArrayList<>();
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      for (String text : texts()) {
        golden.add(
            new GoldenText(text, network.encode(vectorizer.transform(analyzer.terms(text)))));
      }
    }
    return golden;
  }

  /** Made-up words in several scripts, alone and mixed; oddities of Unicode; one long text. */
  private static List<String> texts() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                " \t\n ",
                "na\u00efve caf\u00e9 \u00dcbermut \u0130stanbul \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
                "\ud83d\ude00 \ud83d\udc4d\ud83c\udffd",
                "\ud842\udfb7\ud840\udc0b \ud801\udc00\ud801\udc01",
                "x".repeat(300),
                "don't e-mail A_B 3.14 1,000",
                "The same word, the same word, the same word."));
    SplittableRandom random = new SplittableRandom(SEED);
    while (texts.size() < GOLDEN_TEXTS - 1) {
      texts.add(text(random, random.nextInt(1, 40)));
    }
    texts.add(text(random, MANY_WORDS));
    return texts;
  }

  private static String text(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      switch (random.nextInt(10)) {
        case 0 -> letters(text, random, 0x4E00, 0x9FA5, 6); // ideographs
        case 1 -> letters(text, random, 0x3041, 0x3097, 8); // hiragana
        case 2 -> letters(text, random, 0x0E01, 0x0E2F, 8); // Thai consonants
        case 3 -> letters(text, random, 0x0430, 0x0450, 12); // Cyrillic
        case 4 -> letters(text, random, 0x00E0, 0x00F7, 4);
        case 5 -> letters(text, random, 'A', 'Z' + 1, 20);
        case 6 -> letters(text, random, '0', '9' + 1, 5);
        default -> letters(text, random, 'a', 'h', 3); // few, so that words come again
      }
      text.append(random.nextInt(4) == 0 ? ", " : " ");
    }
    return text.toString();
  }

  private static void letters(
      StringBuilder text, SplittableRandom random, int from, int to, int most) {
    random.ints(random.nextInt(1, most + 1), from, to).forEach(text::appendCodePoint);
  }
}
