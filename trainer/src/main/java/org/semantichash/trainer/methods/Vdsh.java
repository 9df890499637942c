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
 * VDSH (Chaidaroon and Fang, "Variational Deep Semantic Hashing for Text Documents", SIGIR 2017),
 * as Dong et al. 2019, section 2.1, tell it again: q(z|x) = N(mu(x), diag(sigma^2(x))), the prior
 * N(0, I), a softmax linear in z tells the words, the negative lower bound is minimised, and a bit
 * is 1 where mu exceeds its median over the training documents. Shapes: mu, log sigma^2 [B, bits].
 *
 * <p>Deviations: TF-IDF weights as the words to be told, with a weight on the divergence, warmed up
 * from 0 (the paper anneals it too). Supervised (VDSH-S) with the shared head for labels in place
 * of the paper's linear one.
 */
final class Vdsh implements LearnedMethod {

  static final String NAME = "vdsh";

  private final KlWeight klWeight;
  private final WordDecoder.Target target;
  private final LabelHead.Options labels;
  private final Map<String, String> properties;

  Vdsh(OptionReader options) {
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

  private final class LowerBound implements Objective {

    private final Dataset documents;
    private final int bits;
    private final EncoderLayers encoder;
    private final WordDecoder decoder;
    private final LabelHead head;

    LowerBound(Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      this.documents = documents;
      bits = training.bits();
      encoder = new EncoderLayers(documents.vocabularySize(), training, 2 * bits, random);
      decoder = new WordDecoder(documents, bits, target, random);
      head = LabelHead.of(documents, labels, training, random);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      parameters.addAll(decoder.parameters());
      parameters.addAll(head.parameters());
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable mean = tape.columns(outputs, 0, bits);
      Variable logVariance = tape.columns(outputs, bits, 2 * bits);
      Variable z = tape.addNoise(mean, logVariance);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = Divergence.normal(tape, mean, logVariance);
      Variable bound = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return head.addTo(tape, bound, z, batch);
    }

    @Override
    public HashNetwork network() {
      return MedianThresholds.of(encoder.network(bits), documents);
    }
  }
}
