// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.RetrievalEvaluator;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/** What a method adds to the others is worth something: without it, its codes are worse. */
class OwnTermsTest {

  private static final int TRAINING = 600;
  private static final int TOPICS = 12;
  private static final int WORDS = 40;

  /** Short texts, so that documents of one topic seldom share words, but their neighbours do. */
  private static Dataset documents(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < TRAINING + 200; i++) {
      int topic = random.nextInt(TOPICS);
      TreeSet<Integer> ids = new TreeSet<>();
      while (ids.size() < 6) {
        ids.add(
            (random.nextInt(4) == 0 ? random.nextInt(TOPICS) : topic) * WORDS
                + random.nextInt(WORDS));
      }
      float[] weights = new float[ids.size()];
      Arrays.fill(weights, (float) (1 / Math.sqrt(ids.size())));
      vectors.add(SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights));
      labels.add(new int[] {topic});
    }
    return new Dataset(vectors, labels, TOPICS * WORDS);
  }

  private static double precision(String name, Map<String, String> options, long seed) {
    Dataset all = documents(seed);
    Dataset training =
        new Dataset(
            all.vectors().subList(0, TRAINING),
            all.labels().subList(0, TRAINING),
            all.vocabularySize());
    List<SparseVector> queries = all.vectors().subList(TRAINING, all.size());
    HashMap<String, String> given = new HashMap<>(options);
    HashingMethod method = HashingMethod.named(name, Map.of());
    if (method.toProperties().containsKey("kl_warmup")) {
      given.put("kl_warmup", "20");
    }
    method = HashingMethod.named(name, given);
    TrainingOptions training16 =
        new TrainingOptions(16, 32, 1, 10, 10, 50, 0.01, 0.96, 0.9, 5, seed, 2)
            .with(method.trainingDefaults())
            .with(Map.of("learning_rate", "0.01"));
    AtomicInteger epoch = new AtomicInteger(); // as a score: the last one is kept
    HashNetwork network =
        method.learn(
            training,
            training16,
            new TrainingLoop(
                training16, unused -> epoch.incrementAndGet(), TrainingListener.NONE, () -> false));
    return new RetrievalEvaluator(all.labels().subList(TRAINING, all.size()), training.labels(), 40)
        .codes(network.encode(queries), network.encode(training.vectors()))
        .precision();
  }

  /** Means of three collections and seeds. */
  @ParameterizedTest
  @CsvSource({
    "nbrreg, neighbour_weight, 0, 0.2",
    "pairrec, pair_weight, 0, 0.05",
    "node2hash, link_weight, 0, 0.05",
    "ammi, entropy_weight, 0, 0.3",
    "ammi, order, 0, 0.005",
  })
  void withoutItsOwnTermAMethodIsWorse(String name, String option, String off, double least) {
    double with = 0;
    double without = 0;
    for (long seed = 1; seed <= 3; seed++) {
      with += precision(name, Map.of(), seed) / 3;
      without += precision(name, Map.of(option, off), seed) / 3;
    }
    assertTrue(with - without > least, name + ": " + with + ", without " + option + ": " + without);
  }
}
