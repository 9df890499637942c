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
