// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.List;

/**
 * What was done, or would be.
 *
 * @param documents how many documents were deleted or tagged
 * @param groups how many groups they are of
 * @param cappedGroups how many groups were left alone because they are capped
 * @param skipped the documents that were left as they are
 */
public record ClearedAway(long documents, long groups, long cappedGroups, List<Skipped> skipped) {

  /** Copies. */
  public ClearedAway {
    skipped = List.copyOf(skipped);
  }
}
