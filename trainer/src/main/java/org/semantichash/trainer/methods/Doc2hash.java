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
 * Doc2hash (Zhang and Zhu, "Doc2hash: Learning Discrete Latent Variables for Documents Retrieval",
 * NAACL 2019): each bit is a categorical variable of two classes with a uniform prior, sampled by
 * the Gumbel trick (equations 6 and 7); on the way back the sample is taken for a softmax at a
 * temperature (8), which falls from 1 to [temperature] by a factor every epoch's worth of steps.
 * The decoder is a softmax linear in the sampled bits (1), and the negative lower bound (3) with
 * the divergence of equation 4 is minimised. Shapes: logits [B, bits], the difference of the two
 * classes' scores. A bit of the code is 1 where its logit is above 0.
 *
 * <p>Deviations: the difference of two classes' scores is one number, and the difference of two
 * Gumbel variables is logistic, which is the same distribution with half the parameters; TF-IDF
 * weights with a weight on the divergence. Supervised (section 2.5) with the shared head for labels
 * in place of a linear score for each label.
 */
final class Doc2hash implements LearnedMethod {

  static final String NAME = "doc2hash";

  private final KlWeight klWeight;
  private final double temperature;
  private final int annealing;
  private final WordDecoder.Target target;
  private final LabelHead.Options labels;
  private final Map<String, String> properties;

  Doc2hash(OptionReader options) {
    klWeight = KlWeight.read(options, 0.02, 1000);
    temperature = options.number("temperature", 0.5, 0.01, 10);
    annealing = options.integer("temperature_steps", 1000, 0);
    target = WordDecoder.Target.read(options, "tf_idf");
    labels = LabelHead.Options.read(options);
    properties = options.values();
  }

  /** From 1 to the last temperature, geometrically. */
  private float temperatureAt(long step) {
    double done = annealing == 0 ? 1 : Math.min(1, (double) step / annealing);
    return (float) StrictMath.pow(temperature, done);
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

  private final class LowerBound implements Objective {

    private final int bits;
    private final EncoderLayers encoder;
    private final WordDecoder decoder;
    private final LabelHead head;

    LowerBound(Dataset documents, TrainingOptions training) {
      SplittableRandom random = new SplittableRandom(training.seed());
      bits = training.bits();
      encoder = new EncoderLayers(documents.vocabularySize(), training, bits, random);
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
      Variable logits = encoder.outputs(tape, batch.vectors());
      Variable z = tape.relaxedBits(logits, temperatureAt(tape.step()));
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = Divergence.bernoulli(tape, logits);
      Variable bound = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return head.addTo(tape, bound, z, batch);
    }

    @Override
    public HashNetwork network() {
      return encoder.network(bits);
    }
  }
}
