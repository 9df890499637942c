// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

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
 * default; U as the encoder gives it, where its authors' code has tanh(U) / v. With rank 0 and k =
 * 1 the bits are independent given r.
 */
final class CorrSh extends VariationalMethod {

  static final String NAME = "corrsh";

  private final int rank;
  private final int components;
  private final float gradientFactor;

  CorrSh(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, 0.02));
    rank = options.integer("rank", 10, 0);
    components = options.integer("components", 10, 1);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.asNash("training details of Zheng et al. 2020")
            .with(Map.of("rank", "10", "components", "10")));
  }

  /** The negative bound, equation 24. */
  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(BoltzmannPosterior.outputs(bits, rank));
    WordDecoder decoder = parts.decoder(bits);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      BoltzmannPosterior posterior = new BoltzmannPosterior(tape, outputs, bits, rank);
      Variable r = posterior.sampleLogits();
      Variable s = tape.sampleBits(tape.sigmoid(r), gradientFactor);
      Variable reconstruction = decoder.loss(tape, s, batch);
      Variable divergence = BoltzmannDivergence.of(tape, posterior, r, s, components);
      return parts.bound(tape, batch, s, reconstruction, divergence);
    };
  }

  /**
   * A Boltzmann machine over the bits of each document (Zheng et al. 2020, equations 9 and 25):
   * b(s) proportional to exp(s'Sigma s / 2 + mu's) with Sigma = D + U U' of low rank, from the
   * outputs of an encoder: mu [B, bits], log D [B, bits], U [B, rank * bits].
   */
  static final class BoltzmannPosterior {

    /** Where log D starts: deviation 0.37. */
    private static final float LOG_VARIANCE = -2;

    private final Tape tape;
    private final Variable mean;
    private final Variable logVariance;
    private final Variable factors;

    /** The number of outputs that an encoder needs for it. */
    static int outputs(int bits, int rank) {
      return (2 + rank) * bits;
    }

    BoltzmannPosterior(Tape tape, Variable outputs, int bits, int rank) {
      this.tape = tape;
      mean = tape.columns(outputs, 0, bits);
      logVariance = tape.affine(tape.columns(outputs, bits, 2 * bits), 1, LOG_VARIANCE);
      factors = rank == 0 ? null : tape.columns(outputs, 2 * bits, outputs(bits, rank));
    }

    /** r ~ N(mu, Sigma) [B, bits], the logits of bits (equation 26). */
    Variable sampleLogits() {
      Variable diagonal = tape.addNoise(mean, logVariance);
      return factors == null ? diagonal : tape.addLowRankNoise(diagonal, factors);
    }

    /** log of the product over the bits of Bernoulli(s; sigmoid(logits)) [B, 1]. */
    Variable logProbability(Variable s, Variable logits) {
      return tape.logBernoulli(s, logits);
    }
  }

  /**
   * A surrogate of the divergence of a Boltzmann machine from Bernoulli(1/2), whose normalisation
   * is intractable (Zheng et al. 2020, equations 23 and 24): log h_k(s~) + E(s~) - E(s) - log p(s),
   * with h_k(s) = 1/k sum over i of p(s|r_i).
   *
   * <p>Here s~ is s, drawn from r_1 = r: all r_i are drawn alike, so both expectations stay what
   * they are, but the energies, which else differ by chance only, cancel in every step.
   */
  static final class BoltzmannDivergence {

    private static final float LN2 = (float) StrictMath.log(2);

    private BoltzmannDivergence() {}

    /**
     * The mean over the documents [1, 1], in nats.
     *
     * @param r the logits that s was sampled from [B, bits]
     * @param s the sampled bits that the words are predicted from [B, bits]
     * @param components k
     */
    static Variable of(
        Tape tape, BoltzmannPosterior posterior, Variable r, Variable s, int components) {
      List<Variable> logProbabilities = new ArrayList<>();
      logProbabilities.add(posterior.logProbability(s, r));
      for (int i = 1; i < components; i++) {
        logProbabilities.add(posterior.logProbability(s, posterior.sampleLogits()));
      }
      float constant = s.value().columns() * LN2 - (float) StrictMath.log(components);
      return tape.affine(tape.meanOfRowSums(tape.logSumExp(logProbabilities)), 1, constant);
    }
  }
}
