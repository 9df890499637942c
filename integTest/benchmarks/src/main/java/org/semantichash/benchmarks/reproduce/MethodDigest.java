// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.HashingMethod.Preset;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * What tells the code and the defaults of a method from those that made a recorded row: the options
 * of a preset, and the network that the method makes of a few made-up documents. Networks are the
 * same bits on every machine and with any number of threads, so what does not change a result, such
 * as a comment or another compiler, does not change the digest. A change that shows only after many
 * documents or epochs is not seen.
 */
final class MethodDigest {

  private static final int TOPICS = 6;
  private static final int WORDS_A_TOPIC = 15;
  private static final int DOCUMENTS = 300;

  /** Small and quick; with the defaults written beside the network, so that they count too. */
  private static final Map<String, String> QUICK =
      Map.of(
          "batch_size", "50", "epochs", "2", "patience", "2", "hidden_units", "24", "bits", "16");

  private MethodDigest() {}

  /** The first 16 hexadecimal digits of the SHA-256. */
  static String of(String name, Preset preset, boolean supervised) {
    HashingMethod method =
        HashingMethod.named(name, preset, supervised ? Map.of("supervised", "true") : Map.of());
    TrainingOptions defaults = TrainingOptions.DEFAULTS.with(method.trainingDefaults());
    Map<String, String> options = new TreeMap<>(defaults.toProperties());
    options.putAll(method.toProperties());
    TrainingOptions quick = defaults.with(QUICK).withThreads(1);
    HashNetwork network =
        method.learn(
            documents(),
            quick,
            new TrainingLoop(quick, any -> 0, TrainingListener.NONE, () -> false));
    List<byte[]> parts = new ArrayList<>();
    parts.add(options.toString().getBytes(StandardCharsets.UTF_8));
    network.arrays().forEach(array -> parts.add(bytes(array)));
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return DataSet.sha256(all.array()).substring(0, 16);
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Labelled by their topics, with words of which most are the topic's own. */
  private static Dataset documents() {
    SplittableRandom random = new SplittableRandom(1);
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int document = 0; document < DOCUMENTS; document++) {
      int topic = random.nextInt(TOPICS);
      TreeSet<Integer> ids = new TreeSet<>();
      for (int word = 0; word < 8; word++) {
        int from = random.nextInt(4) == 0 ? random.nextInt(TOPICS) : topic;
        ids.add(from * WORDS_A_TOPIC + random.nextInt(WORDS_A_TOPIC));
      }
      vectors.add(vector(ids, random));
      labels.add(new int[] {topic});
    }
    return new Dataset(vectors, labels, TOPICS * WORDS_A_TOPIC);
  }

  /** Weights of length 1, not all alike. */
  private static SparseVector vector(Set<Integer> ids, SplittableRandom random) {
    float[] weights = new float[ids.size()];
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(0.5, 1.5);
      squares += weights[i] * weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / Math.sqrt(squares));
    }
    return SparseVector.of(ids.stream().mapToInt(Integer::intValue).toArray(), weights);
  }
}
