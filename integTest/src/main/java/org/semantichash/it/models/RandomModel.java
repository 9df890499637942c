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
package org.semantichash.it.models;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.learning.Activation;
import org.semantichash.trainer.learning.DenseLayer;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.SparseLayer;
import org.semantichash.trainer.onnx.ClearThresholds;
import org.semantichash.trainer.onnx.GoldenTexts;
import org.semantichash.trainer.onnx.OnnxExporter;

/**
 * A model that nobody trained, of any size: a file as the trainer writes it, with random weights.
 * Loading, sending and running it costs what it costs with learned ones.
 */
public final class RandomModel {

  private static final int MOST_TERMS = 50_000;
  private static final int DOCUMENTS = 100_000;

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
  static EncoderModel ofSize(int megabytes, List<String> words, int bits) {
    List<String> known = words.subList(0, Math.min(MOST_TERMS, words.size()));
    int hidden = (int) (megabytes * 1_000_000L / (known.size() * (long) Float.BYTES));
    return of(known, Math.max(1, hidden), bits);
  }

  /** A model of one hidden layer, over these words, the commonest first. */
  public static EncoderModel of(List<String> words, int hidden, int bits) {
    return new RandomModel(words, Options.SEED).model(hidden, bits);
  }

  private EncoderModel model(int hidden, int bits) {
    int terms = vectorizer.vocabulary().size();
    SparseLayer first = new SparseLayer(floats(terms * hidden), floats(hidden), Activation.RELU);
    DenseLayer last = new DenseLayer(floats(hidden * bits), floats(bits), Activation.NONE);
    HashNetwork drawn = new HashNetwork(first, List.of(last), new float[bits]);
    try (TextAnalyzer analyzer = new TextAnalyzer(AnalyzerSpec.defaults())) {
      HashNetwork network =
          ClearThresholds.of(drawn, GoldenTexts.fixedVectors(vectorizer, analyzer));
      return EncoderModel.read(new OnnxExporter(network, metadata(network, analyzer)).toBytes());
    }
  }

  private ModelMetadata metadata(HashNetwork network, TextAnalyzer analyzer) {
    return new ModelMetadata(
        network.bits(),
        "random",
        analyzer.spec(),
        vectorizer,
        network.thresholds(),
        network.encode(SparseVector.EMPTY),
        Map.of(),
        Map.of(),
        new GoldenTexts(network, vectorizer, analyzer, Options.SEED).create());
  }

  private float[] floats(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
