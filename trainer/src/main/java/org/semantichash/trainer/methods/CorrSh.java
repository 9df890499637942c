// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.OptionReader;
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
}
