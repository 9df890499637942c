// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.learning.TrainingListener;

/** Keeps what the rows tell about a training. */
final class CourseRecorder implements TrainingListener {

  private final List<Double> seconds = new ArrayList<>();
  private double secondsInEpoch;
  private EpochResult best;

  @Override
  public void onBatch(BatchProgress progress) {
    secondsInEpoch = progress.secondsInEpoch();
  }

  @Override
  public void onEpoch(EpochResult result) {
    seconds.add(secondsInEpoch);
    best = result.best() ? result : best;
  }

  Course course() {
    if (best == null) {
      return Course.NONE; // computed, not trained in epochs
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Course(best.validationScore(), median, sorted.size(), best.epoch());
  }
}
