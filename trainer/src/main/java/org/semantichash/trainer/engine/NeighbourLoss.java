// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.Arrays;
import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.StepContext.Variable;

/**
 * How badly the codes of a batch have the neighbours that they should have (stochastic neighbour
 * embedding: Hinton and Roweis, NIPS 2002, equations 1 to 3): of document i, the others j are a
 * neighbour with probability p(j|i) = softmax over j of t(i, j) / temperature, with t(i, j) the sum
 * of the scalar products of what is given, and with q(j|i) = softmax over j of scale c(i) c(j)' /
 * bits by their codes; the loss is the mean over i of - sum over j of p(j|i) log q(j|i).
 * Deviations: similarities are scalar products, not distances, all documents have one temperature,
 * and the scale is learned. The similarities of the codes [B, B] become their own gradient in
 * place.
 */
final class NeighbourLoss {

  private final StepContext tape;
  private final Variable codes;
  private final Parameter logScale;

  /** p(j|i) [B, B], 0 where i = j. */
  private final Matrix wanted;

  /** c(i) c(j)' / bits [B, B], and after the way forward the gradient of scale times it. */
  private final Matrix similarities;

  /** The derivative by the logarithm of the scale. */
  private float scaleGradient;

  private NeighbourLoss(StepContext tape, Variable codes, Parameter logScale, Matrix wanted) {
    this.tape = tape;
    this.codes = codes;
    this.logScale = logScale;
    this.wanted = wanted;
    similarities = products(tape, codes.value);
    tape.products()
        .kernels()
        .scale(similarities.data, 0, similarities.data.length, 1f / codes.value.columns);
  }

  static Variable of(
      StepContext tape,
      Variable codes,
      Matrix vectors,
      SparseBatch terms,
      float temperature,
      Parameter logScale) {
    assert vectors.rows == codes.value.rows && vectors.rows > 1 : "two documents at least";
    assert terms.size() == vectors.rows : "vectors and terms of the same documents";
    Matrix wanted = products(tape, vectors);
    addProducts(wanted, terms);
    tape.split(
        wanted.rows,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            toProbabilities(tape.products().kernels(), wanted, row, 1 / temperature);
          }
        });
    NeighbourLoss operation = new NeighbourLoss(tape, codes, logScale, wanted);
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = operation.forward();
    tape.onBackward(() -> operation.backward(loss.gradient.data[0]));
    return loss;
  }

  /** x x' [B, B]. */
  private static Matrix products(StepContext tape, Matrix x) {
    Matrix products = tape.zeros(x.rows, x.rows);
    tape.products().addTransposedRight(products, x, x);
    return products;
  }

  /** Adds the scalar products of sparse vectors [B, B]. */
  private static void addProducts(Matrix products, SparseBatch documents) {
    SparseBatch.ByTerm byTerm = documents.byTerm();
    for (int term = 0; term < byTerm.distinctTerms; term++) {
      int end = byTerm.starts[term + 1];
      for (int i = byTerm.starts[term]; i < end; i++) {
        int offset = byTerm.documentOf[i] * products.columns;
        for (int j = byTerm.starts[term]; j < end; j++) {
          products.data[offset + byTerm.documentOf[j]] += byTerm.weightOf[i] * byTerm.weightOf[j];
        }
      }
    }
  }

  /**
   * A row becomes softmax(scale row) over all but the document itself, which gets 0.
   *
   * @return the largest of the scaled others plus the logarithm of the sum
   */
  private static double toProbabilities(Kernels kernels, Matrix matrix, int row, float scale) {
    int offset = row * matrix.columns;
    kernels.scale(matrix.data, offset, matrix.columns, scale);
    matrix.data[offset + row] = Float.NEGATIVE_INFINITY;
    float max = kernels.max(matrix.data, offset, matrix.columns);
    matrix.data[offset + row] = max;
    kernels.expShifted(matrix.data, offset, matrix.columns, max);
    matrix.data[offset + row] = 0;
    double sum = 0;
    for (int i = offset; i < offset + matrix.columns; i++) {
      sum += matrix.data[i];
    }
    kernels.scale(matrix.data, offset, matrix.columns, (float) (1 / sum));
    return max + StrictMath.log(sum);
  }

  private float forward() {
    int n = similarities.rows;
    float scale = FloatMath.exp(logScale.value.data[0]);
    double[] losses = new double[n];
    double[] scaleGradients = new double[n];
    tape.split(
        n,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            document(row, scale, losses, scaleGradients);
          }
        });
    double loss = 0;
    double gradient = 0;
    for (int row = 0; row < n; row++) {
      loss += losses[row] / n;
      gradient += scaleGradients[row] / n;
    }
    scaleGradient = (float) gradient;
    return (float) loss;
  }

  /** The loss of a document; its similarities turn into the gradient of the mean loss. */
  private void document(int row, float scale, double[] losses, double[] scaleGradients) {
    int n = similarities.columns;
    int offset = row * n;
    float[] own = Arrays.copyOfRange(similarities.data, offset, offset + n);
    double logSum = toProbabilities(tape.products().kernels(), similarities, row, scale);
    double wantedSimilarity = 0;
    double similarity = 0;
    for (int j = 0; j < n; j++) {
      float p = wanted.data[offset + j];
      float q = similarities.data[offset + j];
      wantedSimilarity += (double) p * own[j];
      similarity += (double) q * own[j];
      similarities.data[offset + j] = (q - p) / n;
    }
    losses[row] = logSum - scale * wantedSimilarity;
    scaleGradients[row] = scale * (similarity - wantedSimilarity);
  }

  private void backward(float factor) {
    Products products = tape.products();
    float scale = FloatMath.exp(logScale.value.data[0]);
    logScale.gradient.data[0] += factor * scaleGradient;
    products
        .kernels()
        .scale(
            similarities.data, 0, similarities.data.length, factor * scale / codes.value.columns);
    products.add(codes.gradient, similarities, codes.value);
    products.addTransposed(codes.gradient, similarities, codes.value);
  }
}
