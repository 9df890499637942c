// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
