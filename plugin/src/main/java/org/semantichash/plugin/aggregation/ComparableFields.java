// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.util.Comparator;
import java.util.List;

/** Whether the codes of all shards can be compared. */
final class ComparableFields {

  private ComparableFields() {}

  /**
   * Checks it, in an order that does not depend on which shard was the fastest.
   *
   * @throws IllegalArgumentException when a shard has too many documents, or the fields of two
   *     indices have codes of different widths or models
   */
  static void check(NearDuplicatesOptions options, List<ShardDocuments> shards) {
    List<ShardDocuments> ordered =
        shards.stream().sorted(Comparator.comparing(ShardDocuments::index)).toList();
    ShardDocuments first = ordered.getFirst();
    ShardDocuments stamped = null;
    for (ShardDocuments shard : ordered) {
      checkCount(options, shard);
      if (shard.bits() != first.bits()) {
        throw differ(options, first, first.bits() + " bits", shard, shard.bits() + " bits");
      }
      if (stamped == null) {
        stamped = shard.digest() == null ? null : shard;
      } else if (shard.digest() != null && shard.digest().equals(stamped.digest()) == false) {
        throw differ(
            options,
            stamped,
            "model digest " + stamped.digest(),
            shard,
            "model digest " + shard.digest());
      }
    }
  }

  private static void checkCount(NearDuplicatesOptions options, ShardDocuments shard) {
    if (shard.isTooMany()) {
      throw new IllegalArgumentException(
          "[near_duplicates] compares at most ["
              + NearDuplicatesOptions.MAX_DOCUMENTS
              + "] documents of a shard, ["
              + options.maxDocuments()
              + "], but a shard of index ["
              + shard.index()
              + "] has more that match: narrow the query, or use [POST "
              + shard.index()
              + "/_semantic_hash/near_duplicates]");
    }
  }

  private static IllegalArgumentException differ(
      NearDuplicatesOptions options,
      ShardDocuments one,
      String what,
      ShardDocuments other,
      String otherWhat) {
    return new IllegalArgumentException(
        "field ["
            + options.field()
            + "] must be the same in all indices, but it has ["
            + what
            + "] in index ["
            + one.index()
            + "] and ["
            + otherWhat
            + "] in index ["
            + other.index()
            + "]");
  }
}
