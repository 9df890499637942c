// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.List;
import org.semantichash.trainer.engine.MixtureDivergence.BernoulliMixtureDivergence;
import org.semantichash.trainer.engine.MixtureDivergence.GaussianMixtureDivergence;
import org.semantichash.trainer.engine.ReconstructionLoss.LabelLoss;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.StepContext.Workspace;

/**
 * The operations of which an objective is made, for one step. Each is recorded, so that {@link
 * #backward} can go through them in reverse; shapes are [rows, columns], B is the number of
 * documents.
 */
public final class Tape extends StepContext {

  Tape(Products products, Workspace workspace, long seed, long step) {
    super(products, workspace, seed, step);
  }

  /** x W + b [B, width] for sparse x [B, vocabulary], row-sparse W [vocabulary, width], b. */
  public Variable sparseLinear(SparseBatch x, Parameter weights, Parameter bias) {
    return LinearOperations.sparse(this, x, weights, bias);
  }

  /** What is given, not learned. */
  public Variable constant(Matrix value) {
    return new Variable(value, zeros(value.rows, value.columns));
  }

  /** x W + b [B, out] for x [B, in], W [in, out], b [1, out]. */
  public Variable linear(Variable x, Parameter weights, Parameter bias) {
    return LinearOperations.dense(this, x, weights, bias);
  }

  /** x W [B, out] for x [B, in], W [in, out]. */
  public Variable multiply(Variable x, Parameter weights) {
    return LinearOperations.dense(this, x, weights, null);
  }

  /** max(0, x). */
  public Variable relu(Variable x) {
    return ElementOperations.relu(this, x);
  }

  /** 1 / (1 + exp(-x)). */
  public Variable sigmoid(Variable x) {
    return ElementOperations.sigmoid(this, x);
  }

  /** The hyperbolic tangent of x. */
  public Variable tanh(Variable x) {
    return ElementOperations.tanh(this, x);
  }

  /** a x + b y. */
  public Variable combine(float a, Variable x, float b, Variable y) {
    return ElementOperations.combine(this, a, x, b, y);
  }

  /** Each row of x as probabilities: exp(x) over the sum of the row. */
  public Variable softmax(Variable x) {
    return ElementOperations.softmax(this, x);
  }

  /** Each element kept, and divided by the share, with this probability, else 0. */
  public Variable dropout(Variable x, double keep) {
    return RandomOperations.dropout(this, x, keep);
  }

  /**
   * A bit for each probability, 1 where it exceeds a uniform random number; on the way back the
   * gradient passes straight through, times a factor.
   */
  public Variable sampleBits(Variable probabilities, float gradientFactor) {
    return RandomOperations.sampleBits(this, probabilities, gradientFactor);
  }

  /** A bit for each probability, 1 where it exceeds 1/2; its gradient as in {@link #sampleBits}. */
  public Variable roundBits(Variable probabilities, float gradientFactor) {
    return RandomOperations.roundBits(this, probabilities, gradientFactor);
  }

  /** x + exp(logVariance / 2) times normal noise, element by element. */
  public Variable addNoise(Variable x, Variable logVariance) {
    return RandomOperations.addNoise(this, x, logVariance);
  }

  /**
   * The mean over the documents of - sum over terms t of weight(t) log softmax(z E + b)(t).
   *
   * @param z [B, bits]
   * @param embedding E [bits, vocabulary]
   * @param bias b [1, vocabulary]
   * @param targets the documents' own weights
   * @return [1, 1], in nats
   */
  public Variable reconstructionLoss(
      Variable z, Parameter embedding, Parameter bias, SparseBatch targets) {
    return ReconstructionLoss.of(this, z, embedding, bias, targets);
  }

  /**
   * The mean over the documents of KL(q(c|x) || p(c)) + E over q(c|x) of KL(q(z|x) || p(z|c)) for a
   * Bernoulli posterior and a mixture of Bernoulli priors.
   *
   * @param bits logits of q(z = 1|x) [B, bits]
   * @param components logits of q(c|x) [B, K]
   * @param prior logits of gamma [K, bits]
   * @param mixture logits of pi [1, K]
   * @return [1, 1], in nats
   */
  public Variable mixtureDivergence(
      Variable bits, Variable components, Parameter prior, Parameter mixture) {
    return new BernoulliMixtureDivergence(this, bits, components, prior, mixture).on(this);
  }

