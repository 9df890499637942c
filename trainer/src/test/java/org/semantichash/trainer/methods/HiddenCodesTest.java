// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.DenseLayer;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;
import org.semantichash.trainer.methods.HiddenCodes.Options;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingOptions;

class HiddenCodesTest {

  private static final int TERMS = 60;
  private static final int WIDTH = 24;

  private static float[] normal(int n, SplittableRandom random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Hidden values of very different variances, and 8 bits that are to be replaced. */
  private static HashNetwork network(SplittableRandom random) {
    float[] first = normal(TERMS * WIDTH, random);
    for (int i = 0; i < first.length; i++) {
      first[i] /= 1 + i % WIDTH;
    }
    float[] bias = new float[WIDTH];
    Arrays.fill(bias, 0.1f);
    DenseLayer last = new DenseLayer(normal(WIDTH * 8, random), new float[8]);
    return new HashNetwork(new SparseLayer(first, bias), List.of(last), new float[8]);
  }

  private static Dataset documents(int n, SplittableRandom random) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int d = 0; d < n; d++) {
      int[] ids = random.ints(random.nextInt(2, 12), 0, TERMS).sorted().distinct().toArray();
      float[] weights = new float[ids.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextDouble(0.1, 1);
      }
      vectors.add(SparseVector.of(ids, weights));
      labels.add(new int[0]);
    }
    return new Dataset(vectors, labels, TERMS);
  }

  private static HashNetwork codes(
      HashNetwork network, Dataset documents, int bits, int steps, int threads) {
    return HiddenCodes.of(
        network,
        documents,
        TrainingOptions.DEFAULTS.withBits(bits).withSeed(3).withThreads(threads),
        new Options(steps, 0.05, 1, 0.25),
        (step, of) -> true);
  }

  @Test
  void onlyTheLastLayerChanges() {
    SplittableRandom random = new SplittableRandom(1);
    HashNetwork before = network(random);
    Dataset documents = documents(200, random);
    HashNetwork after = codes(before, documents, 12, 20, 1);
    assertSame(before.first(), after.first());
    assertEquals(12, after.bits());
    assertEquals(List.of(WIDTH, 12), List.of(after.dense().getLast().in(), after.bits()));
    SparseVector vector = documents.vectors().getFirst();
    assertArrayEquals(before.hidden(vector).getLast(), after.hidden(vector).getLast());
  }

  /** Bits are halves of the documents before anything is learned. */
  @Test
  void bitsStartAtTheMeans() {
    SplittableRandom random = new SplittableRandom(2);
    HashNetwork before = network(random);
    Dataset documents = documents(500, random);
    HashNetwork after = codes(before, documents, 10, 0, 1);
    for (int bit = 0; bit < 10; bit++) {
      double sum = 0;
      double size = 0;
      for (SparseVector vector : documents.vectors()) {
        double value = after.activations(vector)[bit] - after.thresholds()[bit];
        sum += value;
        size += Math.abs(value);
      }
      assertEquals(0, sum / documents.size(), 1e-4, "the threshold is the mean");
      assertEquals(1, size / documents.size(), 1e-4, "all bits are of one size");
    }
  }

  /** What is learned carries over to documents that were not learned from. */
  @Test
  void learnedCodesHaveTheNeighboursOfTheHiddenLayer() {
    SplittableRandom random = new SplittableRandom(10);
    HashNetwork network = network(random);
    Dataset documents = documents(1500, random);
    Dataset others = documents(150, random);
    double before = agreement(network, codes(network, documents, 16, 0, 2), others, documents);
    double after = agreement(network, codes(network, documents, 16, 400, 2), others, documents);
    assertTrue(after > before + 0.02, before + " before, " + after + " after");
  }

  /** The mean share of the 10 nearest by cosine of the hidden layer among the 50 by codes. */
  private static double agreement(
      HashNetwork network, HashNetwork codes, Dataset queries, Dataset database) {
    List<BinaryCode> stored = codes.encode(database.vectors());
    double sum = 0;
    for (SparseVector query : queries.vectors()) {
      BinaryCode code = codes.encode(query);
      float[] hidden = network.hidden(query).getLast();
      List<Integer> byCosine =
          nearest(database, d -> -cosine(hidden, network.hidden(d).getLast()), 10);
      Map<SparseVector, Double> distances = new HashMap<>();
      for (int d = 0; d < stored.size(); d++) {
        distances.put(database.vectors().get(d), (double) code.distance(stored.get(d)));
      }
      sum += nearest(database, distances::get, 50).stream().filter(byCosine::contains).count();
    }
    return sum / queries.size() / 10;
  }

  private static List<Integer> nearest(
      Dataset database, ToDoubleFunction<SparseVector> distance, int k) {
    double[] distances = database.vectors().stream().mapToDouble(distance).toArray();
    return IntStream.range(0, distances.length)
        .boxed()
        .sorted(Comparator.comparingDouble(d -> distances[d]))
        .limit(k)
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  @Test
  void variancesAndDirectionsGiveTheCovarianceAgain() {
    SplittableRandom random = new SplittableRandom(4);
    DMatrixRMaj rows = PrincipalComponents.normal(70, 9, random);
    PrincipalComponents.Variances variances = PrincipalComponents.variances(rows);
    DMatrixRMaj diagonal = CommonOps_DDRM.diag(variances.values());
    DMatrixRMaj again =
        CommonOps_DDRM.multTransB(
            CommonOps_DDRM.mult(variances.directions(), diagonal, null),
            variances.directions(),
            null);
    DMatrixRMaj expected = CommonOps_DDRM.multTransA(rows, rows, null);
    CommonOps_DDRM.scale(1.0 / 70, expected);
    assertTrue(MatrixFeatures_DDRM.isIdentical(expected, again, 1e-9));
    double[] falling = variances.values().clone();
    Arrays.sort(falling);
    for (int i = 0; i < falling.length; i++) {
      assertEquals(falling[falling.length - 1 - i], variances.values()[i]);
    }
  }

  /**
   * The hidden layer says little more than the topic, as a trained one does, and yet documents of
   * one topic have codes of their own: by the words that they are learned from as well, and by
   * hyperplanes.
   */
  @Test
  void documentsOfOneTopicHaveCodesOfTheirOwn() {
    SplittableRandom random = new SplittableRandom(12);
    HashNetwork network = topicNetwork(random);
    Dataset documents = TopicDocuments.of(2000, 5, 13);
    double neither = distinctShare(network, documents, 0, 0);
    double byWords = distinctShare(network, documents, 1, 0);
    double byBoth = distinctShare(network, documents, 1, 0.25);
    assertTrue(neither < 0.84, "by the hidden layer alone: " + neither);
    assertTrue(byWords > 0.88, "by words, too: " + byWords);
    assertTrue(byBoth > byWords + 0.02, "by words and hyperplanes: " + byBoth);
  }

  /** A quarter of what goes beyond 32 bits, none below; with any number of documents. */
  @Test
  void hyperplanesTakeAShareOfTheBitsBeyondThoseForSubjects() {
    Options options = new Options(0, 0.05, 1, 0.25);
    assertEquals(0, options.hyperplanes(4));
    assertEquals(0, options.hyperplanes(32));
    assertEquals(8, options.hyperplanes(64));
    assertEquals(24, options.hyperplanes(128));
    assertEquals(0, new Options(0, 0.05, 1, 0).hyperplanes(128));
  }

  /** The words of a topic have nearly the same weights. */
  private static HashNetwork topicNetwork(SplittableRandom random) {
    int topics = 5;
    float[] centres = normal(topics * WIDTH, random);
    float[] weights = normal(topics * TopicDocuments.WORDS_A_TOPIC * WIDTH, random);
    for (int i = 0; i < weights.length; i++) {
      int topic = i / WIDTH / TopicDocuments.WORDS_A_TOPIC;
      weights[i] = centres[topic * WIDTH + i % WIDTH] + 0.3f * weights[i];
    }
    DenseLayer last = new DenseLayer(normal(WIDTH * 8, random), new float[8]);
    return new HashNetwork(new SparseLayer(weights, new float[WIDTH]), List.of(last), new float[8]);
  }

  private static double distinctShare(
      HashNetwork network, Dataset documents, double words, double hyperplanes) {
    TrainingOptions training = TrainingOptions.DEFAULTS.withBits(64).withThreads(2);
    HashNetwork codes =
        HiddenCodes.of(
            network,
            documents,
            training,
            new Options(400, 0.05, words, hyperplanes),
            (step, of) -> true);
    int distinct = CodeStatistics.of(codes.encode(documents.vectors())).distinct();
    return (double) distinct / TermCoverage.of(documents.vectors()).distinct();
  }

  /** After Ctrl-C there are codes: those learned by then. */
  @Test
  void learningEndsWhenItIsToldTo() {
    SplittableRandom random = new SplittableRandom(14);
    HashNetwork network = network(random);
    Dataset documents = documents(300, random);
    AtomicInteger asked = new AtomicInteger();
    TrainingOptions training = TrainingOptions.DEFAULTS.withBits(16).withSeed(3).withThreads(1);
    Options options = new Options(1_000_000_000, 0.05, 1, 0);
    HashNetwork stopped =
        HiddenCodes.of(
            network, documents, training, options, (step, of) -> asked.incrementAndGet() <= 5);
    assertEquals(16, stopped.bits());
    assertEquals(6, asked.get());
    HashNetwork atOnce = HiddenCodes.of(network, documents, training, options, (step, of) -> false);
    assertArrayEquals(
        codes(network, documents, 16, 0, 1).dense().getLast().weights(),
        atOnce.dense().getLast().weights());
  }

  /** Ten documents span nine directions at most: the others are random at first. */
  @Test
  void fewDocumentsGetAllTheirBits() {
    SplittableRandom random = new SplittableRandom(5);
    HashNetwork before = network(random);
    for (int n : new int[] {1, 2, 10}) {
      Dataset documents = documents(n, random);
      HashNetwork after = codes(before, documents, 64, 100, 1);
      assertEquals(64, after.bits());
      List<BinaryCode> codes = after.encode(documents(300, random).vectors());
      int distinct = CodeStatistics.of(codes).distinct();
      assertTrue(distinct > 250, n + " documents: " + distinct);
    }
  }

  @Test
  void theResultDoesNotDependOnTheThreads() {
    SplittableRandom random = new SplittableRandom(6);
    HashNetwork before = network(random);
    Dataset documents = documents(400, random);
    float[] expected = weights(before, documents, 1);
    for (int threads = 2; threads <= 4; threads++) {
      assertArrayEquals(expected, weights(before, documents, threads), threads + " threads");
    }
  }

  private static float[] weights(HashNetwork network, Dataset documents, int threads) {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> codes(network, documents, 16, 20, threads))
          .join()
          .dense()
          .getLast()
          .weights();
    }
  }
}
