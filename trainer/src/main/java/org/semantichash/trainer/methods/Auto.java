// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.methods.graph.LearnedNeighbours;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * The default: what the published methods keep apart, put together as far as it helped on
 * validation data. It is no published method.
 *
 * <ul>
 *   <li>Bits are Bernoulli variables whose gradient passes straight through (NASH), with a
 *       Bernoulli-mixture prior (BMSH, equations 7 to 10 of Dong et al. 2019).
 *   <li>The decoder predicts the words of a document and of its nearest neighbours, by TF-IDF
 *       cosine, so that documents of one subject share bits though they share few words; see {@link
 *       LearnedNeighbours}. SNUH has the same knowledge in its prior.
 *   <li>Every few epochs the neighbours are chosen anew among the candidates by what the codes say
 *       as well as by the cosine: what was learned removes chance neighbours, see {@link
 *       LearnedNeighbours}.
 * </ul>
 *
 * <p>Every part can be left out, to see what it brings: [components] 0, [neighbours] 0, [refresh]
 * 0. Others can be added that did not help beside these: correlated bits with a [rank] (CorrSH,
 * equation 26 of Zheng et al. 2020), balanced bits with [thresholds] "median" (VDSH).
 *
 * <p>Shapes: logits [B, bits], logits of q(c|x) [B, components]. A bit of the code is 1 where its
 * logit is above its threshold, 0 unless thresholds are medians.
 */
final class Auto extends VariationalMethod {

  static final String NAME = "auto";

  private static final List<String> THRESHOLDS = List.of("zero", "median");

  private static final List<String> CODES = List.of("rotated", "learned");

  private final int components;
  private final int rank;
  private final LearnedNeighbours.Options neighbours;
  private final float gradientFactor;
  private final boolean median;
  private final String codes;
  private final int trained;
  private final HiddenRotation.Options rotation;

  Auto(OptionReader options) {
    super(NAME, options, BoundOptions.withoutTarget(options, 0.02));
    components = options.integer("components", 20, 0);
    rank = options.integer("rank", 0, 0);
    neighbours = LearnedNeighbours.Options.read(options);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    median = options.choice("thresholds", "zero", THRESHOLDS).equals("median");
    codes = options.choice("codes", isSupervised() ? "learned" : "rotated", CODES);
    rotation = HiddenRotation.Options.read(options);
    trained = options.integer("trained_bits", 64, 4);
  }

  @Override
  int trainedBits(int bits) {
    return codes.equals("rotated") ? trained : bits;
  }

  @Override
  HashNetwork finished(HashNetwork network, Dataset documents, TrainingOptions options) {
    return codes.equals("rotated") == false || network.dense().isEmpty() ? network :
        HiddenRotation.of(network, documents, options.bits(), rotation, new SplittableRandom(options.seed()));
  }

  @Override
  Equations equations(Autoencoder parts) {
    return new Combination(parts);
  }

  @Override
  HashNetwork network(Autoencoder parts) {
    HashNetwork network = parts.network();
    return median ? MedianThresholds.of(network, parts.documents()) : network;
  }

  private final class Combination implements Equations {

    private final Autoencoder parts;
    private final int bits;
    private final EncoderLayers encoder;
    private final BernoulliMixture prior;
    private final WordDecoder decoder;
    private final LearnedNeighbours words;

    Combination(Autoencoder parts) {
      this.parts = parts;
      bits = parts.bits();
      encoder = parts.encoder(bits + components + rank * bits);
      prior = components == 0 ? null : new BernoulliMixture(components, bits, parts.random());
      parts.learn(prior == null ? List.of() : prior.parameters());
      decoder = parts.decoder(bits);
      words = new LearnedNeighbours(parts.documents(), neighbours, parts.preparation());
    }

    @Override
    public Variable loss(Tape tape, Batch batch) {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable logits = tape.columns(outputs, 0, bits);
      Variable z = tape.sampleBits(tape.sigmoid(sampled(tape, outputs, logits)), gradientFactor);
      Variable reconstruction = decoder.loss(tape, z, words.targets(tape, batch));
      Variable divergence = divergence(tape, outputs, logits);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    }

    /** The logits of the sampled bits: with a rank, they vary together. */
    private Variable sampled(Tape tape, Variable outputs, Variable logits) {
      int from = bits + components;
      return rank == 0
          ? logits
          : tape.addLowRankNoise(logits, tape.columns(outputs, from, from + rank * bits));
    }

    private Variable divergence(Tape tape, Variable outputs, Variable logits) {
      return prior == null
          ? Divergence.bernoulli(tape, logits)
          : prior.divergence(tape, logits, tape.columns(outputs, bits, bits + components));
    }

    @Override
    public void onEpoch(int epoch) {
      words.onEpoch(epoch, parts.network());
    }
  }
}
