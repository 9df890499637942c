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
 * GMSH: semantic hashing with a Gaussian-mixture prior (Dong, Su, Shen and Chen, "Document Hashing
 * with Mixture-Prior Generative Models", EMNLP 2019, section 2.2).
 *
 * <p>q(z|x) = N(mu(x), diag(sigma^2(x))), q(c|x) = softmax(h(x)), the prior is a mixture of K
 * normal distributions (equation 3), a softmax linear in z tells the words (2), the negative lower
 * bound (6) is minimised with its two divergences in closed form, and a bit is 1 where mu exceeds
 * its median over the training documents. Supervised, the cross-entropy of the labels is added
 * (section 2.4). Shapes: x [B, vocabulary], mu, log sigma^2 [B, bits], h [B, K], the components'
 * means and log variances [K, bits].
 *
 * <p>Deviations: one hidden layer by default, the paper has two; TF-IDF weights as the words to be
 * told, with a weight on the divergences, warmed up from 0; see {@link KlWeight}.
 */
final class Gmsh implements LearnedMethod {

  static final String NAME = "gmsh";

  private final int components;
  private final KlWeight klWeight;
  private final WordDecoder.Target target;
  private final LabelHead.Options labels;
  private final Map<String, String> properties;

  Gmsh(OptionReader options) {
    components = options.integer("components", 20, 2);
    klWeight = KlWeight.read(options, 0.3, 1000);
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
  public Map<String, String> trainingDefaults() {
    return Map.of("keep", "0.8");
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

    private final Dataset documents;
    private final int bits;
    private final EncoderLayers encoder;
    private final GaussianMixture prior;
    private final WordDecoder decoder;
    private final LabelHead head;

    LowerBound(Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      this.documents = documents;
      bits = training.bits();
      int outputs = 2 * bits + components;
      encoder = new EncoderLayers(documents.vocabularySize(), training, outputs, random);
      prior = new GaussianMixture(components, bits, random);
      decoder = new WordDecoder(documents, bits, target, random);
      head = LabelHead.of(documents, labels, training, random);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      parameters.addAll(prior.parameters());
      parameters.addAll(decoder.parameters());
      parameters.addAll(head.parameters());
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      GaussianPosterior posterior =
          new GaussianPosterior(
              tape.columns(outputs, 0, bits), tape.columns(outputs, bits, 2 * bits));
      Variable component = tape.columns(outputs, 2 * bits, 2 * bits + components);
      Variable z = posterior.sample(tape);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = prior.divergence(tape, posterior, component);
      Variable bound = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return head.addTo(tape, bound, z, batch);
    }

    @Override
    public HashNetwork network() {
      return MedianThresholds.of(encoder.network(bits), documents);
    }
  }
}
