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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.analysis.AnalyzerSpec;
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

/** Networks that nobody trained, as model files, and texts for them. */
final class RandomNetworks {

  static final int TERMS = 300;

  /** Of every layer but the last: no multiple of a vector register. */
  static final int WIDTH = 45;

  private RandomNetworks() {}

  /**
   * A network.
   *
   * @param hidden the function of every layer but the last
   * @param last the function of the last layer
   * @param dense the number of layers after the first
   */
  static HashNetwork network(
      SplittableRandom random, Activation hidden, Activation last, int dense, int bits) {
    int width = dense == 0 ? bits : WIDTH;
    Activation function = dense == 0 ? last : hidden;
    SparseLayer first =
        new SparseLayer(floats(random, TERMS * width), floats(random, width), function);
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 1; i <= dense; i++) {
      int out = i == dense ? bits : WIDTH;
      layers.add(
          new DenseLayer(
              floats(random, WIDTH * out), floats(random, out), i == dense ? last : hidden));
    }
    return new HashNetwork(first, layers, floats(random, bits));
  }

  /** Its model file, with golden texts that are all empty. */
  static EncoderModel model(HashNetwork network) {
    return EncoderModel.read(new OnnxExporter(network, metadata(network)).toBytes());
  }

  private static ModelMetadata metadata(HashNetwork network) {
    return new ModelMetadata(
        network.bits(),
        "random",
        AnalyzerSpec.defaults(),
        vectorizer(),
        network.thresholds(),
        network.encode(SparseVector.EMPTY),
        Map.of(),
        Map.of(),
        Collections.nCopies(40, new GoldenText("", network.encode(SparseVector.EMPTY))));
  }

  private static TfIdfVectorizer vectorizer() {
    List<String> terms = new ArrayList<>();
    int[] frequencies = new int[TERMS];
    for (int i = 0; i < TERMS; i++) {
      terms.add("term" + i);
      frequencies[i] = 1 + i % 9;
    }
    return new TfIdfVectorizer(new Vocabulary(terms, frequencies, 9), TfIdfOptions.DEFAULT);
  }

  /** Texts of 0 to 80 terms, with weights of different orders of magnitude and both signs. */
  static List<SparseVector> texts(SplittableRandom random, int count) {
    List<SparseVector> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(random.nextInt(80), 0, TERMS).distinct().sorted().toArray();
      float scale = (float) Math.scalb(1.0, random.nextInt(-6, 4));
      float[] weights = new float[ids.length];
      for (int j = 0; j < weights.length; j++) {
        weights[j] = scale * (float) random.nextDouble(random.nextInt(8) == 0 ? -1 : 0, 1);
      }
      texts.add(SparseVector.of(ids, weights));
    }
    return texts;
  }

  private static float[] floats(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
