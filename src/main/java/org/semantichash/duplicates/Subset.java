// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/** Some codes of a table, in ascending order. */
final class Subset {

  private final int[] codes; // null for all
  private final int size;

  private Subset(int[] codes, int size) {
    this.codes = codes;
    this.size = size;
  }

  /** All codes of a table. */
  static Subset all(CodeTable table) {
    return new Subset(null, table.size());
  }

  /** These codes, ascending. */
  static Subset of(int[] codes) {
    return new Subset(codes, codes.length);
  }

  /** How many. */
  int size() {
    return size;
  }

  /** The code at a place. */
  int code(int place) {
    return codes == null ? place : codes[place];
  }
}
