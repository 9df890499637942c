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
 * NASH (Shen, Su, Chapfuwa, Wang, Wang, Henao and Carin, "NASH: Toward End-to-End Neural
 * Architecture for Generative Semantic Hashing", ACL 2018), and its variant NASH-DN with
 * data-dependent noise in the decoder.
 *
 * <p>q(z|x) is Bernoulli with probabilities sigmoid(g(x)), the prior Bernoulli(1/2), a sampled bit
 * passes its gradient straight through, the decoder is a softmax linear in z; the negative lower
 * bound is minimised. NASH-DN lets the decoder see z' ~ N(z, sigma^2 I) with log sigma^2 told by
 * the encoder. A bit of the code is 1 where g(x) &gt; 0. Shapes: g [B, bits], E [bits, vocabulary].
 *
 * <p>Deviations from the paper: one hidden layer by default, not two; TF-IDF weights as the words
 * to be told, so that the divergence has a weight below 1, warmed up from 0; the decoder is linear
 * in z without sharing its weights with the encoder; log sigma^2 has a value for each bit. The
 * paper's supervised head reads z' where ours reads z.
 */
final class Nash implements LearnedMethod {

  static final String NAME = "nash";
  static final String WITH_NOISE = "nash-dn";

  /** Where log sigma^2 starts: sigma 0.22. */
  private static final float LOG_VARIANCE = -3;

  private final boolean noise;
  private final KlWeight klWeight;
  private final float gradientFactor;
  private final WordDecoder.Target target;
  private final LabelHead.Options labels;
  private final Map<String, String> properties;

  Nash(OptionReader options, boolean noise) {
    this.noise = noise;
    klWeight = KlWeight.read(options, 0.02, 1000);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    target = WordDecoder.Target.read(options, "tf_idf");
    labels = LabelHead.Options.read(options);
    properties = options.values();
  }

  @Override
  public String name() {
    return noise ? WITH_NOISE : NAME;
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
      encoder =
          new EncoderLayers(documents.vocabularySize(), training, noise ? 2 * bits : bits, random);
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
      Variable logits = noise ? tape.columns(outputs, 0, bits) : outputs;
      Variable z = tape.sampleBits(tape.sigmoid(logits), gradientFactor);
      Variable seen = noise ? tape.addNoise(z, logVariance(tape, outputs)) : z;
      Variable reconstruction = decoder.loss(tape, seen, batch);
      Variable divergence = Divergence.bernoulli(tape, logits);
      Variable bound = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return head.addTo(tape, bound, z, batch);
    }

    private Variable logVariance(Tape tape, Variable outputs) {
      return tape.affine(tape.columns(outputs, bits, 2 * bits), 1, LOG_VARIANCE);
    }

    @Override
    public HashNetwork network() {
      return encoder.network(bits);
    }
  }
}
