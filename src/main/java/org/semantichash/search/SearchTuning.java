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
package org.semantichash.search;

/**
 * How a query chooses its way and walks it; what is found does not depend on it.
 *
 * @param access how to read columns
 * @param costs what the ways to search cost
 */
record SearchTuning(ColumnAccess access, SearchCosts costs) {

  /** The fastest on this machine, by measured costs. */
  static final SearchTuning MEASURED = new SearchTuning(ColumnAccess.FASTEST, SearchCosts.MEASURED);

  /** The same with other costs. */
  SearchTuning with(SearchCosts others) {
    return new SearchTuning(access, others);
  }

  /** The same with another way to read columns. */
  SearchTuning with(ColumnAccess other) {
    return new SearchTuning(other, costs);
  }
}
