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
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.Matrix;
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.OptionReader;
import org.semantichash.trainer.learning.Parameter;
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
 * tells the words (2). The negative lower bound (6) is minimised; supervised, the cross-entropy of
 * the labels is added (section 2.4). Shapes: x [B, vocabulary], g [B, bits], h [B, K], gamma [K,
 * bits], E [bits, vocabulary]. A bit of the final code is 1 where g &gt; 0.
 *
 * <p>Deviations from the paper:
 *
 * <ul>
 *   <li>One hidden layer by default, the paper has two: as good on the data measured, and faster.
 *   <li>The documents' words are weighed by TF-IDF, so the divergences have a weight below 1,
 *       warmed up from 0; see {@link KlWeight}.
 *   <li>log sigma^2 of a document is the mean of the components' by q(c|x) instead of one sampled
 *       component's, so that it has a gradient.
 *   <li>The decoder's bias starts at the log frequencies of the words, otherwise all bits first
 *       turn into a bias.
 * </ul>
 */
final class Bmsh implements LearnedMethod {

  static final String NAME = "bmsh";

  /** Where log sigma^2 starts: sigma 0.22. */
  private static final float LOG_VARIANCE = -3;

  private final int components;
  private final boolean noise;
  private final KlWeight klWeight;
  private final float gradientFactor;
  private final WordDecoder.Target target;
  private final LabelHead.Options labels;
  private final Map<String, String> properties;

  Bmsh(OptionReader options) {
    components = options.integer("components", 20, 2);
    noise = options.flag("noise", true);
    klWeight = KlWeight.read(options, 0.02, 1000);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    target = WordDecoder.Target.read(options, "tf_idf");
    labels = LabelHead.Options.read(options);
    properties = options.values();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> toProperties() {
    return properties;
  }

  @Override
  public boolean isSupervised() {
    return labels.supervised();
  }

  @Override
  public Objective objective(Dataset documents, TrainingOptions training) {
    return new LowerBound(documents, training);
  }

  /** The negative lower bound, equation 6. */
  private final class LowerBound implements Objective {

    private final int bits;
    private final EncoderLayers encoder;
    private final BernoulliMixture prior;
    private final Parameter logVariance;
    private final WordDecoder decoder;
    private final LabelHead head;

    LowerBound(Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      bits = training.bits();
      encoder = new EncoderLayers(documents.vocabularySize(), training, bits + components, random);
      prior = new BernoulliMixture(components, bits, random);
      Matrix start = new Matrix(components, bits);
      start.fill(LOG_VARIANCE);
      logVariance = Parameter.dense("log_variance", start);
      decoder = new WordDecoder(documents, bits, target, random);
      head = LabelHead.of(documents, labels, training, random);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      parameters.addAll(prior.parameters());
      if (noise) {
        parameters.add(logVariance);
      }
      parameters.addAll(decoder.parameters());
      parameters.addAll(head.parameters());
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable logits = tape.columns(outputs, 0, bits);
      Variable component = tape.columns(outputs, bits, bits + components);
      Variable z = tape.sampleBits(tape.sigmoid(logits), gradientFactor);
      Variable seen =
          noise ? tape.addNoise(z, tape.multiply(tape.softmax(component), logVariance)) : z;
      Variable reconstruction = decoder.loss(tape, seen, batch);
      Variable divergence = prior.divergence(tape, logits, component);
      Variable bound = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return head.addTo(tape, bound, z, batch);
    }

    @Override
    public HashNetwork network() {
      return encoder.network(bits);
    }
  }
}
