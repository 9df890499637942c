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
