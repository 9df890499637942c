// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.training.ProgressLine;
import org.semantichash.trainer.training.TrainingListener.TrainingSummary;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.DivergedException;
import org.semantichash.trainer.training.TrainingOptions;

/**
 * Learns a network and shows the progress.
 *
 * @param err where progress and warnings go
 */
record TrainingSession(
    HashingMethod method, TrainingOptions options, Features features, PrintWriter err) {

  record TrainedNetwork(HashNetwork network, TrainingSummary summary) {}

  /** The same with other options. */
  TrainingSession with(TrainingOptions other) {
    return new TrainingSession(method, other, features, err);
  }

  /** Learns until the last epoch, until patience runs out, or until Ctrl-C. */
  TrainedNetwork run(ValidationScore score, Interruption interruption) {
    return run(score, interruption, Optional.empty());
  }

  /** The same from where a checkpoint has it, which also keeps where it ends. */
  TrainedNetwork run(
      ValidationScore score, Interruption interruption, Optional<TrainingCheckpoint> checkpoint) {
    try (ProgressLine progress = new ProgressLine(err, Terminal.isInteractive())) {
      TrainingSummary summary = new TrainingSummary(progress);
      TrainingLoop loop = new TrainingLoop(options, score, summary, interruption::isRequested);
      checkpoint.ifPresent(
          kept ->
              kept.attach(
                  loop,
                  () ->
                      interruption.isRequested() || summary.advice(options.epochs()).isPresent()));
      HashNetwork network = learn(loop);
      summary.print(err);
      summary.advice(options.epochs()).ifPresent(err::println);
      return new TrainedNetwork(network, summary);
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
