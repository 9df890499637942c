// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.methods.graph.NeighbourDraws;
import org.semantichash.trainer.methods.graph.NeighbourDraws.Drawn;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * RBSH (Hansen, Hansen, Simonsen, Alstrup and Lioma, "Unsupervised Neural Generative Semantic
 * Hashing", SIGIR 2019): a lower bound as in {@link Nash}, with falling noise on the bits that the
 * decoder sees, plus the loss of a ranking. Of two documents d_1 and d_2 near d, the one that is
 * more like d shall have the nearer code:
 *
 * <pre>
 *   a max(0, e - sign(s_1 - s_2) (||z - z_2||^2 - ||z - z_1||^2)),   a | ||z - z_2||^2 - ||z - z_1||^2 | where s_1 = s_2
 * </pre>
 *
 * <p>with s_i how alike d and d_i are. The words of all three are predicted from their codes.
 * q(z|d) is Bernoulli with probabilities sigmoid(g(d)), the prior Bernoulli(1/2); a sampled bit
 * passes its gradient straight through. A bit of the code is 1 where g(d) &gt; 0. Options: e is
 * [margin], a is [rank_weight], which grows from 0 over [rank_steps]; d_1 and d_2 are drawn from
 * the nearest [neighbours] by codes of {@link Sth}, whose distances are s. Shapes: g [3B, bits],
 * the upper rows d.
 *
 * <p>Deviations: no importance of each word, see {@link PairRec}; TF-IDF weights are predicted,
 * which sum to a few where a text has tens of words, so a and the divergence weigh less; one hidden
 * layer by default; the prior's divergence is that of all three documents, its code's that of d.
 */
final class Rbsh extends VariationalMethod {

  static final String NAME = "rbsh";

  private final int neighbours;
  private final float margin;
  private final double rankWeight;
  private final int rankSteps;
  private final FallingNoise noise;

  Rbsh(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, 0.02));
    neighbours = options.integer("neighbours", 200, 2);
    margin = (float) options.number("margin", 1, 0, 1e3);
    rankWeight = options.number("rank_weight", 0.05, 0, 1e3);
    rankSteps = options.integer("rank_steps", 1000, 0);
    noise = FallingNoise.read(options);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "the defaults of casperhansen/RBSH, but for its 350,000 steps, over which its rank_weight"
                    + " goes on to 1.7",
                Map.of(
                    "keep", "0.9",
                    "learning_rate", "0.0005",
                    "decay", "0.96",
                    "batch_size", "40"))
            .with(
                Map.of(
                    "kl_weight", "0.04",
                    "kl_warmup", "6000",
                    "margin", "1",
                    "rank_weight", "0.5",
                    "rank_steps", "0",
                    "noise", "1",
                    "noise_steps", "1000000")));
  }

  @Override
  Equations equations(Autoencoder parts) {
    EncoderLayers encoder = parts.encoder(parts.bits());
    WordDecoder decoder = parts.decoder(parts.bits());
    NeighbourDraws draws =
        new NeighbourDraws(
            LaplacianEigenmap.selfTaughtNeighbours(
                parts.documents(), neighbours, parts.preparation(), parts.random()),
            parts.random().nextLong());
    return (tape, batch) -> {
      Drawn first = draws.of(batch, tape.step(), 1);
      Drawn second = draws.of(batch, tape.step(), 2);
      Batch all =
          Batch.of(
              parts.documents(),
              NeighbourDraws.joined(batch, first.documents(), second.documents()));
      Variable logits = encoder.outputs(tape, all.vectors());
      Variable z = tape.sampleBits(tape.sigmoid(logits), 1);
      Variable reconstruction = decoder.loss(tape, noise.add(tape, z), all);
      Variable divergence = Divergence.bernoulli(tape, logits);
      Variable bound = parts.bound(tape, all, z, reconstruction, divergence);
      Variable rank = RankLoss.of(tape, z, first.similarities(), second.similarities(), margin);
      return tape.combine(1, bound, rankWeightAt(tape.step()), rank);
    };
  }

  private float rankWeightAt(long step) {
    return (float) (step >= rankSteps ? rankWeight : rankWeight * step / rankSteps);
  }

  /**
   * Normal noise on the bits that a decoder sees, which falls from step to step (Hansen et al.
   * 2019, "noise infusion"): options [noise] and [noise_steps].
   *
   * @param deviation at the first step, 0 for none
   * @param steps over which it falls to 0
   */
  record FallingNoise(double deviation, int steps) {

    static FallingNoise read(OptionReader options) {
      return new FallingNoise(
          options.number("noise", 1, 0, 10), options.integer("noise_steps", 5000, 1));
    }

    /** The standard deviation at a step. */
    float at(long step) {
      return (float) (deviation * Math.max(0, 1 - (double) step / steps));
    }

    /** z plus the noise of the running step. */
    Variable add(Tape tape, Variable z) {
      float sigma = at(tape.step());
      if (sigma == 0) {
        return z;
      }
      Variable logVariance = tape.affine(z, 0, (float) (2 * StrictMath.log(sigma)));
      return tape.addNoise(z, logVariance);
    }
  }

  /** The loss of the ranking. */
  static final class RankLoss {

    private RankLoss() {}

    /**
     * The mean over the documents [1, 1].
     *
     * @param z the codes of d, then of d_1, then of d_2 [3B, bits]
     * @param first how alike d and d_1 are, for each d
     * @param second how alike d and d_2 are
     */
    static Variable of(Tape tape, Variable z, float[] first, float[] second, float margin) {
      int n = first.length;
      Variable d = tape.rows(z, 0, n);
      Variable farther =
          tape.combine(
              1,
              distance(tape, d, tape.rows(z, 2 * n, 3 * n)),
              -1,
              distance(tape, d, tape.rows(z, n, 2 * n)));
      float[] signs = new float[n];
      float[] unequal = new float[n];
      float[] equal = new float[n];
      for (int i = 0; i < n; i++) {
        signs[i] = Math.signum(first[i] - second[i]);
        unequal[i] = signs[i] == 0 ? 0 : 1;
        equal[i] = 1 - unequal[i];
      }
      Variable hinge = tape.relu(tape.affine(tape.scaleRows(farther, signs), -1, margin));
      Variable gap = tape.add(tape.relu(farther), tape.relu(tape.affine(farther, -1, 0)));
      return tape.meanOfRowSums(
          tape.add(tape.scaleRows(hinge, unequal), tape.scaleRows(gap, equal)));
    }

    /**
     * The Hamming distance of each row [n, 1], a + b - 2 a b: the squared distance of bits, with
     * the derivative that the expected distance of independent bits has.
     */
    private static Variable distance(Tape tape, Variable a, Variable b) {
      return tape.rowSums(tape.combine(1, tape.add(a, b), -2, tape.product(a, b)));
    }
  }
}
