// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.Map;
import java.util.Objects;
import org.semantichash.benchmarks.reproduce.Plan.Reference;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.encoder.Encoder;
import org.semantichash.trainer.features.Features;

/** Trains one method once. */
public interface MethodRunner {

  /**
   * Learns from the training part and chooses the epoch on the validation part; the test part is
   * not to be looked at.
   *
   * @param key names the method, its preset, the width and the seed, and says whether it may see
   *     the labels of the training part
   * @param options of the method and of the training, by name
   * @throws IllegalArgumentException for a method or an option that does not exist
   * @throws java.util.concurrent.CancellationException when it was asked to stop
   */
  Outcome run(RowKey key, Map<String, String> options, Features features);

  /** What tells the code and the defaults of a method from others, see {@link MethodDigest}. */
  String digest(RowKey key);

  /** Whether the code and the defaults of today have made a row. */
  default boolean hasMade(Row row) {
    return Reference.of(row.key()).isPresent()
        || Objects.equals(row.setup().methodDigest(), digest(row.key()));
  }

  /**
   * What a training left.
   *
   * @param encoder text vectors to codes, of the best epoch
   * @param course how the training went
   */
  public record Outcome(Encoder encoder, Course course) {

    /** Checks. */
    public Outcome {
      Objects.requireNonNull(encoder, "encoder");
      Objects.requireNonNull(course, "course");
    }
  }
}
