// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.Map;
import java.util.Objects;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.encoder.Encoder;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.Preset;

/** Trains one method once. */
public interface MethodRunner {

  /**
   * Learns from the training part and chooses the epoch on the validation part; the test part is
   * not to be looked at.
   *
   * @param method its name
   * @param preset whose settings it has where none are given
   * @param supervised whether it may see the labels of the training part
   * @param options of the method and of the training, by name
   * @param bits the width
   * @param seed of every random choice
   * @throws IllegalArgumentException for a method or an option that does not exist
   * @throws java.util.concurrent.CancellationException when it was asked to stop
   */
  Outcome run(
      String method,
      Preset preset,
      boolean supervised,
      Map<String, String> options,
      int bits,
      long seed,
      Features features);

  /** What tells the code and the defaults of a method from others, see {@link MethodDigest}. */
  String digest(String method, Preset preset, boolean supervised);

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
