// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

/**
 * Where a row belongs.
 *
 * @param table name of the table
 * @param method name of the method, or of a {@link Reference}
 * @param label name of the line
 * @param supervised whether the method saw labels
 * @param varied value of the varied option, or null
 * @param bits the width; 0 for a reference
 * @param seed of the run; 0 for a reference
 */
public record RowKey(
    String table,
    String method,
    String label,
    boolean supervised,
    String varied,
    int bits,
    long seed) {

  /** The column of the table: the value of the varied option, else the width. */
  String column() {
    return varied == null ? Integer.toString(bits) : varied;
  }

  /** What the choice of rows is matched with. */
  String path() {
    return table + "/" + label + "/" + (varied == null ? "" : varied + "/") + bits + "/" + seed;
  }
}
