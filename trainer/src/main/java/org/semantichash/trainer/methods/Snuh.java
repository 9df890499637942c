// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.VariationalMethod.Equations;
import org.semantichash.trainer.methods.graph.SpanningTrees.TreeEdges;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * SNUH (Ou, Su, Yu, Liu, Wang, Wang, Su and Zheng, "Integrating Semantics and Neighborhood
 * Information with Graph-Driven Generative Models for Document Retrieval", ACL 2021): VDSH with a
 * prior, and a posterior, in which neighbouring documents are correlated. The graph joins each
 * document with its nearest by TF-IDF cosine (equation 5); M random spanning trees stand for it
 * (11, 16), on which the divergence is a sum over documents and edges, see {@link TreeDivergence}.
 * The mean of the posterior is sigmoid(f(x) / tau), so that little is lost by rounding it: a bit is
 * 1 where f(x) &gt; 0, that is where the mean exceeds 1/2. The decoder is a softmax linear in z.
 * Option [variant] has the paper's ablations: "full", "prior" (independent posterior), and
 * "independent" (no graph).
 *
 * <p>Every document but a root has one edge to its parent in a tree. A step takes one tree in turn
 * and for each document of the batch the edge to its parent, so that its expectation is that of
 * equation 16.
 *
 * <p>The correlation of an edge's ends in the prior is [lambda], as in the paper's code, where each
 * a_ij is 1; with [edges] "cosine" it is lambda times their cosine. An edge weighs about rho / (1 -
 * rho^2), so those of a cosine of .3 weigh next to nothing. [lambda] is .95, as the paper's .99 is
 * too much for the weight of the divergence here: 20 Newsgroups, 32 bits, P@100 .593, .600 and .604
 * with .95, .569 to .588 with .99 times the cosine.
 *
 * <p>Deviations: that a_ij, where the paper has exp(-||x_i - x_j||^2 / sigma); trees grow by edges
 * drawn uniformly, where the paper's code prefers those of a large cosine; TF-IDF weights are
 * predicted, where its code predicts the set of words; gamma_ij = tanh(c(x_i) + c(x_j)) for a third
 * output c of the encoder, which keeps it symmetric (the paper leaves the function open).
 */
final class Snuh extends VariationalMethod {

  static final String NAME = "snuh";

  private static final List<String> VARIANTS = List.of("full", "prior", "independent");
  private static final List<String> EDGES = List.of("constant", "cosine");
  private static final float LARGEST_CORRELATION = 0.99f;

  private final float temperature;
  private final int neighbours;
  private final int trees;
  private final float lambda;
  private final boolean constantEdges;
  private final boolean correlatedPrior;
  private final boolean correlatedPosterior;

  Snuh(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, 0.02));
    temperature = (float) options.number("tau", 0.1, 0.001, 100);
    neighbours = options.integer("neighbours", 20, 1);
    trees = options.integer("trees", 20, 1);
    lambda = (float) options.number("lambda", 0.95, 0, 0.99);
    constantEdges = options.choice("edges", "constant", EDGES).equals("constant");
    String variant = options.choice("variant", "full", VARIANTS);
    correlatedPrior = variant.equals("independent") == false;
    correlatedPosterior = variant.equals("full");
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of("hidden_layers", "0", "gradient_clip", "10", "learning_rate", "0.001");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        PublishedSettings.ofWords(
                "training details of Ou et al. 2021 and the command of its code for 20 Newsgroups",
                Map.of(
                    "hidden_layers", "0",
                    "learning_rate", "0.001",
                    "decay", "1",
                    "batch_size", "128",
                    "epochs", "100",
                    "patience", "6",
                    "gradient_clip", "10"))
            .with(
                Map.of(
                    "kl_weight", "0.05",
                    "kl_warmup", "0",
                    "lambda", "0.99",
                    "edges", "constant",
                    "tau", "0.1",
                    "neighbours", "15",
                    "trees", "13")));
  }

  @Override
  Equations equations(Autoencoder parts) {
    int bits = parts.bits();
    EncoderLayers encoder = parts.encoder((correlatedPosterior ? 3 : 2) * bits);
    WordDecoder decoder = parts.decoder(bits);
    return correlatedPrior
        ? correlated(parts, encoder, decoder)
        : independent(parts, encoder, decoder);
  }

  private Equations independent(Autoencoder parts, EncoderLayers encoder, WordDecoder decoder) {
    return (tape, batch) -> {
      Variable outputs = encoder.outputs(tape, batch.vectors());
      GaussianPosterior posterior = posterior(tape, outputs, parts.bits());
      Variable z = posterior.sample(tape);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable divergence = Divergence.normal(tape, posterior.mean(), posterior.logVariance());
      return parts.bound(tape, batch, z, reconstruction, divergence);
    };
  }

  /** Equation 16, for the tree whose turn it is. */
  private Equations correlated(Autoencoder parts, EncoderLayers encoder, WordDecoder decoder) {
    int bits = parts.bits();
    Dataset documents = parts.documents();
    TreeEdges edges =
        TreeEdges.of(documents, neighbours, trees, parts.random(), parts.preparation());
    return (tape, batch) -> {
      int n = batch.size();
      TreeEdges.Pairs pairs = edges.parents(batch, tape.step());
      Variable outputs = encoder.outputs(tape, pairs.documents(documents).vectors());
      GaussianPosterior posterior = posterior(tape, outputs, bits);
      GaussianPosterior own = posterior.rows(tape, 0, n);
      Variable z = own.sample(tape);
      Variable reconstruction = decoder.loss(tape, z, batch);
      Variable alone = Divergence.normal(tape, own.mean(), own.logVariance());
      GaussianPosterior parents = posterior.rows(tape, n, 2 * n);
      Variable gamma = correlatedPosterior ? correlation(tape, outputs, bits, n) : null;
      float[] rho = pairs.correlations(lambda, constantEdges);
      Variable edge = TreeDivergence.of(tape, own, parents, gamma, rho);
      return parts.bound(tape, batch, z, reconstruction, tape.add(alone, edge));
    };
  }

  private GaussianPosterior posterior(Tape tape, Variable outputs, int bits) {
    Variable scaled = tape.affine(tape.columns(outputs, 0, bits), 1 / temperature, 0);
    return new GaussianPosterior(tape.sigmoid(scaled), tape.columns(outputs, bits, 2 * bits));
  }

  /** gamma of n documents, the upper rows, and their parents, the lower [n, bits]. */
  private static Variable correlation(Tape tape, Variable outputs, int bits, int n) {
    Variable c = tape.columns(outputs, 2 * bits, 3 * bits);
    return tape.affine(
        tape.tanh(tape.add(tape.rows(c, 0, n), tape.rows(c, n, 2 * n))), LARGEST_CORRELATION, 0);
  }

  /**
   * What an edge of a spanning tree adds to the divergence of its two ends (Ou et al. 2021, section
   * 4.2): KL(q(z_i, z_j) || p(z_i, z_j)) - KL(q(z_i) || p(z_i)) - KL(q(z_j) || p(z_j)), with p of
   * correlation rho = lambda a_ij (equation 12) and q of correlation gamma (13), in closed form.
   * For each bit, with m and s^2 the means and variances and r = rho:
   *
   * <pre>
   *   1/2 [ (s_i^2 + s_j^2 - 2 r gamma s_i s_j + m_i^2 + m_j^2 - 2 r m_i m_j) / (1 - r^2)
   *         - (s_i^2 + s_j^2 + m_i^2 + m_j^2) + log(1 - r^2) - log(1 - gamma^2) ]
   * </pre>
   */
  static final class TreeDivergence {

    private TreeDivergence() {}

    /**
     * The mean over the edges [1, 1], in nats.
     *
     * @param first mean and log variance of one end [edges, bits]
     * @param second of the other
     * @param gamma correlation of the posterior [edges, bits], or null for none
     * @param rho correlation of the prior, one number per edge; 0 where there is no edge
     */
    static Variable of(
        Tape tape, GaussianPosterior first, GaussianPosterior second, Variable gamma, float[] rho) {
      Variable squares = tape.add(first.squares(tape), second.squares(tape));
      Variable cross = tape.product(first.mean(), second.mean());
      if (gamma != null) {
        Variable deviations = tape.product(first.deviation(tape), second.deviation(tape));
        cross = tape.add(cross, tape.product(gamma, deviations));
      }
      Variable terms =
          tape.add(
              tape.scaleRows(squares, squareFactors(rho)),
              tape.scaleRows(cross, crossFactors(rho)));
      if (gamma != null) {
        terms = tape.add(terms, tape.scaleRows(tape.log1mSquare(gamma), edgeFactors(rho)));
      }
      return tape.affine(
          tape.meanOfRowSums(terms), 1, constant(rho, first.mean().value().columns()));
    }

    /** 1/2 (1 / (1 - r^2) - 1). */
    private static float[] squareFactors(float[] rho) {
      float[] factors = new float[rho.length];
      for (int i = 0; i < rho.length; i++) {
        factors[i] = 0.5f * rho[i] * rho[i] / (1 - rho[i] * rho[i]);
      }
      return factors;
    }

    /** - r / (1 - r^2). */
    private static float[] crossFactors(float[] rho) {
      float[] factors = new float[rho.length];
      for (int i = 0; i < rho.length; i++) {
        factors[i] = -rho[i] / (1 - rho[i] * rho[i]);
      }
      return factors;
    }

    /** - 1/2 where there is an edge. */
    private static float[] edgeFactors(float[] rho) {
      float[] factors = new float[rho.length];
      for (int i = 0; i < rho.length; i++) {
        factors[i] = rho[i] == 0 ? 0 : -0.5f;
      }
      return factors;
    }

    /** The mean of bits / 2 log(1 - r^2). */
    private static float constant(float[] rho, int bits) {
      double sum = 0;
      for (float r : rho) {
        sum += StrictMath.log1p(-(double) r * r);
      }
      return (float) (sum * bits / 2 / rho.length);
    }
  }
}
