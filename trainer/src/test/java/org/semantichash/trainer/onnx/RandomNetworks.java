// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;

/** Networks that nobody trained, in floats and in integers, as model files, and texts for them. */
final class RandomNetworks {

  static final int TERMS = 300;

  /** Of every layer but the last: no multiple of a vector register. */
  static final int WIDTH = 45;

  private RandomNetworks() {}

  /**
   * A network in floats.
   *
   * @param dense the number of layers after the first
   */
  static HashNetwork floats(SplittableRandom random, int dense, int bits) {
    int width = dense == 0 ? bits : WIDTH;
    SparseLayer first = new SparseLayer(floats(random, TERMS * width), floats(random, width));
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 1; i <= dense; i++) {
      int out = i == dense ? bits : WIDTH;
      layers.add(new DenseLayer(floats(random, WIDTH * out), floats(random, out)));
    }
    return new HashNetwork(first, layers, floats(random, bits));
  }

  /** A network in integers whose weights are any bytes. */
  static IntegerNetwork integers(SplittableRandom random, int dense, int bits) {
    List<IntegerNetwork.Layer> layers = new ArrayList<>();
    for (int i = 0; i <= dense; i++) {
      int in = i == 0 ? TERMS : WIDTH;
      int out = i == dense ? bits : WIDTH;
      byte[] weights = new byte[in * out];
      random.nextBytes(weights);
      int[] bias = random.ints(out, -20_000, 20_000).toArray();
      layers.add(
          new IntegerNetwork.Layer(weights, 0, in, bias, i == dense ? 0 : random.nextInt(8, 11)));
    }
    return new IntegerNetwork(layers, IntegerNetwork.LARGEST, TfIdfOptions.Norm.NONE);
  }

  /** Its model file, with golden texts that are all empty. */
  static EncoderModel model(IntegerNetwork network) {
    return EncoderModel.read(
        new OnnxExporter(
                network,
                metadata(
                    network,
                    Collections.nCopies(
                        40, new ModelMetadata.GoldenText("", network.encode(SparseVector.EMPTY)))))
            .toBytes());
  }

  static ModelMetadata metadata(IntegerNetwork network, List<ModelMetadata.GoldenText> golden) {
    return ModelMetadata.of(
        network,
        "random",
        AnalyzerSpec.defaults(),
        vectorizer(network.layers().getFirst().inputs()),
        Map.of("seed", "1"),
        Map.of("data_sha256", "0"),
        golden);
  }

  /** Weighs by document frequencies only, so that any weight may occur. */
  static TfIdfVectorizer vectorizer(int size) {
    List<String> terms = new ArrayList<>();
    int[] frequencies = new int[size];
    for (int i = 0; i < size; i++) {
      terms.add("term" + i);
      frequencies[i] = 1 + i % 9;
    }
    return new TfIdfVectorizer(
        new Vocabulary(terms, frequencies, 9),
        new TfIdfOptions(false, true, true, false, TfIdfOptions.Norm.NONE));
  }

  /**
   * Texts of 0 to 80 terms, with weights of different orders of magnitude and both signs, some of
   * them beyond the largest factor.
   */
  static List<SparseVector> texts(SplittableRandom random, int count) {
    List<SparseVector> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(random.nextInt(80), 0, TERMS).distinct().sorted().toArray();
      float scale = (float) Math.scalb(1.0, random.nextInt(-6, 2));
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
