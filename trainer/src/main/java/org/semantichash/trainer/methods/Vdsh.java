// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * VDSH (Chaidaroon and Fang, "Variational Deep Semantic Hashing for Text Documents", SIGIR 2017),
 * as Dong et al. 2019, section 2.1, retell it: q(z|x) = N(mu(x), diag(sigma^2(x))), the prior N(0,
 * I), a softmax linear in z predicts the words, the negative lower bound is minimised, and a bit is
 * 1 where mu exceeds its median over the training documents. Shapes: mu, log sigma^2 [B, bits].
 *
 * <p>Deviations: TF-IDF weights as the words to be predicted, with a weight on the divergence,
 * warmed up from 0 (the paper anneals it too). Supervised (VDSH-S) with the shared head for labels
 * in place of the paper's linear one.
 */
final class Vdsh extends VariationalMethod {

  static final String NAME = "vdsh";

  Vdsh(OptionReader options) {
    super(NAME, options, BoundOptions.read(options, 0.3));
  }

  @Override
  public Map<String, String> trainingDefaults() {
    return Map.of("keep", "0.8");
  }

  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(2 * bits);
    WordDecoder decoder = parts.decoder(bits);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable mean = tape.columns(outputs, 0, bits);
      Variable logVariance = tape.columns(outputs, bits, 2 * bits);
      Variable z = tape.addNoise(mean, logVariance);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = Divergence.normal(tape, mean, logVariance);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  @Override
  HashNetwork network(Autoencoder parts) {
    return MedianThresholds.of(parts.network(), parts.documents());
  }
}
