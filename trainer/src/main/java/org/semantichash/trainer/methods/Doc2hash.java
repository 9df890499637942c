// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * Doc2hash (Zhang and Zhu, "Doc2hash: Learning Discrete Latent Variables for Documents Retrieval",
 * NAACL 2019): each bit is a categorical variable of two classes with a uniform prior, sampled by
 * the Gumbel trick (equations 6 and 7); on the way back the sample is taken for a softmax at a
 * temperature (8), which falls from 1 to [temperature] geometrically, over [temperature_steps]
 * steps. The decoder is a softmax linear in the sampled bits (1), and the negative lower bound (3)
 * with the divergence of equation 4 is minimised. Shapes: logits [B, bits], the difference of the
 * two classes' scores. A bit of the code is 1 where its logit is above 0.
 *
 * <p>Deviations: the difference of two classes' scores is one number, and the difference of two
 * Gumbel variables is logistic, which is the same distribution with half the parameters; TF-IDF
 * weights with a weight on the divergence. Supervised (section 2.5) with the shared head for labels
 * in place of a linear score for each label.
 */
final class Doc2hash extends VariationalMethod {

  static final String NAME = "doc2hash";

  private final double temperature;
  private final int annealing;

  Doc2hash(OptionReader options) {
    super(NAME, options, BoundOptions.read(options, 0.02));
    temperature = options.number("temperature", 0.5, 0.01, 10);
    annealing = options.integer("temperature_steps", 1000, 0);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.asNash("Zhang and Zhu 2019 take the settings of NASH and say no others"));
  }

  /** From 1 to the last temperature, geometrically. */
  float temperatureAt(long step) {
    double done = annealing == 0 ? 1 : Math.min(1, (double) step / annealing);
    return (float) StrictMath.pow(temperature, done);
  }

  @Override
  Equations equations(Autoencoder parts) {
    EncoderLayers encoder = parts.encoder(parts.bits());
    WordDecoder decoder = parts.decoder(parts.bits());
    return (tape, batch) -> {
      Variable logits = encoder.outputs(tape, batch.vectors());
      Variable z = tape.relaxedBits(logits, temperatureAt(tape.step()));
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = Divergence.bernoulli(tape, logits);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }
}
