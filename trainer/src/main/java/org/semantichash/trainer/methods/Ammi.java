// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.MarkovPrior;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.Objective;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * AMMI (Stratos and Wiseman, "Learning Discrete Structured Representations by Adversarially
 * Maximizing Mutual Information", ICML 2020): no words are predicted; the code of a document shall
 * be certain, and the codes of all documents together as different as possible, which is the mutual
 * information I(X; Z) = H(Z) - H(Z|X). H(Z) over 2^bits codes cannot be computed; its upper bound,
 * the cross-entropy with the best q, is maximised against q:
 *
 * <pre>
 *   min over p of  H(Z|X) - w min over q of  - E log q(z)
 * </pre>
 *
 * <p>with p(z|x) the product of Bernoulli(sigmoid(g(x))), and q a {@link MarkovPrior} in which a
 * bit depends on the [order] bits before it: with order 0 it would be enough that each bit is set
 * in half of the documents, and two bits could be the same. w is [entropy_weight]. A bit of the
 * code is 1 where g(x) &gt; 0. Shape: g [B, bits].
 *
 * <p>Deviations: the least over q is taken in closed form for a moving average of the batches,
 * where the paper's code takes 1 to 4 steps of Adam on it per batch; the posterior is of order 0,
 * as in all of the paper's runs on documents; weights start by Glorot's rule instead of uniform
 * within .05 to .5. As in the paper the encoder is linear.
 */
final class Ammi extends HashingMethod {

  static final String NAME = "ammi";

  /** A bit has 2^(order + 1) windows, each of which every document of a batch is asked for. */
  private static final int MOST_ORDER = 10;

  private static final float LN2 = (float) StrictMath.log(2);

  private final int order;
  private final float entropyWeight;
  private final double memory;

  Ammi(OptionReader options) {
    super(NAME, options);
    order = options.integer("order", 3, 0, MOST_ORDER);
    entropyWeight = (float) options.number("entropy_weight", 3.5, 0, 100);
    memory = options.number("prior_memory", 0.9, 0, 1);
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of("hidden_layers", "0", "gradient_clip", "5", "learning_rate", "0.01");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        new PublishedSettings(
            "Stratos and Wiseman 2020, the command of karlstratos/ammi for 20 Newsgroups",
            Map.of("order", "3", "entropy_weight", "3.5"),
            Map.of(
                "hidden_layers", "0",
                "learning_rate", "0.03",
                "decay", "1",
                "batch_size", "128",
                "gradient_clip", "5")));
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    return loop.train(objective(documents, options), documents);
  }

  /** The objective, with freshly initialised parameters. */
  Objective objective(Dataset documents, TrainingOptions options) {
    int bits = options.bits();
    EncoderLayers encoder =
        new EncoderLayers(
            documents.vocabularySize(), options, bits, new SplittableRandom(options.seed()));
    MarkovPrior prior = new MarkovPrior(bits, order, memory);
    return new Objective() {
      @Override
      public List<Parameter> parameters() {
        return encoder.parameters();
      }

      @Override
      public Variable loss(Tape tape, Batch batch) {
        Variable logits = encoder.outputs(tape, batch.vectors());
        Variable probabilities = tape.sigmoid(logits);
        prior.fit(probabilities.value());
        Variable ofEach = tape.affine(Divergence.bernoulli(tape, logits), -1, bits * LN2);
        return tape.combine(1, ofEach, -entropyWeight, prior.crossEntropy(tape, probabilities));
      }

      @Override // the prior's running means are not among the parameters
      public Optional<List<float[]>> memory() {
        return Optional.empty();
      }

      @Override
      public HashNetwork network() {
        return encoder.network(bits);
      }
    };
  }
}
