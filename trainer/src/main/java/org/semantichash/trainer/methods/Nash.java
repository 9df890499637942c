// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * NASH (Shen, Su, Chapfuwa, Wang, Wang, Henao and Carin, "NASH: Toward End-to-End Neural
 * Architecture for Generative Semantic Hashing", ACL 2018), and its variant NASH-DN with
 * data-dependent noise in the decoder.
 *
 * <p>q(z|x) is Bernoulli with probabilities sigmoid(g(x)), the prior Bernoulli(1/2), a sampled bit
 * passes its gradient straight through, the decoder is a softmax linear in z; the negative lower
 * bound is minimised. NASH-DN lets the decoder see z' ~ N(z, sigma^2 I) with log sigma^2 given by
 * the encoder. A bit of the code is 1 where g(x) &gt; 0. Shapes: g [B, bits], E [bits, vocabulary].
 *
 * <p>Deviations from the paper: one hidden layer by default, not two; TF-IDF weights as the words
 * to be predicted, so that the divergence has a weight below 1, warmed up from 0; the decoder is
 * linear in z without sharing its weights with the encoder; log sigma^2 has a value for each bit.
 * The paper's supervised head reads z' where ours reads z.
 */
final class Nash extends VariationalMethod {

  static final String NAME = "nash";
  static final String WITH_NOISE = "nash-dn";

  /** Where log sigma^2 starts: sigma 0.22. */
  private static final float LOG_VARIANCE = -3;

  private final boolean noise;
  private final float gradientFactor;

  Nash(OptionReader options, boolean noise) {
    super(noise ? WITH_NOISE : NAME, options, BoundOptions.read(options, 0.02));
    this.noise = noise;
    gradientFactor = (float) options.number("gradient_factor", 0.5, 0, 1);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.asNash(
            "two layers of 500 units, words and the divergence at full weight: Shen et al. 2018, as Dong"
                + " et al. 2019 retell it"));
  }

  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(noise ? 2 * bits : bits);
    WordDecoder decoder = parts.decoder(bits);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable logits = noise ? tape.columns(outputs, 0, bits) : outputs;
      Variable z = tape.sampleBits(tape.sigmoid(logits), gradientFactor);
      Variable seen = noise ? tape.addNoise(z, logVariance(tape, outputs, bits)) : z;
      Variable reconstruction = decoder.loss(tape, seen, batch);
      Variable divergence = Divergence.bernoulli(tape, logits);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  private static Variable logVariance(Tape tape, Variable outputs, int bits) {
    return tape.affine(tape.columns(outputs, bits, 2 * bits), 1, LOG_VARIANCE);
  }
}
