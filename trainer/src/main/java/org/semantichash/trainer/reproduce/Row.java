// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Map;

/**
 * One recorded run.
 *
 * @param key where it belongs
 * @param setup how it was run
 * @param precision on the test part
 * @param course of the training
 * @param codes how the codes use their bits
 * @param parts how much was learned from and measured on
 * @param origin what made it
 */
public record Row(
    RowKey key,
    Setup setup,
    Precision precision,
    Course course,
    CodeUse codes,
    Parts parts,
    Origin origin) {

  /**
   * How a row was run.
   *
   * @param options all options
   * @param paper the published precision, or null
   * @param difference ours less the paper's, or null
   * @param definition digest of all that decides about the result
   */
  public record Setup(
      Map<String, String> options, Double paper, Double difference, String definition) {}

  /** The same result in a cell that wants the same run. */
  Row in(Cell cell) {
    Double difference = cell.paper() == null ? null : precision.at100() - cell.paper();
    Setup there = new Setup(cell.options(), cell.paper(), difference, cell.definition());
    return new Row(cell.key(), there, precision, course, codes, parts, origin);
  }
}
