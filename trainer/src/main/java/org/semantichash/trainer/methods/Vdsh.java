// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.Dataset.Batch;
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
class Vdsh extends VariationalMethod {

  static final String NAME = "vdsh";

  /** The weight of the divergence by default. */
  static final double KL_WEIGHT = 0.3;

  Vdsh(OptionReader options) {
    this(NAME, options, BoundOptions.read(options, KL_WEIGHT));
  }

  /** A method that predicts more than the words of a document. */
  Vdsh(String name, OptionReader options, BoundOptions bound) {
    super(name, options, bound);
  }

  /** What is predicted of a batch, from z [B, bits]. */
  @FunctionalInterface
  interface Prediction {

    /** The mean of - log p over the documents [1, 1]. */
    Variable loss(Tape tape, Variable z, Batch batch);
  }

  /** The words of a document. */
  Prediction prediction(Autoencoder parts) {
    return parts.decoder(parts.bits())::loss;
  }

  @Override
  final Map<String, String> tunedTraining() {
    return Map.of("keep", "0.8");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "the notebook of unsuthee/VariationalDeepSemanticHashing: a document a step",
                Map.of(
                    "hidden_layers", "2",
                    "keep", "0.9",
                    "learning_rate", "0.001",
                    "decay", "0.96",
                    "batch_size", "1",
                    "epochs", "25",
                    "patience", "25"))
            .with(Map.of("kl_warmup", "5000")));
  }

  @Override
  final Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(2 * bits);
    Prediction prediction = prediction(parts);
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      Variable mean = tape.columns(outputs, 0, bits);
      Variable logVariance = tape.columns(outputs, bits, 2 * bits);
      Variable z = tape.addNoise(mean, logVariance);
      Variable reconstruction = prediction.loss(tape, z, batch);
      Variable divergence = Divergence.normal(tape, mean, logVariance);
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  @Override
  final HashNetwork network(Autoencoder parts) {
    return MedianThresholds.of(parts.network(), parts.documents());
  }
}
