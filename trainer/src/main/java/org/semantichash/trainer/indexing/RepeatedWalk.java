// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.Rest;

/**
 * A walk that begins anew when the cluster has forgotten the point in time.
 *
 * @param rest the cluster
 * @param progress hears how many documents there are
 * @param stop whether to end after the running batches
 */
record RepeatedWalk(Rest rest, HashingPlan plan, Progress progress, BooleanSupplier stop) {

  private static final int LOST = 5;

  /**
   * Goes through the documents that match; through some twice when it begins anew.
   *
   * @param query which documents
   * @param source which fields, as [_source] of a search has it
   * @param before is done before each beginning
   * @param batches gets them, from several threads
   * @throws LostPointInTimeException when it was lost again and again
   */
  void through(
      String index,
      JsonNode query,
      JsonNode source,
      Runnable before,
      Consumer<List<SourceDocument>> batches) {
    for (int lost = 0; ; lost++) {
      before.run();
      progress.begins(index, Selection.count(rest, index, query));
      try {
        Walk.of(rest, plan, stop).through(index, query, source, batches);
        return;
      } catch (LostPointInTimeException e) {
        if (lost == LOST || stop.getAsBoolean()) {
          throw e;
        }
      }
    }
  }
}
