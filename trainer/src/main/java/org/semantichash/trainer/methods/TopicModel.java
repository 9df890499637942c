// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingLoop;

/**
 * Latent Dirichlet allocation (Blei, Ng and Jordan, JMLR 2003) by online variational Bayes
 * (Hoffman, Blei and Bach, "Online Learning for Latent Dirichlet Allocation", NIPS 2010, algorithm
 * 2): for the documents of a batch, gamma [topics] and phi(term, topic) in turn,
 *
 * <pre>
 *   phi(w, k) ~ exp(E log theta(k) + E log beta(k, w)),   gamma(k) = a + sum over w of n(w) phi(w, k),
 * </pre>
 *
 * <p>then lambda moves towards what the batch says by (t + 10)^-0.7, in passes over all documents.
 * alpha and eta are 1 / topics. Deviation: n(w) is not the count of a term but its TF-IDF weight,
 * scaled so that a document has as many words as different terms: vectors are all that a method
 * gets.
 */
final class TopicModel {

  private static final int BATCH = 256;
  private static final int INNER = 30;
  private static final double DELAY = 10;
  private static final double FORGETTING = 0.7;
  private static final double CONVERGED = 1e-3;

  private final int topics;
  private final double prior;
  private final int terms;

  /** exp(E log beta), term by term [terms, topics]. */
  private final double[] expectations;

  /** lambda, term by term [terms, topics]. */
  private final double[] lambda;

  private TopicModel(Dataset documents, int topics, SplittableRandom random) {
    this.topics = topics;
    prior = 1.0 / topics;
    terms = documents.vocabularySize();
    lambda = new double[Math.multiplyExact(terms, topics)];
    Arrays.setAll(lambda, i -> 0.5 + random.nextDouble());
    expectations = new double[lambda.length];
    expect();
  }

  /** Learns the topics. */
  static TopicModel of(
      Dataset documents, int topics, int passes, SplittableRandom random, Preparation preparation) {
    TopicModel model = new TopicModel(documents, topics, random);
    int n = documents.size();
    int[] order = IntStream.range(0, n).toArray();
    int step = 0;
    for (int pass = 0; pass < passes; pass++) {
      TrainingLoop.shuffle(order, random);
      preparation.onDocuments(pass, passes);
      for (int from = 0; from < n; from += BATCH) {
        int[] batch = Arrays.copyOfRange(order, from, Math.min(n, from + BATCH));
        model.learn(documents, batch, StrictMath.pow(DELAY + step++, -FORGETTING));
      }
    }
    return model;
  }

  private void learn(Dataset documents, int[] batch, double rate) {
    Inference[] inferred =
        Arrays.stream(batch)
            .parallel()
            .mapToObj(d -> infer(documents.vectors().get(d)))
            .toArray(Inference[]::new);
    double scale = rate * documents.size() / batch.length;
    for (int i = 0; i < lambda.length; i++) {
      lambda[i] = (1 - rate) * lambda[i] + rate * prior;
    }
    for (int i = 0; i < batch.length; i++) {
      inferred[i].addTo(lambda, documents.vectors().get(batch[i]), scale);
    }
    expect();
  }

  private void expect() {
    double[] sums = new double[topics];
    for (int i = 0; i < lambda.length; i++) {
      sums[i % topics] += lambda[i];
    }
    for (int k = 0; k < topics; k++) {
      sums[k] = digamma(sums[k]);
    }
    IntStream.range(0, terms)
        .parallel()
        .forEach(
            term -> {
              for (int i = term * topics, k = 0; k < topics; i++, k++) {
                expectations[i] = StrictMath.exp(digamma(lambda[i]) - sums[k]);
              }
            });
  }

  /** The share of each topic in a document [topics]. */
  double[] shares(SparseVector document) {
    double[] gamma = infer(document).gamma();
    double sum = Arrays.stream(gamma).sum();
    return Arrays.stream(gamma).map(value -> value / sum).toArray();
  }

  /** The terms that have the largest weights in a topic, the largest first. */
  int[] topTerms(int topic, int count) {
    return IntStream.range(0, terms)
        .boxed()
        .sorted((a, b) -> Double.compare(lambda[b * topics + topic], lambda[a * topics + topic]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * What is inferred about a document.
   *
   * @param gamma [topics]
   * @param words n(w) phi(w, k), one term of the document after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Inference(double[] gamma, double[] words) {

    void addTo(double[] lambda, SparseVector document, double scale) {
      int topics = gamma.length;
      for (int i = 0; i < document.size(); i++) {
        for (int k = 0; k < topics; k++) {
          lambda[document.id(i) * topics + k] += scale * words[i * topics + k];
        }
      }
    }
  }

  private Inference infer(SparseVector document) {
    int n = document.size();
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += document.weight(i);
    }
    double[] gamma = new double[topics];
    Arrays.fill(gamma, prior + (double) n / topics);
    double[] words = new double[n * topics];
    double[] theta = new double[topics];
    double change = Double.POSITIVE_INFINITY;
    for (int inner = 0; inner < INNER && change > CONVERGED * topics; inner++) {
      for (int k = 0; k < topics; k++) {
        theta[k] = StrictMath.exp(digamma(gamma[k]));
      }
      double[] next = new double[topics];
      Arrays.fill(next, prior);
      for (int i = 0; i < n; i++) {
        int row = document.id(i) * topics;
        double sum = 1e-100;
        for (int k = 0; k < topics; k++) {
          words[i * topics + k] = theta[k] * expectations[row + k];
          sum += words[i * topics + k];
        }
        double factor = document.weight(i) / total * n / sum;
        for (int k = 0; k < topics; k++) {
          words[i * topics + k] *= factor;
          next[k] += words[i * topics + k];
        }
      }
      change = 0;
      for (int k = 0; k < topics; k++) {
        change += Math.abs(next[k] - gamma[k]);
      }
      gamma = next;
    }
    return new Inference(gamma, words);
  }

  /** The derivative of log Gamma: by recurrence above 6, then the asymptotic series. */
  static double digamma(double x) {
    assert x > 0;
    double shift = 0;
    double y = x;
    while (y < 6) {
      shift -= 1 / y;
      y++;
    }
    double r = 1 / (y * y);
    return shift
        + StrictMath.log(y)
        - 0.5 / y
        - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r / 240)));
  }
}
