// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.regex.Pattern;

/**
 * Which rows are run.
 *
 * @param table name of the only table, or null for all
 * @param only what "table/label/bits/seed" must contain a match of, or null for all; a varied value
 *     stands before the bits
 * @param again also what is recorded already
 */
public record Choice(String table, Pattern only, boolean again) {

  boolean matches(RowKey key) {
    return (table == null || table.equals(key.table()))
        && (only == null || only.matcher(key.path()).find());
  }

  /**
   * Checks that the table exists.
   *
   * @throws IllegalArgumentException when it does not
   */
  public void requireKnown(Experiment experiment) {
    SpecCheck.require(
        table == null || experiment.tables().stream().anyMatch(t -> t.name().equals(table)),
        "table",
        "be one of " + experiment.tables().stream().map(TableSpec::name).toList(),
        table);
  }
}
