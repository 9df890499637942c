// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions.KlWeight;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * GMSH: semantic hashing with a Gaussian-mixture prior (Dong, Su, Shen and Chen, "Document Hashing
 * with Mixture-Prior Generative Models", EMNLP 2019, section 2.2).
 *
 * <p>q(z|x) = N(mu(x), diag(sigma^2(x))), q(c|x) = softmax(h(x)), the prior is a mixture of K
 * normal distributions (equation 3), a softmax linear in z predicts the words (2), the negative
 * lower bound (6) is minimised with its two divergences in closed form, and a bit is 1 where mu
 * exceeds its median over the training documents. Supervised, the cross-entropy of the labels is
 * added (section 2.4). Shapes: x [B, vocabulary], mu, log sigma^2 [B, bits], h [B, K], the
 * components' means and log variances [K, bits].
 *
 * <p>Deviations: one hidden layer by default, the paper has two; TF-IDF weights as the words to be
 * predicted, with a weight on the divergences, warmed up from 0; see {@link KlWeight}.
 */
final class Gmsh extends VariationalMethod {

  static final String NAME = "gmsh";

  private final int components;

  Gmsh(OptionReader options) {
    super(NAME, options, BoundOptions.read(options, 0.3));
    components = options.integer("components", 20, 2);
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of("keep", "0.8");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.asNash(
            "training details of Dong et al. 2019; the number of components is chosen on validation"));
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

  /**
   * A learned mixture of K normal distributions with diagonal covariances as the prior of z (Dong
   * et al. 2019, equation 3). Its means start apart, or all components would learn the same; its
   * variances start at 1, its weights equal.
   */
  static final class GaussianMixture {

    private final Parameter mean;
    private final Parameter logVariance;
    private final Parameter mixture;

    GaussianMixture(int components, int bits, SplittableRandom random) {
      Matrix means = new Matrix(components, bits);
      for (int c = 0; c < components; c++) {
        for (int i = 0; i < bits; i++) {
          means.set(c, i, (float) random.nextDouble(-1, 1));
        }
      }
      mean = Parameter.dense("prior_mean", means);
      logVariance = Parameter.dense("prior_log_variance", new Matrix(components, bits));
      mixture = Parameter.dense("mixture", new Matrix(1, components));
    }

    List<Parameter> parameters() {
      return List.of(mean, logVariance, mixture);
    }

    /**
     * The divergence from the prior, [1, 1] in nats.
     *
     * @param posterior q(z|x), [B, bits]
     * @param components logits of q(c|x) [B, K]
     */
    Variable divergence(Tape tape, GaussianPosterior posterior, Variable components) {
      return tape.gaussianMixtureDivergence(
          posterior.mean(), posterior.logVariance(), components, mean, logVariance, mixture);
    }
  }
}
