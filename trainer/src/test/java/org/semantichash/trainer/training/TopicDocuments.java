// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.semantichash.bagofwords.SparseVector;

/** Documents of a few topics: most words come from the topic's own, some from everywhere. */
public final class TopicDocuments {

  /** Words that belong to each topic. */
  public static final int WORDS_A_TOPIC = 20;

  private TopicDocuments() {}

  /** Labelled documents; the label is the topic. */
  public static Dataset of(int documents, int topics, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int vocabulary = topics * WORDS_A_TOPIC;
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      int topic = random.nextInt(topics);
      TreeSet<Integer> ids = new TreeSet<>();
      for (int word = 0; word < 8; word++) {
        ids.add(
            random.nextInt(5) == 0
                ? random.nextInt(vocabulary)
                : topic * WORDS_A_TOPIC + random.nextInt(WORDS_A_TOPIC));
      }
      float[] weights = new float[ids.size()];
      java.util.Arrays.fill(weights, (float) (1 / Math.sqrt(ids.size())));
      vectors.add(SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights));
      labels.add(new int[] {topic});
    }
    return new Dataset(vectors, labels, vocabulary);
  }
}
