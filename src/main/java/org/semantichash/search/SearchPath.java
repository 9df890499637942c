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

import java.util.Locale;

/** The ways to find the documents of a segment; all find the same. */
public enum SearchPath {

  /** The chunk terms in the index, then the codes of the documents that share a chunk. */
  CHUNKS,

  /** Word columns in memory, all of them from front to back. */
  COLUMN_SCAN,

  /** Word columns in memory, only the documents that the rest of the query leaves. */
  COLUMN_LOOKUP,

  /** The stored doc values. */
  DOC_VALUES,

  /** No codes are read: every document that has one matches. */
  EXISTS;

  /** Its name in an explanation. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
