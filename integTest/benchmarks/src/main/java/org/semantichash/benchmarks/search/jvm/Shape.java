// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * How codes are put into an index.
 *
 * @param name of its folder
 * @param segments how many
 * @param terms shares of the documents that a term finds
 * @param missing documents without a code, or null
 * @param deleted documents that are deleted after the merge, or null
 * @param chunks whether the chunks of codes are indexed too
 */
record Shape(
    String name, int segments, List<Share> terms, Share missing, Share deleted, boolean chunks) {

  static final Shape PLAIN = new Shape("plain", 1, List.of(), null, null);
  static final Shape CHUNKS = new Shape("chunks", 1, List.of(), null, null, true);

  Shape(String name, int segments, List<Share> terms, Share missing, Share deleted) {
    this(name, segments, terms, missing, deleted, false);
  }

  /** The documents that a search may find. */
  IntPredicate found() {
    return ordinal ->
        (missing == null || missing.test(ordinal) == false)
            && (deleted == null || deleted.test(ordinal) == false);
  }
}
