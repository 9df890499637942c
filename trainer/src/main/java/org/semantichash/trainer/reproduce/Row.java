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
