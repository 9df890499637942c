// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * WISH (Ye, Mao, Cheng and others, "Unsupervised Few-Bits Semantic Hashing with Implicit Topics
 * Modeling", Findings of EMNLP 2020): for codes of 4 to 12 bits. Each bit selects a topic vector
 * t_i; the decoder sees the sum or the average of the selected ones, so that a code of few bits
 * says more about the words (equations 1, 2 and 6). The topic vectors are held orthonormal by
 * lambda ||T'T - I||^2 (5). q(z|x) is Bernoulli(sigmoid(r(x))), the prior Bernoulli(1/2); a bit is
 * sampled, or set where sigmoid(r) &gt; 1/2, and its gradient passed straight through as 1. Shapes:
 * r [B, bits], T [bits, topic_size], E [topic_size, vocabulary]. A bit of the code is 1 where r
 * &gt; 0.
 *
 * <p>Topic vectors start about 0, or with [topic_start] "positive" between 0 and 1, as in the
 * paper's code. With [integration] "average" the sum of a document's topic vectors is divided by
 * their number, the bits that are set.
 *
 * <p>Deviations: no gradient passes through that number; TF-IDF weights with a weight on the
 * divergence. lambda multiplies the mean loss of a document, as in the paper.
 */
final class Wish extends VariationalMethod {

  static final String NAME = "wish";

  private static final List<String> SAMPLING = List.of("stochastic", "deterministic");
  private static final List<String> STARTS = List.of("centred", "positive");
  private static final List<String> INTEGRATION = List.of("sum", "average");

  private final int topicSize;
  private final float orthogonality;
  private final boolean stochastic;
  private final boolean summing;
  private final boolean positiveStart;

  Wish(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, 0.02));
    topicSize = options.integer("topic_size", 100, 1);
    orthogonality = (float) options.number("lambda", 1, 0, 1e6);
    stochastic = options.choice("sampling", "stochastic", SAMPLING).equals("stochastic");
    positiveStart = options.choice("topic_start", "centred", STARTS).equals("positive");
    summing = options.choice("integration", "sum", INTEGRATION).equals("sum");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "training details of Ye et al. 2020 and the defaults of smartyfh/WISH: no early stop",
                Map.of(
                    "hidden_layers", "2",
                    "hidden_units", "1000",
                    "keep", "0.8",
                    "learning_rate", "0.001",
                    "decay", "1",
                    "batch_size", "100",
                    "epochs", "1000",
                    "patience", "1000"))
            .with(Map.of("kl_warmup", "200000", "topic_size", "100", "topic_start", "positive")));
  }

  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder(bits);
    Parameter topics = Parameter.dense("topics", topics(bits, parts.random()));
    parts.learn(List.of(topics));
    WordDecoder decoder = parts.decoder(topicSize);
    return (tape, batch) -> {
      Variable logits = encoder.outputs(tape, batch.vectors());
      Variable probabilities = tape.sigmoid(logits);
      Variable z =
          stochastic ? tape.sampleBits(probabilities, 1) : tape.roundBits(probabilities, 1);
      Variable selected = tape.multiply(z, topics);
      Variable seen = summing ? selected : tape.scaleRows(selected, shares(z.value()));
      Variable reconstruction = decoder.loss(tape, seen, batch);
      Variable divergence = Divergence.bernoulli(tape, logits);
      Variable bound = parts.bound(tape, batch, z, reconstruction, divergence);
      return tape.combine(1, bound, orthogonality, tape.orthogonality(topics));
    };
  }

  /** Uniform about 0 by Glorot's rule, or from 0 to 1 as in the paper's code [bits, topic_size]. */
  private Matrix topics(int bits, SplittableRandom random) {
    if (positiveStart == false) {
      return EncoderLayers.uniform(bits, topicSize, random);
    }
    Matrix topics = new Matrix(bits, topicSize);
    for (int bit = 0; bit < bits; bit++) {
      for (int i = 0; i < topicSize; i++) {
        topics.set(bit, i, (float) random.nextDouble());
      }
    }
    return topics;
  }

  /** For each row of z one over the number of its bits that are set; 1 where none is. */
  static float[] shares(Matrix z) {
    float[] shares = new float[z.rows()];
    for (int row = 0; row < shares.length; row++) {
      int set = 0;
      for (int bit = 0; bit < z.columns(); bit++) {
        set += z.get(row, bit) > 0 ? 1 : 0;
      }
      shares[row] = 1f / Math.max(1, set);
    }
    return shares;
  }
}
