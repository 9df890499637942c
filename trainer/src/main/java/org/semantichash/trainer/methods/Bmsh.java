// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions.KlWeight;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * BMSH: semantic hashing with a Bernoulli-mixture prior (Dong, Su, Shen and Chen, "Document Hashing
 * with Mixture-Prior Generative Models", EMNLP 2019, section 2.3).
 *
 * <p>q(z_i = 1|x) = sigmoid(g_i(x)) (equation 8), q(c|x) = softmax(h(x)) (9), the prior is a
 * mixture of K Bernoulli vectors gamma_c (7), bits are sampled and their gradient passed straight
 * through times 0.5 (10), noise z' ~ N(z, diag(sigma_c^2)) is added, and a softmax linear in z'
 * predicts the words (2). The negative lower bound (6) is minimised; supervised, the cross-entropy
 * of the labels is added (section 2.4). Shapes: x [B, vocabulary], g [B, bits], h [B, K], gamma [K,
 * bits], E [bits, vocabulary]. A bit of the final code is 1 where g &gt; 0.
 *
 * <p>Deviations from the paper:
 *
 * <ul>
 *   <li>One hidden layer by default, the paper has two: as good on the data measured, and faster.
 *   <li>The documents' words are weighed by TF-IDF, so the divergences have a weight below 1,
 *       warmed up from 0; see {@link KlWeight}.
 *   <li>log sigma^2 of a document is the mean of the components' by q(c|x) instead of one sampled
 *       component's, so that it has a gradient.
 *   <li>The decoder's bias starts at the log frequencies of the words, otherwise all bits first
 *       turn into a bias.
 * </ul>
 */
final class Bmsh extends VariationalMethod {

  static final String NAME = "bmsh";

  /** Where log sigma^2 starts: sigma 0.22. */
  private static final float LOG_VARIANCE = -3;

  private final int components;
  private final boolean noise;
  private final float gradientFactor;

  Bmsh(OptionReader options) {
    super(NAME, options, BoundOptions.read(options, 0.02));
    components = options.integer("components", 20, 2);
    noise = options.flag("noise", true);
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
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
    EncoderLayers encoder = parts.encoder(bits + components);
    BernoulliMixture prior = new BernoulliMixture(components, bits, parts.random());
    Parameter logVariance = logVariance(bits);
    parts.learn(prior.parameters());
    parts.learn(noise ? List.of(logVariance) : List.of());
    WordDecoder decoder = parts.decoder(bits);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable logits = tape.columns(outputs, 0, bits);
      Variable component = tape.columns(outputs, bits, bits + components);
      Variable z = tape.sampleBits(tape.sigmoid(logits), gradientFactor);
      Variable seen =
          noise ? tape.addNoise(z, tape.multiply(tape.softmax(component), logVariance)) : z;
      Variable reconstruction = decoder.loss(tape, seen, batch);
      Variable divergence = prior.divergence(tape, logits, component);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  /** log sigma_c^2 [K, bits]. */
  private Parameter logVariance(int bits) {
    Matrix start = new Matrix(components, bits);
    start.fill(LOG_VARIANCE);
    return Parameter.dense("log_variance", start);
  }
}
