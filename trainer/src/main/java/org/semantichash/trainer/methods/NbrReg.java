// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.graph.LearnedNeighbours;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * NbrReg (Chaidaroon, Ebesu and Fang, "Deep Semantic Text Hashing with Weak Supervision", SIGIR
 * 2018): VDSH with a second decoder for the words of a document's neighbours NN(d), which pulls
 * documents with the same neighbours to the same code. Two softmaxes, each linear in z:
 *
 * <pre>
 *   log p(words of d | z) + w log p(words of NN(d) | z) - KL(N(mu, diag(sigma^2)) || N(0, I))
 * </pre>
 *
 * <p>A bit is 1 where mu exceeds its median over the training documents. Shapes: mu, log sigma^2
 * [B, bits].
 *
 * <p>Deviations: the [neighbours] are the nearest by TF-IDF cosine, where the paper has BM25; their
 * words are the mean of their TF-IDF vectors, weighted by cosine, where its code has each word of
 * any of them once; these weigh about as much as a document's own words, so w, [neighbour_weight],
 * is an option; one hidden layer by default, not two; a weight on the divergence, as in {@link
 * Vdsh}. With w = 0 this is VDSH.
 */
final class NbrReg extends Vdsh {

  static final String NAME = "nbrreg";

  private final LearnedNeighbours.Options neighbours;
  private final float weight;

  NbrReg(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, KL_WEIGHT));
    int k = options.integer("neighbours", 20, 1);
    neighbours = new LearnedNeighbours.Options(k, 1, 0, k, 0, 0);
    weight = (float) options.number("neighbour_weight", 4, 0, 100);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "train_NbrReg.py of unsuthee/SemanticHashingWeakSupervision",
                Map.of(
                    "hidden_layers", "2",
                    "hidden_units", "1000",
                    "keep", "0.9",
                    "learning_rate", "0.001",
                    "decay", "1",
                    "batch_size", "100",
                    "epochs", "30",
                    "patience", "30"))
            .with(Map.of("kl_warmup", "5000", "neighbours", "20", "neighbour_weight", "1")));
  }

  @Override
  Prediction prediction(Autoencoder parts) {
    Prediction own = super.prediction(parts);
    WordDecoder ofNeighbours =
        new WordDecoder(parts.documents(), parts.bits(), WordDecoder.Target.TF_IDF, parts.random());
    parts.learn(ofNeighbours.parameters());
    LearnedNeighbours words =
        new LearnedNeighbours(
            parts.documents(), parts.documents(), neighbours, parts.preparation());
    return (tape, z, batch) ->
        tape.combine(
            1,
            own.loss(tape, z, batch),
            weight,
            ofNeighbours.loss(tape, z, words.targets(tape, batch)));
  }
}
