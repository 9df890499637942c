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

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An experiment with what is recorded of it.
 *
 * @param experiment what is wanted
 * @param rows the wanted rows that are recorded, in the experiment's order; may be none
 */
public record RecordedExperiment(Experiment experiment, List<Row> rows) {

  /** Checks. */
  public RecordedExperiment {
    SpecCheck.requirePresent("experiment", experiment);
    rows = List.copyOf(rows);
  }

  /** Reads the rows; none where there is no file yet. */
  public static RecordedExperiment read(Experiment experiment, Path rowFile) throws IOException {
    return new RecordedExperiment(
        experiment, new Results(new RowFile(rowFile), Plan.of(experiment)).wanted());
  }
}
