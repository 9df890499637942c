// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.semantichash.it.http.Http;

/**
 * The same documents in several indices, with deletions and several segments.
 *
 * @param documents those that are left
 * @param indices one and three shards, each setting for columns
 */
record Fixture(Http http, Documents documents, List<CodeIndex> indices) {

  static Fixture fill(Http http, Documents documents, double deletedShare, long seed)
      throws IOException {
    List<CodeIndex> indices =
        List.of(
            CodeIndex.create(http, "exact-lazy", 1, "lazy"),
            CodeIndex.create(http, "exact-eager", 3, "eager"),
            CodeIndex.create(http, "exact-off", 1, "off"));
    List<Documents.Document> all = documents.list();
    List<String> deleted = documents.delete(deletedShare, seed);
    for (CodeIndex index : indices) {
      index.add(all);
      index.delete(deleted);
    }
    return new Fixture(http, documents, indices);
  }

  /** One shard; columns with the first search. */
  CodeIndex lazy() {
    return indices.get(0);
  }

  /** Three shards; columns before the first search. */
  CodeIndex eager() {
    return indices.get(1);
  }

  /** One shard without columns. */
  CodeIndex off() {
    return indices.get(2);
  }

  /** All of them, as in an address. */
  String names() {
    return indices.stream().map(CodeIndex::name).collect(Collectors.joining(","));
  }
}
