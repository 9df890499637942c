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
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Matrix;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.SparseBatch;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.learning.Variable;

/**
 * BMSH: semantic hashing with a Bernoulli-mixture prior (Dong, Su, Shen and Chen, "Document Hashing
 * with Mixture-Prior Generative Models", EMNLP 2019, section 2.3).
 *
 * <p>q(z_i = 1|x) = sigmoid(g_i(x)) (equation 8), q(c|x) = softmax(h(x)) (9), the prior is a
 * mixture of K Bernoulli vectors gamma_c (7), bits are sampled and their gradient passed straight
 * through times 0.5 (10), noise z' ~ N(z, diag(sigma_c^2)) is added, and a softmax linear in z'
 * tells the words (2). The negative lower bound (6) is minimised. Shapes: x [B, vocabulary], g [B,
 * bits], h [B, K], gamma [K, bits], E [bits, vocabulary]. A bit of the final code is 1 where
 * sigmoid(g) &gt; 1/2, that is g &gt; 0.
 *
 * <p>Deviations from the paper:
 *
 * <ul>
 *   <li>One hidden layer by default, the paper has two: as good on the data measured, and faster.
 *   <li>The documents' words are weighed by TF-IDF, so the divergences have a weight below 1,
 *       warmed up from 0; see {@link BmshOptions#klWeight}.
 *   <li>log sigma^2 of a document is the mean of the components' by q(c|x) instead of one sampled
 *       component's, so that it has a gradient.
 *   <li>The decoder's bias starts at the log frequencies of the words, otherwise all bits first
 *       turn into a bias.
 *   <li>With K = 1 the prior is fixed at 1/2, as in NASH.
 * </ul>
 *
 * <p>Not for single words or texts of a few characters: what the model does not know as a term says
 * nothing.
 */
public final class Bmsh implements HashingMethod {

  static final String NAME = "bmsh";

  /** Equation 10: the bits are 0.5 (sign + 1). */
  private static final float STRAIGHT_THROUGH = 0.5f;

  /** Where log sigma^2 starts: sigma 0.22. */
  private static final float LOG_VARIANCE = -3;

  private final String name;
  private final BmshOptions options;

  /** The method with these options. */
  public Bmsh(BmshOptions options) {
    this(NAME, options);
  }

  Bmsh(String name, BmshOptions options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> toProperties() {
    return options.toProperties();
  }

  @Override
  public Objective objective(Dataset documents, TrainingOptions training) {
    return new LowerBound(options, documents, training);
  }

  /** The negative lower bound, equation 6. */
  private static final class LowerBound implements Objective {

    private final BmshOptions options;
    private final HiddenLayers layers;
    private final Parameter componentWeights;
    private final Parameter componentBias;
    private final Parameter prior;
    private final Parameter mixture;
    private final Parameter logVariance;
    private final Parameter embedding;
    private final Parameter wordBias;

    LowerBound(BmshOptions options, Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      int bits = training.bits();
      int components = options.components();
      this.options = options;
      layers = new HiddenLayers(documents.vocabularySize(), training, random);
      componentWeights =
          Parameter.dense(
              "component_weights",
              HiddenLayers.uniform(training.hiddenUnits(), components, random));
      componentBias = Parameter.dense("component_bias", new Matrix(1, components));
      prior = Parameter.dense("prior", prior(components, bits, random));
      mixture = Parameter.dense("mixture", new Matrix(1, components));
      logVariance = Parameter.dense("log_variance", filled(components, bits, LOG_VARIANCE));
      embedding =
          Parameter.dense(
              "embedding", HiddenLayers.uniform(bits, documents.vocabularySize(), random));
      wordBias = Parameter.dense("word_bias", logFrequencies(documents));
    }

    private static Matrix prior(int components, int bits, SplittableRandom random) {
      Matrix prior = new Matrix(components, bits);
      for (int c = 0; components > 1 && c < components; c++) {
        for (int i = 0; i < bits; i++) {
          prior.set(c, i, (float) random.nextDouble(-1, 1));
        }
      }
      return prior;
    }

    private static Matrix filled(int rows, int columns, float value) {
      Matrix matrix = new Matrix(rows, columns);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          matrix.set(row, column, value);
        }
      }
      return matrix;
    }

    private static Matrix logFrequencies(Dataset documents) {
      double[] sums = new double[documents.vocabularySize()];
      double total = 0;
      for (SparseVector vector : documents.vectors()) {
        for (int i = 0; i < vector.size(); i++) {
          sums[vector.id(i)] += vector.weight(i);
          total += vector.weight(i);
        }
      }
      Matrix bias = new Matrix(1, sums.length);
      double least = 1e-3 / Math.max(1, documents.size()); // for terms of other splits
      for (int term = 0; term < sums.length; term++) {
        bias.set(0, term, (float) StrictMath.log(sums[term] / Math.max(total, 1) + least));
      }
      return bias;
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(layers.parameters());
      if (options.components() > 1) {
        parameters.addAll(List.of(componentWeights, componentBias, prior, mixture));
      }
      if (options.noise()) {
        parameters.add(logVariance);
      }
      parameters.addAll(List.of(embedding, wordBias));
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, SparseBatch batch) {
      Variable hidden = layers.hidden(tape, batch);
      Variable bits = layers.bitLogits(tape, hidden);
      Variable components = tape.linear(hidden, componentWeights, componentBias);
      Variable z = tape.sampleBits(tape.sigmoid(bits), STRAIGHT_THROUGH);
      if (options.noise()) {
        z = tape.addNoise(z, tape.multiply(tape.softmax(components), logVariance));
      }
      Variable reconstruction = tape.reconstructionLoss(z, embedding, wordBias, batch);
      Variable divergence = tape.mixtureDivergence(bits, components, prior, mixture);
      return tape.combine(1, reconstruction, options.klWeightAt(tape.step()), divergence);
    }

    @Override
    public HashNetwork network() {
      return layers.network();
    }
  }
}
