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
import org.semantichash.trainer.learning.Objective;
import org.semantichash.trainer.learning.OptionReader;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.learning.Variable;

/**
 * CorrSH (Zheng, Su, Shen and Chen, "Generative Semantic Hashing Enhanced via Boltzmann Machines",
 * ACL 2020): the posterior of the bits is a Boltzmann machine, so that bits depend on each other,
 * with a covariance of a diagonal plus rank v (equation 25). Samples are r ~ N(mu, Sigma), s ~
 * Bernoulli(sigmoid(r)) (15 to 18), gradients pass straight through (19), and the intractable
 * normalisation cancels in a lower bound by a mixture h_k of k such Bernoullis (23, 24):
 *
 * <pre>
 *   log p(x|s) + log p(s) + E(s) - log h_k(s~) - E(s~),   h_k(s) = 1/k sum over i of p(s|r_i)
 * </pre>
 *
 * <p>The prior is Bernoulli(1/2), the decoder a softmax linear in s. A bit of the code is 1 where
 * mu + D/2 + ... is likely to be: where mu &gt; 0, the mode of r.
 *
 * <p>Deviations: s~ is s, so that the energies cancel, see {@link BoltzmannDivergence}; TF-IDF
 * weights with a weight on everything but the reconstruction, warmed up from 0; one hidden layer by
 * default. With rank 0 and k = 1 the bits are independent given r.
 */
final class CorrSh implements LearnedMethod {

  static final String NAME = "corrsh";

  private final KlWeight klWeight;
  private final int rank;
  private final int components;
  private final float gradientFactor;
  private final WordDecoder.Target target;
  private final Map<String, String> properties;

  CorrSh(OptionReader options) {
    klWeight = KlWeight.read(options, 0.02, 1000);
    rank = options.integer("rank", 10, 0);
    components = options.integer("components", 10, 1);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    target = WordDecoder.Target.read(options, "tf_idf");
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
  public Objective objective(Dataset documents, TrainingOptions training) {
    return new LowerBound(documents, training);
  }

  /** The negative bound, equation 24. */
  private final class LowerBound implements Objective {

    private final int bits;
    private final EncoderLayers encoder;
    private final WordDecoder decoder;

    LowerBound(Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      bits = training.bits();
      int outputs = BoltzmannPosterior.outputs(bits, rank);
      encoder = new EncoderLayers(documents.vocabularySize(), training, outputs, random);
      decoder = new WordDecoder(documents, bits, target, random);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      parameters.addAll(decoder.parameters());
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      BoltzmannPosterior posterior = new BoltzmannPosterior(tape, outputs, bits, rank);
      Variable r = posterior.sampleLogits();
      Variable s = tape.sampleBits(tape.sigmoid(r), gradientFactor);
      Variable reconstruction = decoder.loss(tape, s, batch);
      Variable divergence = BoltzmannDivergence.of(tape, posterior, r, s, components);
      return tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
    }

    @Override
    public HashNetwork network() {
      return encoder.network(bits);
    }
  }
}
