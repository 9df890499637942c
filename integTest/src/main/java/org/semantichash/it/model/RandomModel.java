// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.onnx.GoldenTexts;
import org.semantichash.trainer.onnx.OnnxExporter;

/**
 * A model that nobody trained, of any size: a file as the trainer writes it, with random weights.
 * Loading, sending and running it costs what it costs with learned ones.
 */
public final class RandomModel {

  private static final int MOST_TERMS = 50_000;
  private static final int DOCUMENTS = 100_000;
  private static final long SEED = 1;

  private final SplittableRandom random;
  private final TfIdfVectorizer vectorizer;

  /** Over these words, the commonest first. */
  private RandomModel(List<String> words, long seed) {
    int[] frequencies = new int[words.size()];
    Arrays.setAll(frequencies, rank -> Math.max(1, DOCUMENTS / (rank + 2)));
    this.random = new SplittableRandom(seed);
    this.vectorizer =
        new TfIdfVectorizer(new Vocabulary(words, frequencies, DOCUMENTS), TfIdfOptions.DEFAULT);
  }

  /** A model of about so many megabytes, by a wide hidden layer. */
  public static EncoderModel ofSize(int megabytes, List<String> words, int bits) {
    List<String> known = words.subList(0, Math.min(MOST_TERMS, words.size()));
    int hidden = (int) (megabytes * 1_000_000L / known.size());
    return of(known, Math.max(1, hidden), bits);
  }

  /** A model of one hidden layer, over these words, the commonest first. */
  public static EncoderModel of(List<String> words, int hidden, int bits) {
    return of(AnalyzerSpec.defaults(), words, hidden, bits);
  }

  /** A model with an analyzer of its own, over these terms of it, the commonest first. */
  public static EncoderModel of(AnalyzerSpec analyzer, List<String> terms, int hidden, int bits) {
    return new RandomModel(terms, SEED).model(analyzer, hidden, bits);
  }

  private EncoderModel model(AnalyzerSpec spec, int hidden, int bits) {
    int terms = vectorizer.vocabulary().size();
    IntegerNetwork.Layer first =
        new IntegerNetwork.Layer(bytes(terms * hidden), 0, terms, ints(hidden), 11);
    IntegerNetwork.Layer last =
        new IntegerNetwork.Layer(bytes(hidden * bits), 0, hidden, ints(bits), 0);
    IntegerNetwork network =
        new IntegerNetwork(List.of(first, last), IntegerNetwork.LARGEST, TfIdfOptions.Norm.L2);
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      return EncoderModel.read(new OnnxExporter(network, metadata(network, analyzer)).toBytes());
    }
  }

  private ModelMetadata metadata(IntegerNetwork network, TextAnalyzer analyzer) {
    return ModelMetadata.of(
        network,
        "random",
        analyzer.spec(),
        vectorizer,
        Map.of(),
        Map.of(),
        new GoldenTexts(network, vectorizer, analyzer, SEED).create());
  }

  private byte[] bytes(int size) {
    byte[] values = new byte[size];
    random.nextBytes(values);
    return values;
  }

  /** Biases: of the size of a weight times the largest factor. */
  private int[] ints(int size) {
    return random.ints(size, -128 * IntegerNetwork.LARGEST, 128 * IntegerNetwork.LARGEST).toArray();
  }
}
