/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