  /**
   * The mean over the documents of KL(q(c|x) || p(c)) + E over q(c|x) of KL(q(z|x) || p(z|c)) for a
   * posterior and a mixture of priors that are normal, the bits independent of each other.
   *
   * @param mean of q(z|x) [B, bits]
   * @param logVariance of q(z|x) [B, bits]
   * @param components logits of q(c|x) [B, K]
   * @param priorMean of p(z|c) [K, bits]
   * @param priorLogVariance of p(z|c) [K, bits]
   * @param mixture logits of pi [1, K]
   * @return [1, 1], in nats
   */
  public Variable gaussianMixtureDivergence(
      Variable mean,
      Variable logVariance,
      Variable components,
      Parameter priorMean,
      Parameter priorLogVariance,
      Parameter mixture) {
    return new GaussianMixtureDivergence(
            this, mean, logVariance, components, priorMean, priorLogVariance, mixture)
        .on(this);
  }

  /** The columns of x from inclusive to exclusive [B, to - from]. */
  public Variable columns(Variable x, int from, int to) {
    return ReductionOperations.columns(this, x, from, to);
  }

  /** The rows of x from inclusive to exclusive [to - from, columns]. */
  public Variable rows(Variable x, int from, int to) {
    return ReductionOperations.rows(this, x, from, to);
  }

  /** exp(x), element by element. */
  public Variable exp(Variable x) {
    return ElementOperations.exp(this, x);
  }

  /** log(1 + exp(x)), element by element. */
  public Variable softplus(Variable x) {
    return ElementOperations.softplus(this, x);
  }

  /** log(1 - x^2), element by element, for |x| &lt; 1. */
  public Variable log1mSquare(Variable x) {
    return ElementOperations.log1mSquare(this, x);
  }

  /** factor x + shift, element by element. */
  public Variable affine(Variable x, float factor, float shift) {
    return ElementOperations.affine(this, x, factor, shift);
  }

  /** x times y, element by element. */
  public Variable product(Variable x, Variable y) {
    return ElementOperations.product(this, x, y);
  }

  /**
   * log of the product over the columns of Bernoulli(bit; sigmoid(logit)): the sum of bit logit -
   * log(1 + exp(logit)) [B, 1].
   */
  public Variable logBernoulli(Variable bits, Variable logits) {
    return ElementOperations.bernoulli(this, bits, logits);
  }

  /** Each row of x times a number of its own, which is no variable. */
  public Variable scaleRows(Variable x, float[] factors) {
    return ElementOperations.scaleRows(this, x, factors);
  }

  /** x + y. */
  public Variable add(Variable x, Variable y) {
    return combine(1, x, 1, y);
  }

  /** The sum of each row [B, 1]. */
  public Variable rowSums(Variable x) {
    return ReductionOperations.rowSums(this, x);
  }

  /** The mean over the rows of their sums [1, 1]. */
  public Variable meanOfRowSums(Variable x) {
    return ReductionOperations.mean(this, x);
  }

  /** log of the sum of exp over some [B, 1], row by row [B, 1]. */
  public Variable logSumExp(List<Variable> terms) {
    return ReductionOperations.logSumExp(this, terms);
  }

  /** The squared Frobenius norm of T T' - I for a parameter T with the vectors as rows [1, 1]. */
  public Variable orthogonality(Parameter rows) {
    return LinearOperations.orthogonality(this, rows);
  }

  /**
   * A bit for each logit, 1 where logit plus logistic noise exceeds 0; on the way back as if it
   * were sigmoid((logit + noise) / temperature), the Gumbel-softmax over two categories.
   */
  public Variable relaxedBits(Variable logits, float temperature) {
    return RandomOperations.relaxedBits(this, logits, temperature);
  }

  /**
   * x + U e with e normal noise [rank] for each document.
   *
   * @param x [B, bits]
   * @param factors U of each document, one column of it after the other [B, rank * bits]
   */
  public Variable addLowRankNoise(Variable x, Variable factors) {
    return RandomOperations.addLowRankNoise(this, x, factors);
  }

  /**
   * How far the neighbours by the codes are from those that are wanted, see {@link NeighbourLoss}.
   *
   * @param codes [B, bits], with elements about -1 and 1
   * @param vectors of the same documents, whose scalar products say which are neighbours [B, any]
   * @param terms of the same documents, whose scalar products are added to those; may be empty
   * @param temperature by which the sums are divided
   * @param logScale the logarithm of what the codes' products are multiplied by [1, 1]
   * @return [1, 1], in nats
   */
  public Variable neighbourLoss(
      Variable codes, Matrix vectors, SparseBatch terms, float temperature, Parameter logScale) {
    return NeighbourLoss.of(this, codes, vectors, terms, temperature, logScale);
  }

  /**
   * The mean over the documents of the sum over the labels of the cross-entropy of sigmoid(logit).
   *
   * @param logits [B, labels]
   * @param labels for each document the ids of its labels
   * @return [1, 1], in nats
   */
  public Variable labelLoss(Variable logits, List<int[]> labels) {
    return LabelLoss.of(this, logits, labels);
  }
}
