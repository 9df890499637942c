// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.methods.graph.LearnedNeighbours;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * The default: what the published methods keep apart, put together as far as it helped on
 * validation data. It is no published method.
 *
 * <ul>
 *   <li>Bits are Bernoulli variables whose gradient passes straight through (NASH), with a
 *       Bernoulli-mixture prior (BMSH, equations 7 to 10 of Dong et al. 2019).
 *   <li>The decoder predicts the words of a document and of its nearest neighbours by TF-IDF cosine
 *       (as in NbrReg, Chaidaroon, Ebesu and Fang 2018, and PairRec, Hansen et al. 2020), so that
 *       documents of one subject share bits though they share few words; the shorter a document,
 *       the more its neighbours count. SNUH has the same knowledge in its prior. It predicts the
 *       [predicted_terms] most frequent terms, while the encoder reads all of them: so the time of
 *       a step does not grow with the vocabulary.
 *   <li>Every few epochs the neighbours are chosen anew among the candidates by what the codes say
 *       as well as by the cosine: what was learned removes chance neighbours, see {@link
 *       LearnedNeighbours}.
 *   <li>The bits that it is trained with, [trained_bits], are not its codes: these come from the
 *       hidden layer before them, see {@link HiddenCodes}, so documents of one subject do not end
 *       on one code, and the network learns the same for codes of any width.
 * </ul>
 *
 * <p>Every part can be left out, to see what it brings: [components] 0, [neighbours] 0, [refresh]
 * 0, [codes] "learned" for the bits that it was trained with, which are as wide as the code then. A
 * supervised network and one without a hidden layer keep these. Others can be added that did not
 * help beside these: correlated bits with a [rank] (CorrSH, equation 26 of Zheng et al. 2020),
 * balanced bits with [thresholds] "median" (VDSH).
 *
 * <p>Shapes: logits [B, bits], logits of q(c|x) [B, components].
 */
final class Auto extends VariationalMethod {

  static final String NAME = "auto";

  private static final List<String> THRESHOLDS = List.of("zero", "median");
  private static final String HIDDEN = "hidden";
  private static final String LEARNED = "learned";

  private final int components;
  private final int rank;
  private final LearnedNeighbours.Options neighbours;
  private final int predictedTerms;
  private final float gradientFactor;
  private final boolean median;
  private final boolean hidden;
  private final int trainedBits;
  private final HiddenCodes.Options hiddenCodes;

  Auto(OptionReader options) {
    super(NAME, options, BoundOptions.withoutTarget(options, 0.02));
    components = options.integer("components", 20, 0);
    rank = options.integer("rank", 0, 0);
    neighbours = LearnedNeighbours.Options.read(options);
    predictedTerms = options.integer("predicted_terms", 10_000, 1);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
    median = options.choice("thresholds", "zero", THRESHOLDS).equals("median");
    hidden =
        options
            .choice("codes", isSupervised() ? LEARNED : HIDDEN, List.of(HIDDEN, LEARNED))
            .equals(HIDDEN);
    trainedBits = options.integer("trained_bits", 64, 4);
    hiddenCodes = HiddenCodes.Options.read(options);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.empty();
  }

  @Override
  int trainedBits(TrainingOptions options) {
    return isOfHiddenLayer(options) ? trainedBits : options.bits();
  }

  @Override
  HashNetwork finished(
      HashNetwork network,
      Dataset documents,
      TrainingOptions options,
      HiddenCodes.Progress progress) {
    return isOfHiddenLayer(options)
        ? HiddenCodes.of(network, documents, options, hiddenCodes, progress)
        : network;
  }

  private boolean isOfHiddenLayer(TrainingOptions options) {
    return hidden && options.hiddenLayers() > 0;
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
      Dataset frequent = parts.documents().withFrequentTerms(predictedTerms);
      decoder = parts.decoder(bits, frequent);
      words = new LearnedNeighbours(parts.documents(), frequent, neighbours, parts.preparation());
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

    @Override
    public List<float[]> memory() {
      return words.memory();
    }

    @Override
    public void restore(List<float[]> memory) {
      words.restore(memory);
    }
  }
}
