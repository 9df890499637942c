// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
