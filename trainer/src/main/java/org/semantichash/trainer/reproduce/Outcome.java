// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Objects;
import org.semantichash.encoder.Encoder;

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
