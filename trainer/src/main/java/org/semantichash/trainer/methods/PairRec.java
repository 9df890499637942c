// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.Rbsh.FallingNoise;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.methods.graph.NeighbourDraws;
import org.semantichash.trainer.methods.graph.NeighbourGraph;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * PairRec (Hansen, Hansen, Simonsen, Alstrup and Lioma, "Unsupervised Semantic Hashing with
 * Pairwise Reconstruction", SIGIR 2020): the words of a document d_1 are predicted from its own
 * code and from that of a near document d_2, by the same decoder, so that neighbours get codes that
 * say the same:
 *
 * <pre>
 *   log p(d_1|z_1) + w log p(d_1|z_2) - b (KL(q(z|d_1) || p(z)) + w KL(q(z|d_2) || p(z)))
 * </pre>
 *
 * <p>q(z|d) is Bernoulli with probabilities sigmoid(g(d)), the prior Bernoulli(1/2); a sampled bit
 * passes its gradient straight through; the decoder, a softmax linear in its input, sees z plus
 * normal noise whose deviation falls from 1. A bit of the code is 1 where g(d) &gt; 0. In every
 * step d_2 is drawn from the nearest [neighbours] of d_1, w is [pair_weight]. Shapes: g [2B, bits],
 * the upper rows d_1.
 *
 * <p>Deviations: neighbours by TF-IDF cosine, where the paper has codes of Self-Taught Hashing; no
 * importance of each word, which multiplies the word's weights in encoder and decoder alone, so
 * that these can learn it; the noise falls by 1 / [noise_steps] per step (its code by 1e-6, in up
 * to 700,000 steps of 40 documents); TF-IDF weights are predicted; one hidden layer by default.
 */
final class PairRec extends VariationalMethod {

  static final String NAME = "pairrec";

  private final int neighbours;
  private final float pairWeight;
  private final FallingNoise noise;

  PairRec(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, 0.02));
    neighbours = options.integer("neighbours", 25, 1);
    pairWeight = (float) options.number("pair_weight", 1, 0, 100);
    noise = FallingNoise.read(options);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "the defaults of casperhansen/PairRec, but for its 700,000 steps",
                Map.of(
                    "hidden_layers", "2",
                    "hidden_units", "1000",
                    "keep", "0.8",
                    "learning_rate", "0.001",
                    "decay", "1",
                    "batch_size", "40"))
            .with(
                Map.of(
                    "kl_weight", "0",
                    "neighbours", "25",
                    "pair_weight", "1",
                    "noise", "1",
                    "noise_steps", "1000000")));
  }

  @Override
  Equations equations(Autoencoder parts) {
    EncoderLayers encoder = parts.encoder(parts.bits());
    WordDecoder decoder = parts.decoder(parts.bits());
    NeighbourDraws pairs =
        new NeighbourDraws(
            NeighbourGraph.of(parts.documents(), neighbours, parts.preparation()),
            parts.random().nextLong());
    return (tape, batch) -> {
      int n = batch.size();
      int[] near = pairs.of(batch, tape.step(), 0).documents();
      Batch both = Batch.of(parts.documents(), NeighbourDraws.joined(batch, near));
      Variable logits = encoder.outputs(tape, both.vectors());
      Variable z = tape.sampleBits(tape.sigmoid(logits), 1);
      Variable seen = noise.add(tape, z);
      Variable reconstruction =
          tape.combine(
              1,
              decoder.loss(tape, tape.rows(seen, 0, n), batch),
              pairWeight,
              decoder.loss(tape, tape.rows(seen, n, 2 * n), batch));
      Variable divergence =
          tape.combine(
              1,
              Divergence.bernoulli(tape, tape.rows(logits, 0, n)),
              pairWeight,
              Divergence.bernoulli(tape, tape.rows(logits, n, 2 * n)));
      return parts.bound(tape, batch, tape.rows(z, 0, n), reconstruction, divergence);
    };
  }
}
