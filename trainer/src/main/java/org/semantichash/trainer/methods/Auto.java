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

/** Experimental. */
final class Auto implements LearnedMethod {

  static final String NAME = "auto";

  private final int components;
  private final int neighbours;
  private final float neighbourWeight;
  private final float noise;
  private final double inputKeep;
  private final KlWeight klWeight;
  private final float gradientFactor;
  private final boolean median;
  private final float relaxed;
  private final Map<String, String> properties;

  Auto(OptionReader options) {
    components = options.integer("components", 20, 0);
    neighbours = options.integer("neighbours", 10, 0);
    neighbourWeight = (float) options.number("neighbour_weight", 0.5, 0, 1);
    noise = (float) options.number("noise", 0, 0, 10);
    inputKeep = options.number("input_keep", 1, 0.01, 1);
    klWeight = KlWeight.read(options, 0.02, 1000);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    median = options.choice("thresholds", "zero", List.of("zero", "median")).equals("median");
    relaxed = (float) options.number("temperature", 0, 0, 10);
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

  private final class LowerBound implements Objective {

    private final Dataset documents;
    private final int bits;
    private final EncoderLayers encoder;
    private final BernoulliMixture prior;
    private final WordDecoder decoder;
    private final NeighbourTargets targets;
    private final NeighbourGraph graph;

    LowerBound(Dataset documents, TrainingOptions training) {
      this.documents = documents;
      SplittableRandom random = new SplittableRandom(training.seed());
      bits = training.bits();
      encoder = new EncoderLayers(documents.vocabularySize(), training, bits + components, random);
      prior = components == 0 ? null : new BernoulliMixture(components, bits, random);
      decoder = new WordDecoder(documents, bits, WordDecoder.Target.TF_IDF, random);
      graph = neighbours == 0 ? null : NeighbourGraph.of(documents, neighbours);
      targets = graph == null ? null : new NeighbourTargets(documents, graph, neighbourWeight);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(encoder.parameters());
      if (prior != null) {
        parameters.addAll(prior.parameters());
      }
      parameters.addAll(decoder.parameters());
      return parameters;
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      SplittableRandom random = new SplittableRandom(tape.step() * 77 + 5);
      Batch input = inputKeep == 1 ? batch : Thinning.of(batch, documents, inputKeep, random);
      Variable outputs = encoder.outputs(tape, input.vectors());
      Variable logits = components == 0 ? outputs : tape.columns(outputs, 0, bits);
      Variable z =
          relaxed > 0
              ? tape.relaxedBits(logits, relaxed)
              : tape.sampleBits(tape.sigmoid(logits), gradientFactor);
      Variable seen = noise == 0 ? z : tape.addNoise(z, constant(tape, z));
      Variable reconstruction =
          targets == null
              ? decoder.loss(tape, seen, batch)
              : decoder.loss(tape, seen, targets.of(batch));
      Variable divergence =
          prior == null
              ? Divergence.bernoulli(tape, logits)
              : prior.divergence(tape, logits, tape.columns(outputs, bits, bits + components));
      Variable loss = tape.combine(1, reconstruction, klWeight.at(tape.step()), divergence);
      return loss;
    }

    private Variable constant(Tape tape, Variable z) {
      return tape.affine(tape.affine(z, 0, 0), 1, (float) (2 * StrictMath.log(noise)));
    }

    @Override
    public HashNetwork network() {
      HashNetwork network = encoder.network(bits);
      return median ? MedianThresholds.of(network, documents) : network;
    }
  }
}
