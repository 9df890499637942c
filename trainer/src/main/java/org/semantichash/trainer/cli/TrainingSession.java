// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.training.ProgressLine;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.DivergedException;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingSummary;

/**
 * Learns a network and tells how that goes.
 *
 * @param err where progress and warnings go
 */
record TrainingSession(
    HashingMethod method, TrainingOptions options, Features features, PrintWriter err) {

  /** What came of it. */
  record Learned(HashNetwork network, TrainingSummary summary) {}

  /** Learns until the epochs are over, nothing gets better, or a person has had enough. */
  Learned run(ValidationScore score, Interruption interruption) {
    try (ProgressLine progress = new ProgressLine(err, Terminal.isInteractive())) {
      TrainingSummary summary = new TrainingSummary(progress);
      TrainingLoop loop = new TrainingLoop(options, score, summary, interruption::isRequested);
      HashNetwork network = learn(loop);
      summary.print(err);
      summary.advice(options.epochs()).ifPresent(err::println);
      return new Learned(network, summary);
    }
  }

  private HashNetwork learn(TrainingLoop loop) {
    try {
      return method.learn(features.training(), options, loop);
    } catch (DivergedException e) {
      err.println("WARNING: method [" + method.name() + "]: " + e.getMessage());
      return e.lastGood().orElseThrow(() -> e);
    }
  }
}
