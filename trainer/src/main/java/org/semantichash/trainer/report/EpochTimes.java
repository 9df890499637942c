// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.TrainingListener;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.methods.LearnedMethod;

/** How long the steps of an epoch take, without validation and without what comes before. */
public final class EpochTimes {

  private final Dataset documents;
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  /** Times epochs over these documents. */
  public EpochTimes(Dataset documents) {
    this.documents = documents;
  }

  /**
   * Trains a new model for an epoch.
   *
   * @param counts whether the time is kept; not while the machine warms up
   */
  public void run(LearnedMethod method, TrainingOptions options, boolean counts) {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult result) {
            if (counts) {
              seconds
                  .computeIfAbsent(method.name(), unused -> new ArrayList<>())
                  .add(result.trainingSeconds());
            }
          }
        };
    method.learn(documents, options, new TrainingLoop(options, n -> 0, listener, () -> false));
  }

  /** The shortest time of each method, in seconds: what else the machine did only adds to it. */
  public Map<String, Double> fastest() {
    Map<String, Double> fastest = new LinkedHashMap<>();
    seconds.forEach((name, times) -> fastest.put(name, Collections.min(times)));
    return fastest;
  }
}
