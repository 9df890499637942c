// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.OptionReader;
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
final class Gmsh extends VariationalMethod {

  static final String NAME = "gmsh";

  private final int components;

  Gmsh(OptionReader options) {
    super(NAME, options, BoundOptions.read(options, 0.3));
    components = options.integer("components", 20, 2);
  }

  @Override
  public Map<String, String> trainingDefaults() {
    return Map.of("keep", "0.8");
  }

  /** The negative lower bound, equation 6. */
  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(2 * bits + components);
    GaussianMixture prior = new GaussianMixture(components, bits, parts.random());
    parts.learn(prior.parameters());
    WordDecoder decoder = parts.decoder(bits);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      GaussianPosterior posterior =
          new GaussianPosterior(
              tape.columns(outputs, 0, bits), tape.columns(outputs, bits, 2 * bits));
      Variable component = tape.columns(outputs, 2 * bits, 2 * bits + components);
      Variable z = posterior.sample(tape);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = prior.divergence(tape, posterior, component);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  @Override
  HashNetwork network(Autoencoder parts) {
    return MedianThresholds.of(parts.network(), parts.documents());
  }
}
