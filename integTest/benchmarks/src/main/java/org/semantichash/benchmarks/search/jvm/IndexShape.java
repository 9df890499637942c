// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.util.List;
import java.util.function.IntPredicate;
import org.semantichash.benchmarks.search.codes.DocumentShare;

/**
 * What an index contains beside the codes.
 *
 * @param name of its folder
 * @param segments the number of segments
 * @param terms shares of the documents that a term finds
 * @param missing documents without a code, or null
 * @param deleted documents that are deleted after the merge, or null
 * @param chunks whether the chunks of codes are indexed too
 */
record IndexShape(
    String name,
    int segments,
    List<DocumentShare> terms,
    DocumentShare missing,
    DocumentShare deleted,
    boolean chunks) {

  static final IndexShape PLAIN = new IndexShape("plain", 1, List.of(), null, null);
  static final IndexShape CHUNKS = new IndexShape("chunks", 1, List.of(), null, null, true);

  IndexShape(
      String name,
      int segments,
      List<DocumentShare> terms,
      DocumentShare missing,
      DocumentShare deleted) {
    this(name, segments, terms, missing, deleted, false);
  }

  /** The documents that a search may find. */
  IntPredicate found() {
    return ordinal ->
        (missing == null || missing.test(ordinal) == false)
            && (deleted == null || deleted.test(ordinal) == false);
  }
}
